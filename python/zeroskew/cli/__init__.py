"""The command `zeroskew`. Exit code 0: clean; 1: anomalies or drift found; 2: an error, one line on
stderr.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from zeroskew.cli._arguments import parser
from zeroskew.cli._tables import show_anomalies
from zeroskew.errors import Error

__all__ = ["main", "show_anomalies"]

CLEAN, FOUND, FAILED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    try:
        options = parser().parse_args(arguments)
        found = options.run(options)
        sys.stdout.flush()
    except Error as failure:
        return _failed(str(failure))
    except BrokenPipeError:
        # Whoever read has enough. What is still buffered must not fail again when the interpreter
        # ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        return _failed("[cli.interrupted] interrupted")
    except MemoryError:
        return _failed(
            "[cli.memory] out of memory; profile pieces of the data and merge their profiles"
        )
    return FOUND if found else CLEAN


def _failed(message: str) -> int:
    line = " ".join(message.split())
    print(f"zeroskew: {line.encode(errors='backslashreplace').decode()}", file=sys.stderr)
    return FAILED
