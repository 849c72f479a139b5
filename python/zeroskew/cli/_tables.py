"""Tables for a person in a hurry: what is wrong, where, how much, what would fix it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from zeroskew import _show
from zeroskew._cell_text import shown
from zeroskew._profile import Profile
from zeroskew._texts import MEASURES, complaint, counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zeroskew import Anomalies, Drift, RowAnomaly

_STYLES = {"ERROR": "bold red", "WARNING": "yellow"}


def say(line: str) -> None:
    console_of().print(Text(line), soft_wrap=True)


def show_profile(profile: Profile) -> None:
    console = console_of()
    table = table_of(*_show.HEADER)
    for line in _show.profile_lines(profile):
        table.add_row(*map(Text, line))
    if table.row_count:
        console.print(table)
    if (rest := len(profile) - table.row_count) > 0:
        say(f"... and {counted(rest, 'more column')}")
    say(
        f"{counted(profile.rows, 'row')}, {counted(len(profile), 'column')},"
        f" digest {profile.digest}"
    )


def show_anomalies(anomalies: Anomalies, rows: int, console: Console | None = None) -> None:
    """The anomalies, the distances, and the verdict as the last line."""
    console = console or console_of()
    found = sorted(anomalies, key=lambda one: one.severity != "ERROR")
    if found:
        table = table_of("", "column", "what is wrong", "what would accept it")
        for one in found:
            table.add_row(
                Text(one.severity.lower(), _STYLES.get(one.severity, "")),
                Text(shown(str(one.path), 60) or "(data set)", "bold"),
                Text(shown(complaint(one.message, str(one.fix)), 400)),
                Text(shown(str(one.fix).removeprefix(f"'{one.path}': "), 200), "dim"),
            )
        console.print(table)
    if measurements := sorted(
        anomalies.measurements, key=lambda far: (-far.exceeded, -far.value, far.path)
    ):
        table = table_of("column", "distance", "value", "threshold", "")
        for far in measurements:
            style = "bold red" if far.exceeded else ""
            table.add_row(
                Text(shown(str(far.path), 60), "bold"),
                f"{MEASURES.get(far.measure, (far.measure,))[0]}, {far.comparison}",
                Text(f"{far.value:.4f}", style),
                f"{far.threshold:g}",
                Text("too large" if far.exceeded else "", style),
            )
        console.print(table)
    console.print(_verdict(anomalies, rows), soft_wrap=True)


def show_rows(found: Iterable[RowAnomaly]) -> None:
    """Faults of rows, with the first rows of each."""
    table = table_of("", "column", "what is wrong", "rows", "such as row")
    for one in found:
        table.add_row(
            Text(one.severity.lower(), _STYLES.get(one.severity, "")),
            Text(shown(one.path or one.rule, 60), "bold"),
            Text(shown(one.message, 300)),
            f"{one.count:,}",
            ", ".join(str(sample.row) for sample in one.samples),
        )
    if table.row_count:
        console_of().print(table)


def show_drift(drift: Drift) -> None:
    """What moved, the largest effect first, and the verdict as the last line."""
    table = table_of("column", "verdict", "effect", "p", "what moved")
    for one in sorted(drift.columns.values(), key=lambda one: (not one.drifted, -one.effect)):
        style = {"drifted": "bold red", "stable": ""}.get(one.verdict.word, "yellow")
        table.add_row(
            Text(shown(one.name, 60), "bold"),
            Text(one.verdict.word, style),
            f"{one.effect:.3f}" if one.pvalue is not None else "",
            f"{one.pvalue:.2g}" if one.pvalue is not None else "",
            Text(shown(one.verdict.reason, 200)),
        )
    console = console_of()
    if table.row_count:
        console.print(table)
    moved = sum(one.drifted for one in drift.columns.values())
    columns = counted(len(drift), "column")
    text = f"{moved} of {columns} drifted (alpha {drift.alpha:g}, {drift.correction})"
    console.print(Text(text, "bold red" if moved else "green"), soft_wrap=True)


def _verdict(anomalies: Anomalies, rows: int) -> Text:
    errors = sum(one.severity == "ERROR" for one in anomalies)
    counts = ((errors, "error"), (len(anomalies) - errors, "warning"))
    text = ", ".join(counted(n, word) for n, word in counts if n) or "no anomaly"
    exceeded = sum(far.exceeded for far in anomalies.measurements)
    measured = f"; {exceeded} of {counted(len(anomalies.measurements), 'distance')} too large"
    style = "bold red" if errors else "yellow" if anomalies else "green"
    return Text(
        f"{text} in {counted(rows, 'row')}{measured if anomalies.measurements else ''}", style
    )


def table_of(*names: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    for name in names:
        right = name in ("value", "threshold", "missing", "distinct", "min", "median", "max")
        table.add_column(
            name,
            justify="right" if right else "left",
            no_wrap=name in ("", "value", "threshold"),
            overflow="fold",
        )
    return table


def console_of() -> Console:
    """Colours only on a terminal and without NO_COLOR, which is what rich does; a file gets lines
    of 120 columns.
    """
    console = Console(highlight=False)
    return (
        console if console.is_terminal else Console(highlight=False, width=max(console.width, 120))
    )
