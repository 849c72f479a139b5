"""Hypothesis, or a clear word that it is missing."""

from __future__ import annotations

from zeroskew.errors import EngineError

try:
    import hypothesis
    from hypothesis import strategies
except ImportError:
    raise EngineError(
        "needs Hypothesis: pip install 'zeroskew[testing]'", "python.package_missing", "hypothesis"
    ) from None

__all__ = ["hypothesis", "strategies"]
