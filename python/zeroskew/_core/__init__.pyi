"""The compiled core of zeroskew, room by room."""

from zeroskew._core import column as column
from zeroskew._core import drift as drift
from zeroskew._core import monitor as monitor
from zeroskew._core import policy as policy
from zeroskew._core import schema as schema
from zeroskew._core import stats as stats
from zeroskew._core import transform as transform

version: str
