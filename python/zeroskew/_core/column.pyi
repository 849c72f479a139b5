from typing import Any, final

@final
class Batch:
    """Named columns of equal length; borrows the producer's buffers."""

    def __init__(self, schema: Any, array: Any) -> None: ...
    @property
    def rows(self) -> int: ...
    @property
    def names(self) -> list[str]: ...

@final
class BatchReader:
    """Batches of an Arrow stream."""

    def __init__(self, stream: Any) -> None: ...
    @property
    def header(self) -> Batch: ...
    def next(self) -> Batch | None:
        """The next batch; None at the end."""
