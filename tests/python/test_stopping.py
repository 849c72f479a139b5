"""Progress, interrupts, and memory: what is stopped leaves nothing behind."""

import gc
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import zeroskew as zs
from zeroskew._progress import rows_of


def resident() -> int:
    """Bytes of memory that this process holds."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def test_progress_counts_rows() -> None:
    table = pa.table({"x": np.arange(2_500_000)})
    seen: list[int] = []
    assert zs.profile(table, progress=seen.append) == zs.profile(table)
    assert seen == [1_000_000, 2_000_000, 2_500_000]
    with pytest.raises(zs.Error) as caught:
        zs.profile(table, progress="yes")
    assert caught.value.id == "profile.bad_progress"


def test_a_bar_is_drawn_on_stderr(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "numbers.parquet"
    pq.write_table(pa.table({"x": range(1234)}), path)
    assert zs.profile(path, progress=True).rows == 1234
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "1,234 of 1,234 rows" in shown.err


def test_rows_that_are_known_beforehand(tmp_path: Path) -> None:
    path = tmp_path / "numbers.parquet"
    table = pa.table({"x": [1, 2, 3]})
    pq.write_table(table, path)
    for data in (path, str(path), table, table.to_pandas(), {"x": [1, 2, 3]}, [table.slice(0, 2), {"x": [3]}]):
        assert rows_of(data) == 3
    for data in (tmp_path / "none.parquet", "a.csv", iter([table]), [table, "a.csv"], {}):
        assert rows_of(data) is None


def test_what_progress_raises_stops() -> None:
    profile = zs.profile({"x": [1]})
    before = profile.digest

    def stop(rows: int) -> None:
        raise RuntimeError(f"after {rows}")

    with pytest.raises(RuntimeError, match="after 1000000"):
        profile.update(pa.table({"x": np.arange(3_000_000)}), progress=stop)
    assert profile.digest == before


def test_an_interrupt_leaves_the_profile_and_no_memory() -> None:
    profile = zs.profile({"x": [0.5], "s": ["a"]})
    before = profile.digest
    taken = []

    def without_end() -> Iterator[pa.Table]:
        while True:
            size = 200_000
            numbers = np.random.default_rng(len(taken)).random(size)
            taken.append(size)
            yield pa.table({"x": numbers, "s": pa.array(numbers.astype("S8").astype("U8"))})

    def interrupted() -> None:
        thread = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            profile.update(without_end(), slices=None)
        thread.join()

    interrupted()
    gc.collect()
    arrow, memory = pa.total_allocated_bytes(), resident()
    for _ in range(6):
        interrupted()
    gc.collect()
    assert profile.digest == before
    assert len(taken) > 0
    assert pa.total_allocated_bytes() <= arrow
    # One update holds some 20 MB of tables and states: six of them left behind would show.
    assert resident() - memory < 40 << 20


def test_batches_are_let_go_one_by_one() -> None:
    baseline = pa.total_allocated_bytes()
    held = []

    def parts() -> Iterator[pa.Table]:
        for i in range(40):
            held.append(pa.total_allocated_bytes() - baseline)
            yield pa.table({"x": pa.array(np.full(100_000, i)).take(pa.array(np.arange(100_000)))})

    assert zs.profile(parts())["x"].distinct.value == 40
    assert max(held) <= 4 * 100_000 * 8
    assert pa.total_allocated_bytes() <= baseline
