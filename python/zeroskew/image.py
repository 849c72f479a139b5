"""Augmentation of images: bytes or floats, any size, masks, boxes and points with them.

A `Pipeline` of steps takes one image (height, width[, channels]) or many (count, height, width,
channels) as uint8, or as float32 from 0 to 1. What is drawn for an image depends on (seed, epoch,
key) only: one image or many, any number of threads, every machine gives the same bits. Points are
(x, y), boxes (left, top, right, bottom), in coordinates where (0, 0) is the centre of the first
pixel.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zeroskew._core import transform as core
from zeroskew._steps import _plain, _range, annotation, argument_name, class_name
from zeroskew.errors import DataTypeError, DataValueError


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


class Pipeline:
    """Steps in their order, and the seed of their draws. Share it between threads and processes."""

    def __init__(self, steps: Iterable[Step | Mapping[str, Any]] = (), seed: int = 0) -> None:
        self.steps: list[Step] = [step_of(step) for step in steps]
        self.seed = int(seed)
        if not 0 <= self.seed < 2**64:
            raise DataValueError(
                f"seed is a whole number that is not negative, not {seed!r}", "transform.number"
            )
        self._core = core.ImagePipeline([step._core for step in self.steps], self.seed)

    def __call__(
        self,
        images: ArrayLike,
        keys: ArrayLike | None = None,
        epoch: int = 0,
        masks: ArrayLike | None = None,
        boxes: Sequence[ArrayLike] | ArrayLike | None = None,
        points: Sequence[ArrayLike] | ArrayLike | None = None,
        threads: int = 1,
    ) -> Any:
        """The images that come out; with masks, boxes or points a dict of all that was given.

        One image takes one key, one mask (height, width), boxes (n, 4) and points (n, 2); many
        images take a sequence of each. Unless keys are given, images are numbered from 0. `threads`
        0: as many as the machine has cores.
        """
        given, single = _images(images)
        count = len(given)
        named = _keys(keys, count)
        notes = []
        if masks is not None or boxes is not None or points is not None:
            each = [
                _each(masks, single, count),
                _each(boxes, single, count),
                _each(points, single, count),
            ]
            notes = [_note(*parts) for parts in zip(*each, strict=True)]
        made, after = self._core.apply(given, named, int(epoch), notes, int(threads))
        if single is not None:
            made = made[0, :, :, 0] if single == 2 else made[0]
        if not notes:
            return made
        found: dict[str, Any] = {"images": made}
        for name, place, wanted in (
            ("masks", 0, masks),
            ("boxes", 1, boxes),
            ("points", 2, points),
        ):
            if wanted is not None:
                parts = [note[place] for note in after]
                found[name] = (
                    parts[0]
                    if single is not None
                    else np.stack(parts)
                    if name == "masks"
                    else parts
                )
        return found

    def replay(self, height: int, width: int, key: int = 0, epoch: int = 0) -> list[dict[str, Any]]:
        """What is drawn for an image of that size: {"step", "acted", and what was drawn by name}
        of each step."""
        done = self._core.replay(height, width, key, epoch)
        return [
            {"step": step.name, "acted": acted, **dict(values)}
            for step, (acted, values) in zip(self.steps, done, strict=True)
        ]

    def to_json(self) -> str:
        steps = [step.to_dict() for step in self.steps]
        return json.dumps(
            {"seed": self.seed, "steps": steps}, sort_keys=True, separators=(",", ":")
        )

    @classmethod
    def from_json(cls, text: str) -> Pipeline:
        try:
            value = json.loads(text)
        except json.JSONDecodeError as failure:
            raise DataValueError(f"no JSON: {failure}", "transform.malformed") from failure
        if isinstance(value, list):
            return cls(value)
        if not isinstance(value, dict) or not set(value) <= {"seed", "steps"}:
            raise DataValueError('a pipeline has "seed" and "steps"', "transform.malformed")
        return cls(value.get("steps", ()), value.get("seed", 0))

    def __eq__(self, other: object) -> bool:
        return (
            (self.steps, self.seed) == (other.steps, other.seed)
            if isinstance(other, Pipeline)
            else NotImplemented
        )

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Any, ...]:
        return Pipeline.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        return f"Pipeline({self.steps!r}, seed={self.seed})"


def _images(images: ArrayLike) -> tuple[NDArray[Any], int | None]:
    """As (count, height, width, channels), and how many dimensions a single image had."""
    array = np.asarray(images)
    if array.dtype not in (np.uint8, np.float32):
        raise DataTypeError(
            f"images are uint8 or float32, not {array.dtype}", "transform.image", "images"
        )
    if array.ndim not in (2, 3, 4):
        raise DataValueError(
            "one image is (height, width[, channels]), many are (count, height, width, channels), "
            f"not {array.shape}",
            "transform.image",
            "images",
        )
    single = array.ndim if array.ndim < 4 else None
    whole = (
        array[None, :, :, None] if array.ndim == 2 else array[None] if array.ndim == 3 else array
    )
    return np.ascontiguousarray(whole), single


def _keys(keys: ArrayLike | None, count: int) -> NDArray[np.uint64]:
    if keys is None:
        return np.arange(count, dtype=np.uint64)
    named = np.atleast_1d(np.asarray(keys))
    if named.shape != (count,) or named.dtype.kind not in "iu":
        raise DataValueError(
            f"{count} images take {count} whole numbers as keys", "transform.keys", "keys"
        )
    return named.astype(np.uint64)


def _each(value: Any, single: int | None, count: int) -> list[Any]:
    if value is None:
        return [None] * count
    values = [value] if single is not None else list(value)
    if len(values) != count:
        raise DataValueError(
            f"{len(values)} of them for {count} images", "transform.image", "notes"
        )
    return values


def _note(
    mask: Any, boxes: Any, points: Any
) -> tuple[Any, NDArray[np.float64], NDArray[np.float64]]:
    def table(value: Any, columns: int) -> NDArray[np.float64]:
        array = (
            np.zeros((0, columns))
            if value is None or len(value) == 0
            else np.asarray(value, np.float64)
        )
        if array.ndim != 2 or array.shape[1] != columns:
            raise DataValueError(
                f"boxes are (n, 4) and points (n, 2), not {array.shape}", "transform.image", "notes"
            )
        return array

    if mask is not None:
        mask = np.ascontiguousarray(mask, np.uint8)
    return mask, table(boxes, 4), table(points, 2)


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
globals().update(STEPS)

__all__ = ["Pipeline", "Step", *STEPS]
