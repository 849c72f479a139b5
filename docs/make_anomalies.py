"""Writes anomalies.md: which check reports which type, and which tests show it. Run it after adding a check."""

import re
from pathlib import Path

from zeroskew import _core

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Anomalies

Every type of anomaly that validation reports, with the check that does and the tests that show it. Names and numbers
are those of tensorflow.metadata.v0.AnomalyInfo.Type. Made by `docs/make_anomalies.py`.

## Checks, in their order

"""


def test_names() -> list[tuple[str, str]]:
    """(file, name) of each C++ test of the schema room."""
    names = []
    for path in sorted((ROOT / "tests/schema").glob("*_test.cpp")):
        for literal in re.findall(r"TEST_CASE\(((?:\s*\"[^\"]*\")+)\)", path.read_text()):
            names.append((path.name, "".join(re.findall(r"\"([^\"]*)\"", literal))))
    return names


def text() -> str:
    numbers = {name: number for number, name in enumerate(_core.schema.anomaly_types())}
    by_type: dict[str, list[str]] = {}
    lines = [HEAD]
    for name, types, documentation in _core.schema.checks():
        lines.append(f"- `{name}`: {documentation}\n")
        for type_ in types:
            by_type.setdefault(type_, []).append(name)
    lines.append("\n## Types\n\n| no. | type | checks | tests |\n|---|---|---|---|\n")
    tests = test_names()
    for type_ in sorted(by_type, key=numbers.__getitem__):
        shown = "; ".join(f"{file}: {name}" for file, name in tests if re.search(rf"\b{type_}\b", name))
        checks = ", ".join(f"`{name}`" for name in by_type[type_])
        lines.append(f"| {numbers[type_]} | {type_} | {checks} | {shown} |\n")
    return "".join(lines)


if __name__ == "__main__":
    (ROOT / "docs/anomalies.md").write_text(text())
