"""The messages of tensorflow.metadata.v0, which the package tensorflow-metadata brings."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from zeroskew.errors import DataTypeError, DataValueError, EngineError


def messages() -> Any:
    """The classes Schema, Anomalies, DatasetFeatureStatisticsList, ...

    Raises: Error python.package_missing without tensorflow-metadata.
    """
    try:
        # A Struct may stand in an annotation; without its class its text form cannot be read.
        from google.protobuf import struct_pb2  # noqa: F401
        from tensorflow_metadata.proto.v0 import anomalies_pb2, schema_pb2, statistics_pb2
    except ImportError:
        raise EngineError(
            "protobuf messages need tensorflow-metadata: pip install 'zeroskew[tfx]'",
            "python.package_missing",
            "tensorflow-metadata",
        ) from None
    return SimpleNamespace(
        Anomalies=anomalies_pb2.Anomalies,
        Schema=schema_pb2.Schema,
        CustomStatistic=statistics_pb2.CustomStatistic,
        DatasetFeatureStatistics=statistics_pb2.DatasetFeatureStatistics,
        DatasetFeatureStatisticsList=statistics_pb2.DatasetFeatureStatisticsList,
        FeatureNameStatistics=statistics_pb2.FeatureNameStatistics,
        Histogram=statistics_pb2.Histogram,
    )


def checked(message: object, name: str) -> Any:
    """The message, if it is one of this name.

    Raises: Error tfx.wrong_message.
    """
    wanted = getattr(messages(), name)
    # Compared by name: a program may hold the same messages from another build of the package.
    full = getattr(getattr(message, "DESCRIPTOR", None), "full_name", None)
    if full != wanted.DESCRIPTOR.full_name:
        what = full or type(message).__name__
        raise DataTypeError(
            f"a {wanted.DESCRIPTOR.full_name} is wanted, not a {what}", "tfx.wrong_message"
        )
    return message


def parsed(name: str, text: str) -> Any:
    """A message from its text form."""
    message = getattr(messages(), name)()
    from google.protobuf import text_format

    try:
        return text_format.Parse(text, message)
    except (text_format.ParseError, UnicodeError) as failure:
        raise DataValueError(str(failure), "tfx.bad_text") from None


def printed(message: Any) -> str:
    """The text form, UTF-8 as it is."""
    from google.protobuf import text_format

    return str(text_format.MessageToString(message, as_utf8=True))


def as_json(message: Any) -> str:
    """The JSON form, with the message's own field names."""
    from google.protobuf import json_format

    text = json_format.MessageToJson(message, preserving_proto_field_name=True, ensure_ascii=False)
    return str(text) + "\n"


def from_bytes(name: str, document: bytes) -> Any:
    """A message from its binary form.

    Raises: Error tfx.bad_bytes.
    """
    wanted = getattr(messages(), name)
    from google.protobuf.message import DecodeError

    try:
        return wanted.FromString(document)
    except DecodeError as failure:
        raise DataValueError(f"not a {name}: {failure}", "tfx.bad_bytes") from None


def serialized(document: bytes, form: str) -> bytes:
    """A DatasetFeatureStatisticsList in its binary form, from "text" or "json"."""
    if form == "text":
        message = parsed("DatasetFeatureStatisticsList", document.decode("utf-8"))
    else:
        message = messages().DatasetFeatureStatisticsList()
        from google.protobuf import json_format

        try:
            json_format.Parse(document, message)
        except (json_format.ParseError, UnicodeError) as failure:
            raise DataValueError(str(failure), "tfx.bad_text") from None
    return bytes(message.SerializeToString(deterministic=True))
