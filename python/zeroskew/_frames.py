"""The library that makes data frames."""

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


def pandas_library() -> Any:
    """Raises: Error python.package_missing without pandas."""
    try:
        import pandas
    except ImportError:
        raise EngineError(
            "a frame needs pandas: pip install zeroskew[pandas]", "python.package_missing", "pandas"
        ) from None
    return pandas
