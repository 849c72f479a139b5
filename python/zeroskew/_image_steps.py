"""Steps on images: a class for each entry of the core's registry."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any

from zeroskew._core import transform as core
from zeroskew._steps import (
    _plain,
    _range,
    annotation,
    argument_name,
    class_name,
    stub_classes,
)
from zeroskew.errors import DataTypeError


class Step:
    """A step on images with its settings. A value, checked when made."""

    _name = ""
    _parameters: tuple[str, ...] = ()

    def __init__(self, *args: Any, **settings: Any) -> None:
        if not self._name:
            raise DataTypeError(
                "a step is one of the classes of zeroskew.image", "transform.unknown_step"
            )
        if len(args) > len(self._parameters):
            raise DataTypeError(
                f"takes {len(self._parameters)} arguments, not {len(args)}",
                "transform.bad_parameter",
                self._name,
            )
        for name, value in zip(self._parameters, args, strict=False):
            if name in settings:
                raise DataTypeError(
                    f"is given {name!r} twice", "transform.bad_parameter", self._name
                )
            settings[name] = value
        given = {key.removesuffix("_"): _plain(value) for key, value in settings.items()}
        self._core = core.ImageStep(self._name, given)

    @property
    def name(self) -> str:
        """As JSON names it."""
        return self._name

    @property
    def settings(self) -> dict[str, Any]:
        """Every setting, defaults included."""
        return self._core.settings

    def to_dict(self) -> dict[str, Any]:
        """What `Pipeline` accepts in place of the step."""
        return {
            "step": self._name,
            **{name: value for name, value in self.settings.items() if value is not None},
        }

    def __eq__(self, other: object) -> bool:
        return self._core.equals(other._core) if isinstance(other, Step) else NotImplemented

    def __hash__(self) -> int:
        return hash(json.dumps(self.to_dict(), sort_keys=True))

    def __repr__(self) -> str:
        shown = []
        settings = self.settings
        for name, parameter in inspect.signature(type(self)).parameters.items():
            value = settings[name.removesuffix("_")]
            if value != parameter.default:
                shown.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return step_of, (self.to_dict(),)


def step_of(value: object) -> Step:
    """A step from itself or from {"step": name, parameter: value, ...}."""
    if isinstance(value, Step):
        return value
    if not isinstance(value, Mapping) or not isinstance(value.get("step"), str):
        raise DataTypeError(
            'a step is one of zeroskew.image or a dict {"step": ...}', "transform.step"
        )
    settings = {name: _plain(item) for name, item in value.items() if name != "step"}
    inner = core.ImageStep(value["step"], settings)
    result = STEPS[class_name(inner.name)].__new__(STEPS[class_name(inner.name)])
    result._core = inner
    return result


def _class(entry: Mapping[str, Any]) -> type[Step]:
    either = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = []
    required = True
    for parameter in entry["parameters"]:
        required = required and parameter["required"]
        default = inspect.Parameter.empty if required else parameter["default"]
        name = argument_name(parameter["name"])
        parameters.append(
            inspect.Parameter(name, either, default=default, annotation=annotation(parameter))
        )
    lines = [entry["doc"], ""]
    lines += [
        f"{parameter['name']}: {parameter['doc']}{_range(parameter)}."
        for parameter in entry["parameters"]
    ]
    members = {
        "__doc__": "\n".join(lines).rstrip(),
        "__module__": "zeroskew.image",
        "__signature__": inspect.Signature(parameters),
        "_name": entry["name"],
        "_parameters": tuple(argument_name(parameter["name"]) for parameter in entry["parameters"]),
    }
    return type(class_name(entry["name"]), (Step,), members)


#: A class for each entry of the core's registry of steps on images.
STEPS: dict[str, type[Step]] = {
    class_name(entry["name"]): _class(entry) for entry in core.image_registry()
}


def stub() -> str:
    """The text of image.pyi, by which type checkers and editors know the classes."""
    lines = [
        '"""Written by zeroskew._image_steps.stub() from the registry of steps on images."""',
        "",
    ]
    lines += ["from typing import Literal", ""]
    lines.append("from zeroskew._image import Pipeline as Pipeline")
    lines += [
        f"from zeroskew._image_composition import {name} as {name}"
        for name in ("OneOf", "Sequence", "SomeOf")
    ]
    lines += [f"from zeroskew._image_steps import {name} as {name}" for name in ("STEPS", "Step")]
    lines += ["", "__all__ = ["]
    names = ["STEPS", *sorted(["OneOf", "Pipeline", "Sequence", "SomeOf", "Step", *STEPS])]
    lines += [f'    "{name}",' for name in names] + ["]"]
    return "\n".join([*lines, *stub_classes(STEPS)]) + "\n"
