"""Writes reference/*.md from the registries. Run it after adding a step, a measure or a detector."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from zeroskew import _core

FOLDER = Path(__file__).resolve().parent / "reference"

STEPS = """# Steps

Every step of a pipeline, as `zs.<Name>(column, ...)` in Python and `{"step": "<name>", ...}` in JSON.

**fitted**: learns from the profile of its column. **fixed**: needs nothing but its parameters. **augmenting**: draws at
random, in training only unless it says `always=True`.

`zs.Function(column, function)` calls a Python function on each value; it is for notebooks, and is never saved.
"""

BEHAVIOUR = """## When data are not as they were

What each step does, with its default parameters, with a category that was not there when fitting, when its column is not
in the data, with a column that the pipeline was not fitted with, when its column has another type (whole numbers are
taken for floats, and floats that are whole for integers), and with numbers up to the ends of their type and infinity. A
test holds every step to it.
"""

IMAGE_STEPS = """# Steps on images

Every step of `zs.image`, as `image.<Name>(...)` in Python and `{"step": "<name>", ...}` in JSON. `image.OneOf`,
`image.SomeOf` and `image.Sequence` put them together (`{"one_of": [...]}`). Masks, boxes and points move with the image.

![Every step on one picture](../image_steps.png)
"""

MEASURES = """# Measures of drift

Every measure by its name, in `zs.drift`, in the rules of `zs.compare` and in a policy. A **test** has a p-value, a
**distance** a threshold that knows both sample sizes.
"""

DETECTORS = """# Streaming detectors

Every detector of `zs.monitor`: one `update(x)` a value, true when it has just raised an alarm.
"""


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A Markdown table."""
    headings = list(headings)
    yield "| " + " | ".join(headings) + " |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"


def allowed(parameter: dict) -> str:
    """What a step's parameter may be."""
    if parameter["choices"]:
        return ", ".join(f"`{choice}`" for choice in parameter["choices"])
    lo, hi = parameter["lo"], parameter["hi"]
    if lo == float("-inf") and hi == float("inf"):
        return parameter["kind"]
    low = f"{'>' if parameter['lo_open'] else 'at least'} {lo:g}" if lo != float("-inf") else ""
    high = f"at most {hi:g}" if hi != float("inf") else ""
    return f"{parameter['kind']}, {', '.join(bound for bound in (low, high) if bound)}"


def steps() -> str:
    """The page of the steps."""
    registry = sorted(_core.transform.registry(), key=lambda step: step["name"])
    lines = [STEPS, BEHAVIOUR]
    cases = list(registry[0]["behaviour"])
    rows = ((step["name"], *(step["behaviour"][case] for case in cases)) for step in registry)
    lines += [*table(("step", *cases), rows), ""]
    for step in registry:
        lines.append(f"## {step['name']}\n\n{step['doc']}\n\n*{step['role']}*; columns: {', '.join(step['accepts'])}\n")
        lines += parameters_of(step)
    return "\n".join(lines)


def parameters_of(step: dict) -> list[str]:
    """The table of a step's parameters."""
    rows = [
        (
            f"`{parameter['name']}`",
            allowed(parameter),
            "required" if parameter["required"] else f"`{parameter['default']}`",
            parameter["doc"],
        )
        for parameter in step["parameters"]
    ]
    return [*table(("parameter", "values", "default", "meaning"), rows), ""] if rows else []


def image_steps() -> str:
    """The page of the steps on images."""
    lines = [IMAGE_STEPS]
    for step in sorted(_core.transform.image_registry(), key=lambda step: step["name"]):
        lines.append(f"## {step['name']}\n\n{step['doc']}\n")
        lines += parameters_of(step)
    return "\n".join(lines)


def measures() -> str:
    """The page of the measures."""
    lines = [MEASURES]
    for measure in sorted(_core.drift.registry(), key=lambda measure: (measure["kind"] != "test", measure["name"])):
        takes = [
            word
            for word, yes in (
                ("categories", measure["labels"]),
                ("numbers", measure["numbers"]),
                ("profiles of numbers", measure["intervals"]),
            )
            if yes
        ]
        symmetry = "symmetric" if measure["symmetric"] else "not symmetric"
        lines.append(
            f"## {measure['name']}\n\n{measure['doc']}\n\n*{measure['kind']}*, {symmetry}; takes {', '.join(takes)}\n"
        )
        rows = [(f"`{name}`", values, default, doc) for name, _, default, values, doc in measure["parameters"]]
        if rows:
            lines += [*table(("parameter", "values", "default", "meaning"), rows), ""]
    return "\n".join(lines)


def detectors() -> str:
    """The page of the detectors."""
    lines = [DETECTORS]
    for detector in _core.monitor.registry():
        lines.append(f"## {detector['name']}\n\n{detector['doc']}. Takes: {detector['input']}.\n")
        rows = [
            (f"`{name}`", values, f"{default:g}" if isinstance(default, float) else default, doc)
            for name, _, default, values, doc in detector["parameters"]
        ]
        if rows:
            lines += [*table(("parameter", "values", "default", "meaning"), rows), ""]
    return "\n".join(lines)


PAGES = {"steps.md": steps, "image_steps.md": image_steps, "measures.md": measures, "detectors.md": detectors}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page())
