"""Schemas and anomalies as messages, and back."""

from __future__ import annotations

from typing import Any

from zeroskew._anomalies import Anomalies
from zeroskew._checked import checked_schema
from zeroskew._core import schema as room
from zeroskew._schema import Schema
from zeroskew.errors import DataTypeError
from zeroskew.tfx._protos import checked, messages, parsed, printed


def schema_to_proto(schema: Schema) -> Any:
    """A tensorflow.metadata.v0.Schema; nothing is lost.

    What that message cannot say stands in an `annotation.extra_metadata`. Raises: Error
    python.package_missing without tensorflow-metadata.
    """
    return parsed("Schema", checked_schema(schema).to_text())


def schema_from_proto(proto: Any) -> Schema:
    """The schema of a tensorflow.metadata.v0.Schema; fields that zeroskew does not use are kept.

    Raises: Error tfx.wrong_message, and schema.* where the message contradicts itself.
    """
    return Schema.from_text(printed(checked(proto, "Schema")))


def anomalies_to_proto(anomalies: Anomalies) -> Any:
    """A tensorflow.metadata.v0.Anomalies: anomalies of one feature are the reasons of one entry.

    Fixes have no place in it. Anomalies that came from a message give it back as it was. Raises:
    Error python.package_missing without tensorflow-metadata.
    """
    if not isinstance(anomalies, Anomalies):
        raise DataTypeError(
            f"anomalies are wanted, not a {type(anomalies).__name__!r}", "tfx.not_anomalies"
        )
    if anomalies._origin is not None:
        return messages().Anomalies.FromString(anomalies._origin)
    return parsed("Anomalies", room.anomalies_to_text(anomalies._core))


def anomalies_from_proto(proto: Any) -> Anomalies:
    """The anomalies of a message, of whichever tool; without fixes.

    Raises: Error tfx.wrong_message.
    """
    message = checked(proto, "Anomalies")
    anomalies = Anomalies(room.anomalies_from_text(printed(message)))
    anomalies._origin = bytes(message.SerializeToString(deterministic=True))
    return anomalies
