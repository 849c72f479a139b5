"""The library that makes data frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zeroskew.errors import EngineError


def frame_library() -> Any:
    """pandas, or else polars. Raises: Error python.package_missing with neither."""
    try:
        import pandas

        return pandas
    except ImportError:
        pass
    try:
        import polars

        return polars
    except ImportError:
        raise EngineError(
            "a frame needs pandas or polars: pip install 'zeroskew[pandas]'",
            "python.package_missing",
        ) from None


def text_frame(columns: Mapping[str, list[str]]) -> Any:
    """A pandas (else polars) frame of texts; its columns are texts too where there is no row."""
    library = frame_library()
    if library.__name__ == "polars":
        return library.DataFrame(columns, schema=dict.fromkeys(columns, library.String))
    return library.DataFrame(columns, columns=list(columns), dtype=object)


def pandas_library() -> Any:
    """Raises: Error python.package_missing without pandas."""
    try:
        import pandas
    except ImportError:
        raise EngineError(
            "a frame needs pandas: pip install zeroskew[pandas]", "python.package_missing", "pandas"
        ) from None
    return pandas
