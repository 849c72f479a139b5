"""What steps and compositions on tables and on images have in common: how they are written."""

from __future__ import annotations

import inspect
import json
import keyword
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from zeroskew.errors import DataTypeError


class WrittenStep(ABC):
    """A step with its settings. A value, checked when made."""

    _name = ""
    _parameters: tuple[str, ...] = ()
    _core: Any

    def _given(
        self, args: Sequence[Any], settings: dict[str, Any], names: Sequence[str]
    ) -> dict[str, Any]:
        """Arguments by name, those that are given by their place too."""
        if not self._name:
            raise DataTypeError(
                f"a step is one of the classes of {type(self).__module__}",
                "transform.unknown_step",
            )
        if len(args) > len(names):
            raise self._misused(
                f"takes {len(names)} arguments, not {len(args)}: {', '.join(names)}"
            )
        for name, value in zip(names, args, strict=False):
            if name in settings:
                raise self._misused(f"is given {name!r} twice")
            settings[name] = value
        return {key.removesuffix("_"): plain(value) for key, value in settings.items()}

    def _misused(self, problem: str, id: str = "transform.bad_parameter") -> DataTypeError:
        return DataTypeError(problem, id, type(self).__name__)

    @property
    def name(self) -> str:
        """As the registry and JSON name it."""
        return self._name

    @property
    def settings(self) -> dict[str, Any]:
        """Every setting, defaults included."""
        settings: dict[str, Any] = self._core.settings
        return settings

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """What `Pipeline` accepts in place of the step."""

    def _leading(self) -> list[str]:
        """What stands before the settings where the step is written."""
        return []

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WrittenStep) or type(other._core) is not type(self._core):
            return NotImplemented
        return bool(self._core.equals(other._core))

    def __hash__(self) -> int:
        return hash(json.dumps(self.to_dict(), sort_keys=True))

    def __repr__(self) -> str:
        settings, signature = self.settings, inspect.signature(type(self))
        shown = self._leading()
        for name in self._parameters:
            value = settings[name.removesuffix("_")]
            if value != signature.parameters[name].default:
                shown.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(shown)})"


class WrittenComposition:
    """Members that act together, with options in the order in which they are written."""

    _kind = ""
    members: list[Any]
    _options: dict[str, Any]

    def _take(
        self,
        members: Iterable[Any],
        options: dict[str, Any],
        stage_of: Callable[[object], Any],
    ) -> None:
        alone = (Mapping, str, WrittenStep, WrittenComposition)
        if isinstance(members, alone) or not isinstance(members, Iterable):
            raise DataTypeError("takes a list of steps", "transform.step", type(self).__name__)
        self.members = [stage_of(member) for member in members]
        self._options = options

    def to_dict(self) -> dict[str, Any]:
        """What `Pipeline` accepts in place of the composition."""
        given = {name: value for name, value in self._options.items() if value is not None}
        return {self._kind: [member.to_dict() for member in self.members], **given}

    def __repr__(self) -> str:
        given = [
            f"{name}={value!r}"
            for name, value in self._options.items()
            if value is not None and (name, value) != ("p", 1.0)
        ]
        return f"{type(self).__name__}({', '.join([repr(self.members), *given])})"


def plain(value: Any) -> Any:
    """An array or a scalar of NumPy as Python has it."""
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value


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


def _annotation(parameter: Mapping[str, Any]) -> str:
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


AnyStep = TypeVar("AnyStep", bound=WrittenStep)


def step_class(
    base: type[AnyStep],
    module: str,
    entry: Mapping[str, Any],
    lines: Iterable[str] = (),
    leading: Iterable[inspect.Parameter] = (),
) -> type[AnyStep]:
    """The class of a registry's entry; `lines` of its documentation stand before the parameters,
    and `leading` arguments before theirs.
    """
    parameters = list(leading)
    documented = [entry["doc"], "", *lines]
    required = True
    for parameter in entry["parameters"]:
        required = required and parameter["required"]
        parameters.append(
            inspect.Parameter(
                argument_name(parameter["name"]),
                inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=inspect.Parameter.empty if required else parameter["default"],
                annotation=_annotation(parameter),
            )
        )
        documented.append(f"{parameter['name']}: {parameter['doc']}{_range(parameter)}.")
    members = {
        "__doc__": "\n".join(documented).rstrip(),
        "__module__": module,
        "__signature__": inspect.Signature(parameters),
        "_name": entry["name"],
        "_parameters": tuple(argument_name(parameter["name"]) for parameter in entry["parameters"]),
    }
    return type(class_name(entry["name"]), (base,), members)


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
