"""A schema as a table: a row a feature."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from zeroskew._cell_text import shown
from zeroskew._message import Message

if TYPE_CHECKING:
    from zeroskew._schema import Schema

_MOST = 8  # values of a domain


class Row(NamedTuple):
    """What the schema says of a feature, in words."""

    feature: str
    type: str
    presence: str
    values: str  # how many an example holds
    domain: str
    rules: str


def rows_of(schema: Schema) -> Iterator[Row]:
    for name in schema:
        feature = schema[name]
        yield Row(
            name,
            feature.type or "",
            _presence(schema, name, feature),
            _values(feature),
            _domain(schema, feature),
            ", ".join(schema.rules(name)),
        )


def _presence(schema: Schema, name: str, feature: Message) -> str:
    if feature.deprecated or (feature.lifecycle_stage or "") in (
        "PLANNED",
        "ALPHA",
        "DEPRECATED",
        "DEBUG_ONLY",
        "DISABLED",
    ):
        return (feature.lifecycle_stage or "deprecated").lower()
    words = "required" if schema.required(name) else "optional"
    share = feature.presence.min_fraction
    if share is not None and 0 < share < 1:
        words += f" in {share:g}"
    places = [f"not in {one}" for one in feature.not_in_environment]
    return ", ".join([words, *places])


def _bounds(low: object, high: object) -> str:
    if low is not None and low == high:
        return str(low)
    ends = ("" if low is None else str(low), "" if high is None else str(high))
    return "..".join(ends) if any(ends) else ""


def _values(feature: Message) -> str:
    if feature.has("shape"):
        return " x ".join(str(dim.size) for dim in feature.shape.dim) or "1"
    if feature.has("value_count"):
        return _bounds(feature.value_count.min, feature.value_count.max)
    return ", ".join(_bounds(one.min, one.max) or "any" for one in feature.value_counts.value_count)


def _domain(schema: Schema, feature: Message) -> str:
    if feature.has("domain") or feature.has("string_domain"):
        named = {one.name: one for one in schema.string_domain}
        domain = named.get(feature.domain) if feature.has("domain") else feature.string_domain
        values = [] if domain is None else list(domain.value)
        text = ", ".join(repr(shown(one, 40)) for one in values[:_MOST])
        return f"{text}, ... ({len(values):,})" if len(values) > _MOST else text
    for kind in ("int_domain", "float_domain"):
        if feature.has(kind):
            domain = getattr(feature, kind)
            return _bounds(domain.min, domain.max) or kind.removesuffix("_domain")
    for field in feature.to_dict():
        if field.endswith("_domain"):
            return str(field.removesuffix("_domain").replace("_", " "))
    return ""


def page(schema: Schema) -> str:
    """The table as HTML."""
    if not len(schema):
        return "<p>A schema without features</p>"
    head = "".join(f"<th>{name}</th>" for name in Row._fields)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(shown(cell, 300))}</td>" for cell in row) + "</tr>"
        for row in rows_of(schema)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
