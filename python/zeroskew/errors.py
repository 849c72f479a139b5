"""The exceptions of zeroskew: each is an `Error` and the built-in kind that fits."""

from __future__ import annotations

from typing import Any


class Error(Exception):
    """Base of every exception of zeroskew.

    `id` is stable, dotted and never renamed; `where` names the column, file or path at fault and
    may be empty; `message` says what was found and what would be right.
    """

    def __init__(self, message: str, id: str, where: str = "") -> None:
        self.message = message
        self.id = id
        self.where = where
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"[{self.id}] {place}{self.message}"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.id, self.where)


class DataValueError(Error, ValueError):
    """A value that cannot be right."""


class DataTypeError(Error, TypeError):
    """Something of a type that does not fit."""


class DataKeyError(Error, KeyError):
    """A name that is not there."""


class DataIndexError(Error, IndexError):
    """A position that is not there."""


class FileError(Error, OSError):
    """A file that cannot be read or written."""


class FileMissingError(Error, FileNotFoundError):
    """A file that is not there."""


class EngineError(Error, RuntimeError):
    """Another component failed: a producer of data, an optional package."""
