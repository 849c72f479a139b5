"""What is ours in a message's annotation: the key "zeroskew" of a Struct in extra_metadata."""

from __future__ import annotations

from typing import Any

_STRUCT = "type.googleapis.com/google.protobuf.Struct"


def read(message: dict[str, Any]) -> dict[str, Any]:
    """The members, as JSON has them; {} where there are none."""
    for one in reversed(message.get("annotation", {}).get("extra_metadata", [])):
        value = one.get("value")
        if isinstance(value, dict) and isinstance(value.get("zeroskew"), dict):
            members: dict[str, Any] = value["zeroskew"]
            return members
    return {}


def write(message: dict[str, Any], members: dict[str, Any]) -> None:
    """Puts the members in place of those so far; none: takes them out."""
    annotation = message.setdefault("annotation", {})
    kept = []
    for one in annotation.get("extra_metadata", []):
        value = one.get("value")
        if isinstance(value, dict) and "zeroskew" in value:
            others = {key: what for key, what in value.items() if key != "zeroskew"}
            if not others:
                continue
            one = {**one, "value": others}
        kept.append(one)
    if members:
        kept.append({"@type": _STRUCT, "value": {"zeroskew": members}})
    if kept:
        annotation["extra_metadata"] = kept
    else:
        annotation.pop("extra_metadata", None)
    if not annotation:
        del message["annotation"]
