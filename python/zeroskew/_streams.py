"""The Arrow PyCapsule interface: other libraries' data as batches of the core, without copying."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from zeroskew._core.column import Batch, BatchReader
from zeroskew.errors import EngineError

T = TypeVar("T")


def of_stream(data: Any) -> Iterator[Batch]:
    """The stream's batches; before them one of no rows, so that an empty stream has its columns
    too.
    """
    reader = BatchReader(_asked(data, data.__arrow_c_stream__))
    yield reader.header
    while (batch := reader.next()) is not None:
        yield batch


def of_array(data: Any) -> Batch:
    """A record batch."""
    return Batch(*_asked(data, data.__arrow_c_array__))


def _asked(data: object, export: Callable[[], T]) -> T:
    try:
        return export()
    except Exception as failure:  # whatever the producer throws
        name = type(data).__name__
        raise EngineError(
            f"the {name!r} could not be exported to Arrow: {failure}", "data.producer"
        ) from failure
