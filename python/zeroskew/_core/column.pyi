from typing import Any, final

@final
class Batch:
    """Named columns of equal length; borrows the producer's buffers."""

    def __init__(self, schema: Any, array: Any) -> None: ...
    @property
    def rows(self) -> int: ...
    @property
    def names(self) -> list[str]: ...
    def slice(self, start: int, count: int) -> Batch:
        """Some rows; the buffers are shared."""

@final
class BatchReader:
    """Batches of an Arrow stream."""

    def __init__(self, stream: Any) -> None: ...
    @property
    def header(self) -> Batch: ...
    def next(self) -> Batch | None:
        """The next batch; None at the end."""

@final
class Fields:
    """Names and types of columns."""

    def __init__(self) -> None: ...

def infer_json_lines(text: bytes, known: Fields, first_line: int) -> Fields:
    """The columns of some lines, and those of earlier lines."""

def read_json_lines(text: bytes, fields: Fields, first_line: int) -> Batch:
    """The rows of some lines."""
