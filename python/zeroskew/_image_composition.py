"""Steps on images put together: one of several, some of several, a sequence as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from zeroskew._image_steps import Step, step_of
from zeroskew._written import WrittenComposition
from zeroskew.errors import DataValueError

#: What the core is told of a composition around a step.
Membership: TypeAlias = tuple[str, int, int, int, float, "list[float] | None", "tuple[int, int]"]


class Composition(WrittenComposition):
    """Steps, and compositions of steps, that act together. A value."""

    members: list[Step | Composition]

    def __init__(self, members: Iterable[Stage], p: float = 1.0, **options: Any) -> None:
        self._take(members, {**options, "p": float(p)}, stage_of)

    def _membership(self, group: int, member: int) -> Membership:
        n = self._options.get("n", 1)
        least, most = n if isinstance(n, list) else (n, n)
        weights = self._options.get("weights")
        return (
            self._kind,
            group,
            member,
            len(self.members),
            self._options["p"],
            weights,
            (least, most),
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Composition):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash(json.dumps(self.to_dict(), sort_keys=True))


class Sequence(Composition):
    """All members, in their order, on a share `p` of the images."""

    _kind = "sequence"


class OneOf(Composition):
    """One of the members, drawn for each image: all alike, or by `weights` in any unit."""

    _kind = "one_of"

    def __init__(
        self,
        members: Iterable[Stage],
        weights: Iterable[float] | None = None,
        p: float = 1.0,
    ) -> None:
        given = None if weights is None else [float(weight) for weight in weights]
        super().__init__(members, p, weights=given)


class SomeOf(Composition):
    """`n` of the members, drawn for each image, in their order; of a pair (least, most) the
    number is drawn too."""

    _kind = "some_of"

    def __init__(
        self, members: Iterable[Stage], n: int | tuple[int, int] = 1, p: float = 1.0
    ) -> None:
        super().__init__(members, p, n=list(n) if isinstance(n, tuple | list) else n)


#: What a pipeline on images is made of.
Stage: TypeAlias = "Step | Composition | Mapping[str, Any]"

_CLASSES: dict[str, type[Composition]] = {"sequence": Sequence, "one_of": OneOf, "some_of": SomeOf}


def stage_of(value: object) -> Step | Composition:
    """A step or composition from itself or from the dict that `to_dict` gives."""
    if isinstance(value, Step | Composition):
        return value
    if isinstance(value, Mapping):
        for kind, cls in _CLASSES.items():
            if kind in value:
                options = {name: item for name, item in value.items() if name != kind}
                try:
                    return cls(value[kind], **options)
                except TypeError as failure:
                    raise DataValueError(str(failure), "transform.composition", kind) from failure
    return step_of(value)


def flatten(stages: Iterable[Step | Composition]) -> tuple[list[Step], list[list[Membership]]]:
    """The steps in their order, and the compositions around each, the outermost first."""
    steps: list[Step] = []
    around: list[list[Membership]] = []
    groups = 0

    def add(stage: Step | Composition, within: list[Membership]) -> None:
        nonlocal groups
        if isinstance(stage, Step):
            steps.append(stage)
            around.append(within)
            return
        if not stage.members:
            raise DataValueError("has no member", "transform.composition", stage._kind)
        group, groups = groups, groups + 1
        for number, member in enumerate(stage.members):
            add(member, [*within, stage._membership(group, number)])

    for stage in stages:
        add(stage, [])
    return steps, around
