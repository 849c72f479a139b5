"""The umbrella has every public header; files are short, narrow and finished."""

import re
import subprocess
from pathlib import Path

from tree import ROOT, cpp_files, includes, report

INCLUDE = ROOT / "include"
UMBRELLA = INCLUDE / "zeroskew" / "zeroskew.hpp"


def test_umbrella_is_complete():
    have = {name for _, _, name in includes(UMBRELLA)}
    public = {
        p.relative_to(INCLUDE).as_posix() for p in cpp_files("include") if "detail" not in p.parts
    } - {"zeroskew/zeroskew.hpp"}
    report(
        [f'#include "{name}"' for name in sorted(public - have)], "zeroskew.hpp lacks these lines:"
    )
    report([f'#include "{name}"' for name in sorted(have - public)], "zeroskew.hpp has too much:")


def test_headers_open_with_a_guard_and_say_what_they_are_for():
    violations = []
    for path in cpp_files("include"):
        first, second, *_ = path.read_text(encoding="utf-8").splitlines()
        if first != "#pragma once" or not second.startswith("/// "):
            violations.append(str(path.relative_to(ROOT)))
    report(violations, 'a header begins with "#pragma once" and a "///" line:')


def test_files_are_short():
    violations = []
    for path in cpp_files("include", "src", "python"):
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > 400:
            violations.append(f"{path.relative_to(ROOT)}: {lines} lines")
    report(violations, "one concept a file, and 400 lines at most; split these:")


def test_lines_are_narrow():
    violations = []
    for path in cpp_files("include", "src", "tests", "python"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > 100:
                violations.append(f"{path.relative_to(ROOT)}:{number}: {len(line)} columns")
    report(violations, "at most 100 columns:")


def test_nothing_is_left_open():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listed.stdout.split("\n") if listed.returncode == 0 else []
    code = [
        ROOT / n
        for n in names
        if n.endswith((".hpp", ".cpp", ".py", ".pyi", ".cmake", "CMakeLists.txt"))
    ]
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b")
    violations = []
    for path in code or cpp_files("include", "src", "tests"):
        if path.is_file() and path != Path(__file__).resolve():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if marks.search(line):
                    violations.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    report(violations, "finish it, or say in a plain sentence what is not done and why:")
