"""Steps on images: a class for each entry of the core's registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zeroskew._core import transform as core
from zeroskew._written import WrittenStep, class_name, plain, step_class, stub_classes
from zeroskew.errors import DataTypeError


class Step(WrittenStep):
    """A step on images with its settings. A value, checked when made."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        self._core = core.ImageStep(self._name, self._given(args, settings, self._parameters))

    def to_dict(self) -> dict[str, Any]:
        return {
            "step": self._name,
            **{name: value for name, value in self.settings.items() if value is not None},
        }

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
    settings = {name: plain(item) for name, item in value.items() if name != "step"}
    inner = core.ImageStep(value["step"], settings)
    result = STEPS[class_name(inner.name)].__new__(STEPS[class_name(inner.name)])
    result._core = inner
    return result


#: A class for each entry of the core's registry of steps on images.
STEPS: dict[str, type[Step]] = {
    class_name(entry["name"]): step_class(Step, "zeroskew.image", entry)
    for entry in core.image_registry()
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
