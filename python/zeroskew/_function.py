"""Python functions as steps, for notebooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zeroskew._core import transform as core
from zeroskew._steps import CLASSES, Step
from zeroskew.errors import DataTypeError


class Function(Step):
    """A Python function of one value, for each value of a column; missing cells stay missing.

    It is called with a float, int, bool or str and returns a number (`returns="float"`), a str
    (`returns="str"`), or None for a missing cell. One value at a time, so that a table and a row
    get the same; it must depend on nothing else. Allowed in a notebook only: a pipeline with it
    cannot be saved or put into a policy, since nothing but this program could run it.

    columns: the column, or columns, to work on.
    function: the callable.
    output: name of the new column; none: in place.
    when: a formula; the function is called where it is true only.
    """

    _name = "function"
    _parameters = ("function", "returns", "output", "when")

    def __init__(
        self,
        columns: str | list[str],
        function: Callable[[Any], Any],
        returns: str = "float",
        output: str | None = None,
        when: str | None = None,
    ) -> None:
        if not callable(function):
            raise DataTypeError(
                f"takes a function of one value, not {function!r}",
                "transform.bad_parameter",
                "Function",
            )
        super().__init__(
            columns,
            function=core.keep_function(function),
            returns=returns,
            output=output,
            when=when,
        )


CLASSES["Function"] = Function

__all__ = ["Function"]
