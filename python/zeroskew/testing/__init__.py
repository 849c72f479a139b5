"""Two implementations of the same features, held against each other on rows made to part them.

`find_skew` takes a pipeline and the code that it replaces (or the server's copy of it), and
answers, feature by feature, with the smallest row on which the two differ. `rows` makes the rows:
what the reference data hold, their edges, and what production sends one day. Needs Hypothesis: pip
install 'zeroskew[testing]'.
"""

from zeroskew.testing._find import assert_no_skew, find_skew
from zeroskew.testing._rows import rows
from zeroskew.testing._sides import of_frames
from zeroskew.testing._skews import Skew, Skews

__all__ = ["Skew", "Skews", "assert_no_skew", "find_skew", "of_frames", "rows"]
