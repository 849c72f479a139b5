"""Steps put together: one of several, some of several, a sequence under one condition."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from zeroskew._core import transform as core
from zeroskew._steps import Step, step_of
from zeroskew._written import WrittenComposition
from zeroskew.errors import DataTypeError

_KINDS = ("sequence", "one_of", "some_of")


class Composition(WrittenComposition):
    """Steps, and compositions of steps, that act together. A value, checked when made."""

    members: list[Step | Composition]

    def __init__(
        self, members: Iterable[Stage], p: float, when: str | None, **options: Any
    ) -> None:
        self._take(members, {"p": p, "when": when, **options}, stage_of)
        core.Pipeline.from_json(json.dumps([self.to_dict()], default=str))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Composition):
            return NotImplemented
        return self._canonical() == other._canonical()

    def __hash__(self) -> int:
        return hash(self._canonical())

    def _canonical(self) -> str:
        return core.Pipeline.from_json(json.dumps([self.to_dict()])).specification()


class Sequence(Composition):
    """All members, in their order, on a share `p` of the rows and where the formula `when` is true.

    `p` below 1 is for augmenting steps only: what serves must not depend on chance.
    """

    _kind = "sequence"

    def __init__(self, members: Iterable[Stage], p: float = 1.0, when: str | None = None) -> None:
        super().__init__(members, _number(p), when)


class OneOf(Composition):
    """One of the members, drawn for each row: all alike, or by `weights` in any unit. Augmenting
    steps only."""

    _kind = "one_of"

    def __init__(
        self,
        members: Iterable[Stage],
        weights: Iterable[float] | None = None,
        p: float = 1.0,
        when: str | None = None,
    ) -> None:
        given = None if weights is None else [_number(weight) for weight in weights]
        super().__init__(members, _number(p), when, weights=given)


class SomeOf(Composition):
    """`n` of the members, drawn for each row, in their order; of a pair (least, most) the number
    is drawn too."""

    _kind = "some_of"

    def __init__(
        self,
        members: Iterable[Stage],
        n: int | tuple[int, int] = 1,
        p: float = 1.0,
        when: str | None = None,
    ) -> None:
        super().__init__(members, _number(p), when, n=list(n) if isinstance(n, tuple | list) else n)


#: What a pipeline is made of.
Stage: TypeAlias = "Step | Composition | Mapping[str, Any]"

_CLASSES: dict[str, type[Composition]] = {"sequence": Sequence, "one_of": OneOf, "some_of": SomeOf}


def stage_of(value: object) -> Step | Composition:
    """A step or composition from itself or from the dict that `to_dict` gives."""
    if isinstance(value, Step | Composition):
        return value
    if isinstance(value, Mapping):
        for kind in _KINDS:
            if kind in value:
                # The core says what is wrong with it, names that are not known included.
                core.Pipeline.from_json(
                    json.dumps([dict(value)], default=lambda item: item.to_dict())
                )
                options = {name: item for name, item in value.items() if name != kind}
                return _CLASSES[kind](value[kind], **options)
    return step_of(value)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as failure:
        raise DataTypeError(f"{value!r} is no number", "transform.composition") from failure
