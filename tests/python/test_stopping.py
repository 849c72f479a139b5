"""Progress, interrupts, and memory: what is stopped leaves nothing behind."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import zeroskew as zs
from zeroskew._progress import rows_of


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
    for data in (
        path,
        str(path),
        table,
        table.to_pandas(),
        {"x": [1, 2, 3]},
        [table.slice(0, 2), {"x": [3]}],
    ):
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


INTERRUPTED = """
import gc, os, signal, threading
from pathlib import Path
import numpy as np, pyarrow as pa
import zeroskew as zs

profile = zs.profile({"x": [0.5], "s": ["a"], "k": [1]}, slices="k")
before = profile.digest
taken = 0

def without_end():
    global taken
    while True:
        numbers = np.random.default_rng(taken).random(100_000)
        taken += 1
        names = pa.array(numbers.astype("S8").astype("U8"))
        yield pa.table({"x": numbers, "s": names, "k": np.arange(100_000) % 3})

def interrupted():
    thread = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    thread.start()
    try:
        profile.update(without_end(), slices="k")
    except KeyboardInterrupt:
        thread.join()
        return
    raise AssertionError("not interrupted")

def resident():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

for _ in range(4):
    interrupted()
memory = resident()
for _ in range(16):
    interrupted()
assert taken >= 20 and profile.digest == before, taken
assert pa.total_allocated_bytes() == 0
print((resident() - memory) >> 20)
"""


def test_an_interrupt_leaves_the_profile_and_no_memory() -> None:
    grown = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True)
    assert grown.returncode == 0, grown.stderr
    # An update holds some 20 MB of states and tables: sixteen left behind would be hundreds.
    assert int(grown.stdout) < 100


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


MEASURED = """
import sys
from pathlib import Path
import zeroskew as zs

profile = zs.profile(sys.argv[1], threads=1)
lines = Path("/proc/self/status").read_text().splitlines()
print(profile.rows, next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) >> 10)
"""


def test_memory_is_that_of_some_row_groups_not_of_the_file(tmp_path: Path) -> None:
    def peak(parts: int) -> int:
        path = tmp_path / f"{parts}.parquet"
        numbers = np.random.default_rng(1).integers(0, 2**62, 500_000).view(np.float64)
        part = pa.table({"x": numbers, "y": numbers[::-1]})
        with pq.ParquetWriter(
            path, part.schema, compression="none", use_dictionary=False
        ) as writer:
            for _ in range(parts):
                writer.write_table(part)
        found = subprocess.run(
            [sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True
        )
        rows, memory = map(int, found.stdout.split())
        assert rows == 500_000 * parts
        return memory

    few, many = peak(2), peak(26)  # 16 MB, 208 MB
    assert many - few < 60


def test_row_groups_of_any_size_are_read_alike(tmp_path: Path) -> None:
    table = pa.table({"x": np.arange(300_000), "s": [f"{i % 9}" for i in range(300_000)]})
    expected = zs.profile(table).digest
    for size in (1000, 100_000, 300_000):
        pq.write_table(table, tmp_path / f"{size}.parquet", row_group_size=size)
        assert zs.profile(tmp_path / f"{size}.parquet").digest == expected
        assert (
            zs.profile(tmp_path / f"{size}.parquet", columns=["x"]).digest
            == zs.profile({"x": table["x"]}).digest
        )
