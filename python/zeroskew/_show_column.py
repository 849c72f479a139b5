"""One column as people read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zeroskew._cell_text import number_text, share_text, shown, type_text, value_text

if TYPE_CHECKING:
    from zeroskew._column_profile import ColumnProfile


def column_text(column: ColumnProfile) -> str:
    """A title, then a line a statistic; what a column does not have is left out."""
    facts = [(name, text) for name, text in _facts(column) if text]
    width = max(len(name) for name, _ in facts)
    title = f"{shown(column.name, 60)}: {type_text(column)}, {column.count + column.missing:,} rows"
    return "\n".join([title, *(f"  {name.ljust(width)}  {text}" for name, text in facts)])


def _facts(column: ColumnProfile) -> Iterator[tuple[str, str]]:
    rows = column.count + column.missing
    yield "missing", _counted(column.missing, rows)
    if column.distinct is not None:
        yield "distinct", str(column.distinct)
    if column.mean is not None and column.type != "bool":
        spread = (
            f" ± {number_text(column.std)}"
            if column.type in ("int", "float", "decimal", "duration")
            else ""
        )
        quartiles = column.quantile((0.25, 0.5, 0.75))
        assert quartiles is not None
        yield "mean", value_text(column, column.mean) + spread if column.count else ""
        yield "min", value_text(column, column.min)
        yield (
            "quartiles",
            ", ".join(filter(None, (value_text(column, float(value)) for value in quartiles))),
        )
        yield "max", value_text(column, column.max)
        for name in ("zeros", "nan", "infinities"):
            if count := getattr(column, name):
                yield name, _counted(count, rows)
    if column.invalid_utf8:
        yield "invalid UTF-8", _counted(column.invalid_utf8, rows)
    if column.distinct is not None:
        top = column.top(5)
        yield (
            "top",
            ", ".join(
                f"{shown(value_text(column, value), 30)} ({count:,})" for value, count in top
            ),
        )
    if column.length is not None and column.count:
        what = "items" if column.type == "list" else "bytes"
        least, mean, most = (
            number_text(getattr(column.length, name)) for name in ("min", "mean", "max")
        )
        yield what, f"{least} each" if least == most else f"{least} to {most}, {mean} on average"
    for depth, level in enumerate(column.levels[1:], 1):
        mean = number_text(level.lengths.mean)
        yield (
            f"items[{depth}]",
            f"{level.present:,} lists, {level.missing:,} missing, {mean} items on average",
        )
    if column.type == "struct":
        yield (
            "fields",
            ", ".join(
                f"{shown(name, 20)}: {field.type}" for name, field in column.children.items()
            ),
        )


def _counted(count: int, rows: int) -> str:
    return f"{count:,} ({share_text(count, rows)})" if count else "0"
