"""How far long work over rows is: a bar on the terminal, or whatever the caller does with the
number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from zeroskew.errors import DataTypeError

#: True for a bar on stderr, or a function of the number of rows so far.
Progress: TypeAlias = bool | Callable[[int], object] | None


@contextmanager
def reporting(progress: Progress, data: Any) -> Iterator[Callable[[int], object] | None]:
    """The function to call with the number of rows taken in, if any."""
    if progress is None or progress is False:
        yield None
    elif callable(progress):
        yield progress
    elif progress is True:
        with _bar(rows_of(data)) as update:
            yield update
    else:
        raise DataTypeError(
            "progress is True, or a function of the rows so far",
            "profile.bad_progress",
            repr(progress),
        )


@contextmanager
def _bar(total: int | None) -> Iterator[Callable[[int], object]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rows(TextColumn):
        def render(self, task: Task) -> Text:
            of = "" if task.total is None else f" of {task.total:,.0f}"
            return Text(f"{task.completed:,.0f}{of} rows, {task.speed or 0:,.0f} a second")

    columns = (BarColumn(), Rows(""), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda rows: bar.update(task, completed=rows)


def rows_of(data: Any) -> int | None:
    """How many rows there will be, where that is known without reading them."""
    if isinstance(data, str | os.PathLike):
        return _rows_of_file(Path(data))
    if isinstance(data, list | tuple):
        counts = [rows_of(part) for part in data]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None
    if isinstance(data, Mapping):
        return next((len(column) for column in data.values() if hasattr(column, "__len__")), None)
    rows = getattr(data, "num_rows", None)
    if isinstance(rows, int):
        return rows
    return len(data) if hasattr(data, "shape") and hasattr(data, "__len__") else None


def _rows_of_file(path: Path) -> int | None:
    if path.suffix.lower() != ".parquet":
        return None
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        return None  # the reader says what is wrong
