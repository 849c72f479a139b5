"""Steps of pipelines: a class for each entry of the core's registry."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any

from zeroskew._core import transform as core
from zeroskew._written import WrittenStep, class_name, plain, step_class, stub_classes
from zeroskew.errors import DataTypeError


class Step(WrittenStep):
    """One step of a pipeline: what it does, on which columns, with which settings. A value, checked
    when made."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        given = self._given(args, settings, ("columns", *self._parameters))
        if "columns" not in given:
            raise self._misused(
                "needs a column, or a list of columns, first", "transform.no_column"
            )
        columns = given.pop("columns")
        columns = [columns] if isinstance(columns, str) else columns
        if not isinstance(columns, list | tuple) or not all(
            isinstance(column, str) for column in columns
        ):
            raise self._misused(
                f"works on columns that are named by strs, not {columns!r}", "transform.no_column"
            )
        self._core = core.Step(self._name, list(columns), given)

    @property
    def columns(self) -> list[str]:
        columns: list[str] = self._core.columns
        return columns

    def to_dict(self) -> dict[str, Any]:
        result: dict[str, Any] = json.loads(self._core.to_json())
        return result

    def _leading(self) -> list[str]:
        columns = self.columns
        return [repr(columns[0] if len(columns) == 1 else columns)]

    def __reduce__(self) -> tuple[Any, ...]:
        return step_of, (self.to_dict(),)


def step_of(value: object) -> Step:
    """A step from itself or from {"step": name, "column": column, parameter: value, ...}."""
    if isinstance(value, Step):
        return value
    if not isinstance(value, Mapping):
        kind = type(value).__name__
        raise DataTypeError(
            f'a step is one of zeroskew.steps or a dict {{"step": ...}}, not {kind!r}',
            "transform.step",
        )
    text = json.dumps({key: plain(item) for key, item in value.items()}, default=_unwritable)
    return wrapped(core.Step.from_json(text))


def wrapped(step: core.Step) -> Step:
    cls = CLASSES[class_name(step.name)]
    result = cls.__new__(cls)
    result._core = step
    return result


def _unwritable(value: object) -> Any:
    raise DataTypeError(
        f"a setting cannot be a {type(value).__name__!r}", "transform.bad_parameter"
    )


_COLUMNS = inspect.Parameter(
    "columns", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation="str | Sequence[str]"
)


def _class(entry: Mapping[str, Any]) -> type[Step]:
    lines = []
    if entry["accepts"]:
        lines += [f"Columns: {', '.join(entry['accepts'])}.", ""]
    if entry["role"] == "augmenting":
        lines += ["Acts only in training, unless always=True.", ""]
    return step_class(Step, "zeroskew.steps", entry, lines, [_COLUMNS])


REGISTRY: list[dict[str, Any]] = core.registry()
CLASSES: dict[str, type[Step]] = {class_name(entry["name"]): _class(entry) for entry in REGISTRY}


def stub() -> str:
    """The text of steps.pyi, by which type checkers and editors know the classes."""
    lines = ['"""Written by zeroskew._steps.stub() from the registry of steps."""', ""]
    lines += [
        "from collections.abc import Callable, Sequence",
        "from typing import Any, Literal",
        "",
    ]
    lines += ["from zeroskew._steps import Step as Step", "", "__all__ = ["]
    lines += [f'    "{name}",' for name in sorted([*CLASSES, "Step"])] + ["]"]
    return "\n".join([*lines, *stub_classes(CLASSES)]) + "\n"
