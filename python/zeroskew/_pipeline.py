"""Pipelines: written down, fitted, applied to tables and rows."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from zeroskew._composition import Composition, Stage, stage_of
from zeroskew._core import transform as core
from zeroskew._core.column import Batch
from zeroskew._data import Data, batches
from zeroskew._keys import Keys, key_array, keys_of, whole
from zeroskew._plan import Plan, temporal_types, ticks_of
from zeroskew._profile import Profile
from zeroskew._steps import Step, wrapped
from zeroskew._table import Table
from zeroskew.errors import DataTypeError, DataValueError, EngineError, FileError, FileMissingError

_MOST_PLANS = 64


class Pipeline:
    """Steps in their order, and the seed of their random draws. A value: it changes nothing when it
    is fitted."""

    def __init__(self, steps: Iterable[Stage] = (), seed: int = 0) -> None:
        if isinstance(steps, Mapping | str) or not isinstance(steps, Iterable):
            raise DataTypeError("steps are a list of steps", "transform.step")
        stages = [stage_of(step) for step in steps]
        seed = whole("seed", seed)
        if all(isinstance(stage, Step) for stage in stages):
            self._core = core.Pipeline(
                [stage._core for stage in stages if isinstance(stage, Step)], seed
            )
        else:
            written = {"seed": str(seed), "steps": [stage.to_dict() for stage in stages]}
            self._core = core.Pipeline.from_json(json.dumps(written))

    @classmethod
    def _of(cls, inner: core.Pipeline) -> Pipeline:
        result = cls.__new__(cls)
        result._core = inner
        return result

    @property
    def steps(self) -> list[Step]:
        """The steps in their order, without the compositions around them."""
        return [wrapped(step) for step in self._core.steps]

    @property
    def stages(self) -> list[Step | Composition]:
        """Steps and compositions of steps, as they were written."""
        return [stage_of(stage) for stage in json.loads(self._core.specification())["steps"]]

    @property
    def seed(self) -> int:
        return self._core.seed

    def fit(self, data: Data | Profile, keys: Keys = None) -> FittedPipeline:
        """Fits from rows or from their profile: the same bits, wherever a profile is enough.

        `keys` name the rows, as in `FittedPipeline.transform`; they matter where training rows must
        not teach
        themselves (TargetEncode).
        """
        if isinstance(data, Profile):
            return FittedPipeline._of(self._core.fit_profile(data._core))
        given = list(batches(data))
        return FittedPipeline._of(self._core.fit_batches(given, keys_of(given, keys)))

    def to_json(self) -> str:
        """Canonical. A step that lives in this program only (`Function`) is an error."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, text: str) -> Pipeline:
        return cls._of(core.Pipeline.from_json(text))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Pipeline:
        """From a file .json, or .yaml / .yml where PyYAML is installed."""
        text = _read(path)
        if Path(path).suffix in (".yaml", ".yml"):
            text = _json_of_yaml(text, str(path))
        return cls.from_json(text)

    def save(self, path: str | os.PathLike[str]) -> None:
        _write(path, self.to_json())

    def __eq__(self, other: object) -> bool:
        return self._core.equals(other._core) if isinstance(other, Pipeline) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._core.specification())

    def __copy__(self) -> Pipeline:
        return self

    def __deepcopy__(self, memo: object) -> Pipeline:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Pipeline.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        return f"Pipeline({self.stages!r}, seed={self.seed})"


