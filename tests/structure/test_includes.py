"""Includes point up the list of rooms, and the core never learns of Python or of a JSON library."""

from tree import ROOMS, ROOT, cpp_files, includes, report

BASE = {"error.hpp", "version.hpp"}


def room_of(name):
    """The room of `zeroskew/<room>/...` or `<room>/...`; None for what is not ours."""
    parts = name.removeprefix("zeroskew/").split("/")
    if len(parts) > 1:
        return parts[0] if parts[0] in ROOMS else None
    return "detail" if parts[0] in BASE else None


def test_no_include_points_down():
    violations = []
    for path in cpp_files("include/zeroskew", "src"):
        relative = path.relative_to(ROOT)
        inside = path.relative_to(ROOT / ("include" if relative.parts[0] == "include" else "src"))
        if inside.as_posix() == "zeroskew/zeroskew.hpp":
            continue
        own = room_of(inside.as_posix())
        if own is None:
            violations.append(f"{relative}: is in no room")
            continue
        for line, _, name in includes(path):
            other = room_of(name)
            if other is not None and ROOMS.index(other) > ROOMS.index(own):
                violations.append(f"{relative}:{line}: {own} includes {name}")
    report(violations, f"an include may only point up the list {' < '.join(ROOMS)}:")


def test_every_include_of_ours_exists():
    violations = []
    for path in cpp_files("include", "src"):
        for line, kind, name in includes(path):
            beside = [ROOT / "include" / name, ROOT / "src" / name]
            if kind == '"' and not any(p.is_file() for p in beside):
                violations.append(f"{path.relative_to(ROOT)}:{line}: {name}")
    report(
        violations,
        'quoted includes are spelled from include/ or src/ ("zeroskew/..." or "<room>/..."):',
    )


def test_public_headers_are_free_of_python_and_json():
    violations = []
    for path in cpp_files("include"):
        for line, _, name in includes(path):
            if name.startswith(("pybind11", "Python.h", "nlohmann", "xsimd", "openssl")) or not (
                name.startswith(("zeroskew/", "Eigen/")) or "/" not in name
            ):
                violations.append(f"{path.relative_to(ROOT)}:{line}: {name}")
    report(violations, "a public header includes the standard library, Eigen and ours only:")


def test_only_bindings_know_python():
    violations = []
    for path in cpp_files("src", "tests"):
        for line, _, name in includes(path):
            if name.startswith(("pybind11", "Python.h")):
                violations.append(f"{path.relative_to(ROOT)}:{line}: {name}")
    report(violations, "pybind11 belongs to python/bindings:")
