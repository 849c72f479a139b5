"""`python -m zeroskew` is the command `zeroskew`."""

import sys

from zeroskew.cli import main

if __name__ == "__main__":
    sys.exit(main())