class FittedPipeline:
    """A pipeline that knows its parameters. Applying it changes nothing: share it between
    threads."""

    def __init__(self) -> None:
        raise DataTypeError(
            "comes from Pipeline.fit, from_json or load", "transform.not_fitted", "FittedPipeline"
        )

    @classmethod
    def _of(cls, inner: core.FittedPipeline) -> FittedPipeline:
        result = cls.__new__(cls)
        result._core = inner
        result._plans = {}
        result._lock = threading.Lock()
        return result

    _core: core.FittedPipeline
    _plans: dict[tuple[str, ...], Plan]
    _lock: threading.Lock

    @property
    def inputs(self) -> dict[str, str]:
        """Names and types of the columns that the steps need, as they were when fitting."""
        return dict(self._core.inputs)

    @property
    def outputs(self) -> dict[str, str]:
        """Names and types of what comes out of a table of exactly the inputs."""
        return dict(self._core.outputs)

    @property
    def steps(self) -> list[tuple[Step, list[str], dict[str, Any]]]:
        """(step, the columns, what it learned) of each step and column."""
        return [
            (wrapped(step), [name for name, _ in inputs], learned)
            for step, inputs, learned in self._core.steps
        ]

    @property
    def seed(self) -> int:
        return self._core.seed

    def transform(
        self,
        data: Data,
        keys: Keys = None,
        epoch: int = 0,
        training: bool = False,
        threads: int | None = None,
    ) -> Table:
        """What the steps make of a table. Columns that no step names pass through.

        `keys` name the rows for random draws: the name of a column, or a whole number or text for
        each row;
        unless given, rows are numbered from 0. Augmenting steps act only where `training`, or with
        always=True.
        """
        epoch = whole("epoch", epoch)
        count = 0 if threads is None else whole("threads", threads)
        column = keys if isinstance(keys, str) else None
        given = None if keys is None or column is not None else key_array(keys)
        done: list[Batch] = []
        rows = 0
        for batch in batches(data):
            end = rows + batch.rows
            own = None if given is None else given[rows:end]
            if column is not None:
                own = core.row_keys(batch, column)
            elif own is not None and len(own) != batch.rows:
                raise DataValueError(
                    f"{0 if given is None else len(given)} keys for more rows",
                    "transform.keys",
                    "keys",
                )
            done.append(self._core.transform(batch, own, rows, epoch, bool(training), count))
            rows = end
        if given is not None and len(given) != rows:
            raise DataValueError(f"{len(given)} keys for {rows} rows", "transform.keys", "keys")
        return Table(done)

    def transform_row(
        self, row: dict[str, Any], key: int | str = 0, epoch: int = 0, training: bool = False
    ) -> dict[str, Any]:
        """The same bits as the table's row of that key."""
        if not isinstance(row, dict):
            row = dict(row)
        plan = self._plans.get(tuple(row))
        if plan is None:
            plan = self._planned(tuple(row))
        return plan(row, key, epoch, training)

    def inverse_transform(self, data: Data) -> Table:
        """What came in, from what came out: the steps backwards.

        Augmenting steps are skipped, filled cells stay filled, removed columns stay away. A step
        without a way back is
        an error.
        """
        return Table([self._core.inverse_transform(batch) for batch in batches(data)])

    def replay(
        self, row: Mapping[str, Any], key: int | str = 0, epoch: int = 0, training: bool = True
    ) -> list[dict[str, Any]]:
        """What the augmenting steps draw for a row: {"step", "columns", "acted", and what was drawn
        by name}."""
        done = core.replay(
            self._core, self._ticked(row), key, whole("epoch", epoch), bool(training)
        )
        return [
            {"step": step, "columns": columns, "acted": acted, **drawn}
            for step, columns, acted, drawn in done
        ]

    def _ticked(self, row: Mapping[str, Any]) -> dict[str, Any]:
        into = temporal_types(self._core.inputs, set(row))
        return {**row, **{name: ticks_of(row[name], type_, name) for name, type_ in into.items()}}

    def plan(self, columns: Iterable[str] | None = None) -> Plan:
        """Compiled for rows of these columns (unless given: the inputs), in this order."""
        return Plan(self._core, tuple(self.inputs) if columns is None else tuple(columns))

    def _planned(self, columns: tuple[str, ...]) -> Plan:
        plan = Plan(self._core, columns)
        with self._lock:
            plans = dict(self._plans) if len(self._plans) < _MOST_PLANS else {}
            plans[columns] = plan
            self._plans = plans
        return plan

    def to_json(self) -> str:
        """Canonical: equal pipelines have equal text."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, text: str) -> FittedPipeline:
        return cls._of(core.FittedPipeline.from_json(text))

    def save(self, path: str | os.PathLike[str]) -> None:
        """A save that fails leaves the old file."""
        _write(path, self.to_json())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> FittedPipeline:
        return cls.from_json(_read(path))

    def __eq__(self, other: object) -> bool:
        return (
            self._core.equals(other._core) if isinstance(other, FittedPipeline) else NotImplemented
        )

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __copy__(self) -> FittedPipeline:
        return self

    def __deepcopy__(self, memo: object) -> FittedPipeline:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return FittedPipeline.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        lines = [f"FittedPipeline(seed={self.seed})"]
        for step, columns, learned in self.steps:
            known = ", ".join(
                f"{name}={value!r:.60}" for name, value in learned.items() if value is not None
            )
            lines.append(f"  {step.name}({', '.join(columns)}): {known or 'nothing to learn'}")
        return "\n".join(lines)


def _json_of_yaml(text: str, path: str) -> str:
    try:
        import yaml
    except ImportError as failure:
        raise EngineError(
            "reading YAML needs PyYAML: pip install PyYAML", "transform.yaml", path
        ) from failure
    try:
        return json.dumps(yaml.safe_load(text))
    except (yaml.YAMLError, TypeError) as failure:
        raise DataValueError(
            f"no pipeline in YAML: {failure}", "transform.malformed", path
        ) from failure


def _read(path: str | os.PathLike[str]) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except FileNotFoundError as failure:
        raise FileMissingError("there is no such file", "io.not_found", str(path)) from failure
    except (OSError, UnicodeDecodeError) as failure:
        raise FileError(f"cannot be read: {failure}", "file.unreadable", str(path)) from failure


def _write(path: str | os.PathLike[str], text: str) -> None:
    target = Path(path)
    beside = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as failure:
        beside.unlink(missing_ok=True)
        raise FileError(f"cannot be written: {failure}", "file.unwritable", str(path)) from failure
