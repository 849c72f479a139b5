"""The HTML report: one file without a network, whose size does not depend on the number of rows."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import zeroskew
from zeroskew._core import version
from zeroskew._imported import ImportedProfile
from zeroskew._profile import Profile
from zeroskew._report._page import page
from zeroskew.errors import DataTypeError, EngineError, FileError

if TYPE_CHECKING:
    from zeroskew import Anomalies, Schema


def report(
    profile: Profile | ImportedProfile,
    reference: Profile | ImportedProfile | None = None,
    anomalies: Anomalies | None = None,
    schema: Schema | None = None,
    path: str | os.PathLike[str] | None = None,
    title: str = "Data report",
    environment: str | None = None,
) -> str | Path:
    """A page about a profile (or statistics that another tool wrote): anomalies first, then the
    measured distances, then a card a column.

    `reference` (the training data, yesterday's data) is drawn behind the profile, in bins frozen on
    the reference. `anomalies` are what `validate` returned; without them a `schema` is validated
    against, in its environment, with the reference as the other side of its skew comparators.
    Returns the HTML, or the path that it was written to.
    """
    for one in (profile, reference):
        if one is not None and not isinstance(one, (Profile, ImportedProfile)):
            raise DataTypeError(
                f"a report is made of profiles, not of a {type(one).__name__!r}",
                "report.not_a_profile",
            )
    if anomalies is None and schema is not None:
        anomalies = zeroskew.validate(profile, schema, environment=environment, serving=reference)
    html: str = _template().render(
        page=page(profile, reference, anomalies), title=title, version=version
    )
    if path is None:
        return html
    path = Path(path)
    try:
        path.write_text(html, encoding="utf-8")
    except OSError as failure:
        raise FileError(
            f"cannot be written: {failure.strerror}", "io.write", str(path)
        ) from failure
    return path


@cache
def _template() -> Any:
    try:
        import jinja2
    except ImportError:
        raise EngineError(
            "a report needs jinja2: pip install 'zeroskew[report]'", "python.package_missing"
        ) from None
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("zeroskew._report", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("report.html")
