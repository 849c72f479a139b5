"""Whatever stands in a schema's file, the error says at which line and column."""

import random
import re

import pytest

import zeroskew as zs

PIECES = ["", "{", "}", "[", "]", '"', "\\", ",", ":", "1", "null", "-", "é", "\n", '"x": 1,', "99"]


def schema() -> zs.Schema:
    made = zs.infer_schema(
        zs.profile(
            {
                "a.b": ["x", "y", "z"],
                'é"q': [1, 2, 3],
                "f": [1.5, None, 2.0],
                "l": [[1], [2, 3], [4]],
                "s": [{"a": 1}, {"a": 2}, {"a": 3}],
            }
        )
    )
    made.set_rules("f", mean={"max": 3.0})
    return made


def damaged(text: str, draw: random.Random) -> str:
    for _ in range(draw.randint(1, 3)):
        start = draw.randrange(len(text))
        end = min(len(text), start + draw.randint(0, 12))
        text = text[:start] + draw.choice([*PIECES, text[start:end] * 2]) + text[end:]
    return text


@pytest.mark.parametrize("form", ["json", "text"])
def test_damaged_files_are_refused_with_line_and_column(form: str) -> None:
    read = zs.Schema.from_json if form == "json" else zs.Schema.from_text
    source = schema().to_json() if form == "json" else schema().to_text()
    draw = random.Random(4)
    found = []
    for _ in range(5000):
        document = damaged(source, draw)
        try:
            read(document)
        except zs.Error as error:
            found.append((error.id, error.where, document))
    for _, where, document in found:
        place = re.search(r"line (\d+), column (\d+)", where)
        assert place, (where, document)
        lines = document.split("\n")
        assert 1 <= int(place[1]) <= len(lines)
        # The end of the document, or of a line, is a place too.
        assert 1 <= int(place[2]) <= len(lines[int(place[1]) - 1]) + 2
    assert {"schema.unknown_field", f"schema.{form}_syntax"} <= {id_ for id_, _, _ in found}


def test_the_place_is_that_of_the_fault() -> None:
    for document, line, column in [
        ('{"feature": [\n  {"nam": "a"}]}', 2, 4),
        ('{"feature": [\n  {"type": 99}]}', 2, 12),
        ('{"feature": [{"name": "é", "int_domain": {"min": "x"}}]}', 1, 50),
        ('{"feature": [{}, {"name": "a",\n"name": "b"}]}', 2, 1),
    ]:
        with pytest.raises(zs.Error) as caught:
            zs.Schema.from_json(document)
        assert f"line {line}, column {column}" in caught.value.where
