"""Pipelines of steps on images; zeroskew.image shows them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zeroskew._core import transform as core
from zeroskew._image_composition import Stage, flatten, stage_of
from zeroskew.errors import DataTypeError, DataValueError


class Pipeline:
    """Steps in their order, and the seed of their draws. Share it between threads and processes."""

    def __init__(self, steps: Iterable[Stage] = (), seed: int = 0) -> None:
        self.stages = [stage_of(step) for step in steps]
        self.steps, within = flatten(self.stages)
        self.seed = int(seed)
        if not 0 <= self.seed < 2**64:
            raise DataValueError(
                f"seed is a whole number that is not negative, not {seed!r}", "transform.number"
            )
        self._core = core.ImagePipeline([step._core for step in self.steps], self.seed, within)

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
        steps = [stage.to_dict() for stage in self.stages]
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
            (self.stages, self.seed) == (other.stages, other.seed)
            if isinstance(other, Pipeline)
            else NotImplemented
        )

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Any, ...]:
        return Pipeline.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        return f"Pipeline({self.stages!r}, seed={self.seed})"


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
