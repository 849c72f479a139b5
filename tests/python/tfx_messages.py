"""Random messages, from their descriptors."""

from google.protobuf import struct_pb2
from hypothesis import strategies as st

FLOATS = st.floats(width=32)
_SCALARS = {
    "double": st.floats(),
    "float": FLOATS,
    "int32": st.integers(-(2**31), 2**31 - 1),
    "int64": st.integers(-(2**63), 2**63 - 1),
    "uint32": st.integers(0, 2**32 - 1),
    "uint64": st.integers(0, 2**64 - 1),
    "bool": st.booleans(),
    "string": st.text(st.characters(codec="utf-8"), max_size=6),
    "bytes": st.binary(max_size=6),
}
_TYPES = {
    1: "double",
    2: "float",
    3: "int64",
    4: "uint64",
    5: "int32",
    8: "bool",
    9: "string",
    12: "bytes",
    13: "uint32",
}
_ENUM, _MESSAGE = 14, 11


@st.composite
def messages(draw, cls, depth=4, skip=()):
    """A message of this class with some of its fields, `depth` levels deep; `skip` names fields."""
    message = cls()
    fill(draw, message, depth, skip)
    return message


def fill(draw, message, depth, skip=()):
    if message.DESCRIPTOR.full_name == "google.protobuf.Any":
        fill_any(draw, message)
        return
    fields = [
        field
        for field in message.DESCRIPTOR.fields
        if field.name not in skip and (depth > 0 or field.type != _MESSAGE)
    ]
    if not fields:
        return
    for field in draw(st.lists(st.sampled_from(fields), max_size=4, unique_by=lambda f: f.name)):
        count = draw(st.integers(1, 3)) if field.is_repeated else 1
        if field.type == _MESSAGE and field.message_type.GetOptions().map_entry:
            for _ in range(count):
                fill(draw, getattr(message, field.name)[draw(_SCALARS["string"])], depth - 1, skip)
        elif field.type == _MESSAGE:
            for _ in range(count):
                inner = getattr(message, field.name)
                inner = inner.add() if field.is_repeated else inner
                inner.SetInParent() if hasattr(inner, "SetInParent") else None
                fill(draw, inner, depth - 1, skip)
        else:
            kind = (
                st.sampled_from([value.number for value in field.enum_type.values])
                if field.type == _ENUM
                else _SCALARS[_TYPES[field.type]]
            )
            if field.is_repeated:
                getattr(message, field.name).extend(draw(st.lists(kind, min_size=1, max_size=3)))
            else:
                setattr(message, field.name, draw(kind))


def fill_any(draw, message):
    if draw(st.booleans()):
        message.type_url = "type.googleapis.com/some.other.Message"
        message.value = draw(st.binary(max_size=5))
        return
    note = struct_pb2.Struct()
    note.update(
        draw(
            st.dictionaries(
                st.sampled_from(["owner", "ticket", "zeroskew_not"]),
                st.text(st.characters(codec="utf-8"), max_size=4),
                max_size=2,
            )
        )
    )
    message.Pack(note)
