"""Profiles as people read them: a line a column."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from zeroskew._cell_text import number_text, share_text, shown, type_text, value_text

if TYPE_CHECKING:
    from zeroskew._column_profile import ColumnProfile
    from zeroskew._profile import Profile

HEADER = (
    "column",
    "type",
    "missing",
    "distinct",
    "mean ± std, or most frequent",
    "min",
    "median",
    "max",
)
_LEFT = (0, 1, 4)  # the left-aligned columns of the header
_MOST_LINES = 60


def profile_lines(profile: Profile) -> list[tuple[str, ...]]:
    """The table's lines: a line a column, as far as a person reads."""
    return [_line(profile[name], profile.rows) for name in profile.columns[:_MOST_LINES]]


def profile_text(profile: Profile) -> str:
    lines = profile_lines(profile)
    widths = [max(map(len, cells)) for cells in zip(HEADER, *lines, strict=True)]
    texts = [_title(profile)]
    for line in (HEADER, *lines) if lines else ():
        cells = (
            cell.ljust(width) if i in _LEFT else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        texts.append("  ".join(cells).rstrip())
    if (rest := len(profile) - len(lines)) > 0:
        texts.append(f"... and {rest:,} more")
    return "\n".join(texts)


def profile_html(profile: Profile) -> str:
    def row(cells: Sequence[str], tag: str, chart: str) -> str:
        sides = ("left" if i in _LEFT else "right" for i in range(len(cells)))
        shown = (
            f'<{tag} style="text-align: {side}; padding: 0.2em 0.6em">{html.escape(cell)}</{tag}>'
            for cell, side in zip(cells, sides, strict=True)
        )
        return f"<tr>{''.join(shown)}<{tag}>{chart}</{tag}></tr>"

    lines = profile_lines(profile)
    rest = len(profile) - len(lines)
    more = f"<p>... and {rest:,} more</p>" if rest > 0 else ""
    body = "".join(
        row(line, "td", _chart(profile[name]))
        for name, line in zip(profile.columns, lines, strict=False)
    )
    head = row(HEADER, "th", "")
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>" if lines else ""
    return f"<div><p>{html.escape(_title(profile))}</p>{table}{more}</div>"


def _chart(column: ColumnProfile) -> str:
    """How numbers and times are spread, as a small histogram."""
    from zeroskew._report._charts import HEIGHT, WIDTH, histogram

    if column.type in ("bool", "string", "bytes", "list", "struct", "null"):
        return ""
    drawn = histogram(column, None, column.type not in ("float", "decimal"))
    if drawn is None:
        return ""
    return (
        f'<svg width="{WIDTH // 3}" height="{HEIGHT // 3}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="{drawn.current}" fill="currentColor" opacity="0.6"/></svg>'
    )


def slices_text(slices: Mapping[str, Profile]) -> str:
    names = [shown(name, 60) for name in list(slices)[:_MOST_LINES]]
    width = max(map(len, names), default=0)
    lines = [
        f"  {name.ljust(width)}  {one.rows:,} rows"
        for name, one in zip(names, slices.values(), strict=False)
    ]
    more = [f"  ... and {rest:,} more"] if (rest := len(slices) - len(lines)) > 0 else []
    return "\n".join([f"{len(slices):,} slices", *lines, *more])


def _title(profile: Profile) -> str:
    return f"Profile of {profile.rows:,} rows, {len(profile):,} columns"


def _line(column: ColumnProfile, rows: int) -> tuple[str, ...]:
    missing = share_text(column.missing, rows) if column.missing else "0"
    distinct = (
        ""
        if column.distinct is None
        else f"{'' if column.distinct.exact else '~'}{int(column.distinct):,}"
    )
    if column.type in ("int", "float", "decimal"):
        middle = f"{number_text(column.mean)} ± {number_text(column.std)}" if column.count else ""
    else:
        middle = _frequent(column)
    extremes = () if column.type == "bool" else (column.min, column.median, column.max)
    numbers = [value_text(column, value) for value in extremes] or ["", "", ""]
    return (shown(column.name, 40), type_text(column), missing, distinct, middle, *numbers)


def _frequent(column: ColumnProfile) -> str:
    if column.length is not None and column.type == "list":
        return f"{number_text(column.length.mean)} items on average" if column.count else ""
    if column.type == "struct":
        names = list(column.children)
        return ", ".join(shown(name, 20) for name in names[:4]) + (
            ", ..." if len(names) > 4 else ""
        )
    counted = column.count or 1
    top = column.top(3)
    # Values that are all rare say less than the room that they take.
    wanted = top if not top or top[0][1] / counted >= 0.01 else top[:1]
    return ", ".join(
        f"{shown(value_text(column, value), 30)} {share_text(n, counted, 0)}" for value, n in wanted
    )
