"""DATA of a command: a data file, a saved profile or statistics of TensorFlow's tools, with a
progress bar while it is read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import rich.progress
from rich.console import Console

import zeroskew
from zeroskew import _files
from zeroskew._core.column import Batch
from zeroskew._imported import ImportedProfile
from zeroskew._profile import Names, Profile
from zeroskew.cli._file_kind import kind_of
from zeroskew.errors import DataValueError, Error


def read(
    path: str,
    threads: int | None = None,
    columns: str | None = None,
    names: Names = "kept",
    **options: Any,
) -> Profile:
    """The profile of a data file, with the options of `zeroskew.profile`; or a saved one."""
    place = Path(path)
    if place.suffix.lower() not in _files.SUFFIXES:
        if any(options.values()):
            raise DataValueError(
                "weights, slices and pairs need a data file, not a saved profile", "cli.usage", path
            )
        return _saved(place)
    chosen = names_of(columns) if columns is not None else None
    # Slices and weights may need columns beside the chosen ones: then all are read.
    wanted = chosen if chosen and not any(options.values()) else ()
    return zeroskew.profile(
        _shown(place, wanted), threads=threads, columns=chosen, names=names, **options
    )


def names_of(text: str) -> list[str]:
    """Names between commas."""
    return [name for name in text.split(",") if name]


def read_any(
    path: str,
    threads: int | None = None,
    columns: str | None = None,
    weight: str | None = None,
) -> Profile | ImportedProfile:
    """As `read`, or statistics that another tool wrote (.pb .pbtxt .tfrecord). The weight is that
    of a data file's rows; what is counted already has its own, or none.
    """
    if kind_of(path) == "statistics":
        return zeroskew.tfx.load_statistics(path)  # type: ignore[no-any-return]
    return read(path, threads, columns, weight=weight if has_rows(path) else None)


def has_rows(path: str) -> bool:
    """A data file has rows, a saved profile has not."""
    return Path(path).suffix.lower() in _files.SUFFIXES


def rows_of(path: str, columns: str | None = None) -> Iterator[Batch]:
    """The batches of a data file."""
    return _shown(
        Path(path), [name for name in columns.split(",") if name] if columns is not None else ()
    )


def _saved(path: Path) -> Profile:
    try:
        return Profile.load(path)
    except Error as failure:
        if failure.id.startswith("io."):
            raise
        known = " ".join(_files.SUFFIXES)
        raise DataValueError(
            f"neither a data file ({known}) nor a saved profile: {failure.message}",
            failure.id,
            str(path),
        ) from failure


def _shown(path: Path, columns: Sequence[str]) -> Iterator[Batch]:
    """The batches of a file; a bar on a terminal counts their rows."""
    bar = rich.progress.Progress(
        rich.progress.SpinnerColumn(),
        rich.progress.TextColumn("{task.description}", markup=False),
        rich.progress.TextColumn("{task.completed:,.0f} rows"),
        rich.progress.TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task(path.name, total=None)
        for batch in _files.batches(path, columns):
            yield batch
            bar.advance(task, batch.rows)
