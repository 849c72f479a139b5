"""Profiles, schemas, drift and transforms with the same bits in the notebook and in the server."""

from zeroskew import drift, errors
from zeroskew._column_profile import ColumnProfile
from zeroskew._core import version as __version__
from zeroskew._numbers import Numbers
from zeroskew._profile import Profile, merge, profile
from zeroskew._report import report
from zeroskew._values import Bin, Estimate
from zeroskew.errors import Error

__all__ = [
    "Bin",
    "ColumnProfile",
    "Error",
    "Estimate",
    "Numbers",
    "Profile",
    "__version__",
    "drift",
    "errors",
    "merge",
    "profile",
    "report",
]
