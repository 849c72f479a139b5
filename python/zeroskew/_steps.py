"""Steps of pipelines: a class for each entry of the core's registry."""

from __future__ import annotations

import inspect
import json
import keyword
from collections.abc import Mapping
from typing import Any

import numpy as np

from zeroskew._core import transform as core
from zeroskew.errors import DataTypeError


class Step:
    """One step of a pipeline: what it does, on which columns, with which settings. A value, checked
    when made."""

    _name = ""
    _parameters: tuple[str, ...] = ()

    def __init__(self, *args: Any, **settings: Any) -> None:
        if not self._name:
            raise DataTypeError(
                "a step is one of the classes of zeroskew.steps", "transform.unknown_step"
            )
        names = ("columns", *self._parameters)
        if len(args) > len(names):
            raise self._misused(
                f"takes {len(names)} arguments, not {len(args)}: {', '.join(names)}"
            )
        for name, value in zip(names, args, strict=False):
            if name in settings:
                raise self._misused(f"is given {name!r} twice")
            settings[name] = value
        if "columns" not in settings:
            raise self._misused(
                "needs a column, or a list of columns, first", "transform.no_column"
            )
        columns = settings.pop("columns")
        columns = [columns] if isinstance(columns, str) else columns
        if not isinstance(columns, list | tuple) or not all(
            isinstance(column, str) for column in columns
        ):
            raise self._misused(
                f"works on columns that are named by strs, not {columns!r}", "transform.no_column"
            )
        given = {key.removesuffix("_"): _plain(value) for key, value in settings.items()}
        self._core = core.Step(self._name, list(columns), given)

    def _misused(self, problem: str, id: str = "transform.bad_parameter") -> DataTypeError:
        return DataTypeError(problem, id, type(self).__name__)

    @property
    def name(self) -> str:
        """As the registry and JSON name it."""
        return self._name

    @property
    def columns(self) -> list[str]:
        return self._core.columns

    @property
    def settings(self) -> dict[str, Any]:
        """Every setting, defaults included."""
        return self._core.settings

    def to_dict(self) -> dict[str, Any]:
        """What `Pipeline` accepts in place of the step."""
        result: dict[str, Any] = json.loads(self._core.to_json())
        return result

    def __eq__(self, other: object) -> bool:
        return self._core.equals(other._core) if isinstance(other, Step) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._core.to_json())

    def __repr__(self) -> str:
        columns = self.columns
        shown = [repr(columns[0] if len(columns) == 1 else columns)]
        settings = self.settings
        for name, parameter in list(inspect.signature(type(self)).parameters.items())[1:]:
            value = settings[name.removesuffix("_")]
            if value != parameter.default:
                shown.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(shown)})"

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
    text = json.dumps({key: _plain(item) for key, item in value.items()}, default=_unwritable)
    return wrapped(core.Step.from_json(text))


def wrapped(step: core.Step) -> Step:
    cls = CLASSES[class_name(step.name)]
    result = cls.__new__(cls)
    result._core = step
    return result


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value


def _unwritable(value: object) -> Any:
    raise DataTypeError(
        f"a setting cannot be a {type(value).__name__!r}", "transform.bad_parameter"
    )


def argument_name(parameter: str) -> str:
    """A parameter's name in Python: keywords of the language get an underscore."""
    return parameter + "_" if keyword.iskeyword(parameter) else parameter


def class_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


#: How Python writes the kinds of settings.
TYPES = {
    "bool": "bool",
    "int": "int",
    "float": "float",
    "str": "str",
    "value": "bool | int | float | str",
    "list of int": "Sequence[int]",
    "list of float": "Sequence[float]",
    "list of str": "Sequence[str]",
}


def annotation(parameter: Mapping[str, Any]) -> str:
    if parameter["ranged"]:
        written = "float | tuple[float, float]"
    elif parameter["kind"] == "choice":
        written = (
            "Literal[" + ", ".join(json.dumps(choice) for choice in parameter["choices"]) + "]"
        )
    else:
        written = TYPES[parameter["kind"]]
    return written + (
        " | None" if parameter["default"] is None and not parameter["required"] else ""
    )


def _range(parameter: Mapping[str, Any]) -> str:
    low, high = parameter["lo"], parameter["hi"]
    parts = []
    if low > float("-inf"):
        parts.append(f"{'above' if parameter['lo_open'] else 'at least'} {low:g}")
    if high < float("inf"):
        parts.append(f"at most {high:g}")
    return f" ({', '.join(parts)})" if parts else ""


def _doc(entry: Mapping[str, Any]) -> str:
    lines = [entry["doc"], ""]
    if entry["accepts"]:
        lines += [f"Columns: {', '.join(entry['accepts'])}.", ""]
    if entry["role"] == "augmenting":
        lines += ["Acts only in training, unless always=True.", ""]
    for parameter in entry["parameters"]:
        lines.append(f"{parameter['name']}: {parameter['doc']}{_range(parameter)}.")
    return "\n".join(lines).rstrip()


def _signature(entry: Mapping[str, Any]) -> inspect.Signature:
    either = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter("columns", either, annotation="str | Sequence[str]")]
    required = True
    for parameter in entry["parameters"]:
        required = required and parameter["required"]
        default = inspect.Parameter.empty if required else parameter["default"]
        parameters.append(
            inspect.Parameter(
                argument_name(parameter["name"]),
                either,
                default=default,
                annotation=annotation(parameter),
            )
        )
    return inspect.Signature(parameters)


def _class(entry: Mapping[str, Any]) -> type[Step]:
    members = {
        "__doc__": _doc(entry),
        "__module__": "zeroskew.steps",
        "__signature__": _signature(entry),
        "_name": entry["name"],
        "_parameters": tuple(argument_name(parameter["name"]) for parameter in entry["parameters"]),
    }
    return type(class_name(entry["name"]), (Step,), members)


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


def stub_classes(classes: Mapping[str, type]) -> list[str]:
    """Lines of a stub for classes that are made from a registry."""
    lines = []
    for name, cls in classes.items():
        lines += ["", f"class {name}(Step):", "    def __init__(", "        self,"]
        for parameter in inspect.signature(cls).parameters.values():
            default = "" if parameter.default is inspect.Parameter.empty else " = ..."
            lines.append(f"        {parameter.name}: {parameter.annotation}{default},")
        lines.append("    ) -> None: ...")
    return lines
