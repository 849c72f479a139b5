"""How many rows a second one core serves, and how fast: wrk on the loopback of this machine.

    python benchmarks/server.py build/release/examples/server/zeroskew-server

Needs wrk (Debian's package) and two cores: one for the server's event loop, one for wrk. The answer
is checked against the notebook's before anything is timed. Latencies are those at half the rate
that was reached before, sent on a schedule that does not wait for answers as long as one of the
connections is free. Where other work shares the cores, requests a second of the server's own time
(user and system) still mean something, latencies do not; `--under "chrt -f 1"` puts both before
that work.
"""

import argparse
import json
import os
import re
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np

import zeroskew as zs

ROW = {"fare": 3.5, "distance": 2.0, "hour": 4, "kind": "card", "zone": "c"}
SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local i = 0
request = function()
  i = i + 1
  return wrk.format(nil, "/v1/transform", nil, string.format(
    '{"row":{"fare":%%.2f,"distance":%%.1f,"hour":%%d,"kind":"card","zone":"c"},"key":%%d}',
    3.5 + i %% 1000 / 10, 2.0 + i %% 17, i %% 24, i))
end
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } moment;
  int clock_gettime(int clock, moment *now);
]]
local moment = ffi.new("moment")
local function now()
  ffi.C.clock_gettime(1, moment)
  return tonumber(moment.seconds) * 1e3 + tonumber(moment.nanoseconds) / 1e6
end
local rate, due = %f, nil  -- requests a millisecond; 0: as fast as it goes
if rate > 0 then
  delay = function()
    local at = now()
    due = (due or at) + 1 / rate
    return math.max(0, math.floor(due - at))
  end
end
"""
FIXED = """
wrk.method, wrk.path = "POST", "/v1/transform"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [[%s]]
"""


def policy() -> zs.Policy:
    random = np.random.default_rng(1)
    n = 20_000
    data = {
        "fare": random.gamma(2.0, 6.0, n),
        "distance": random.gamma(3.0, 2.0, n),
        "hour": random.integers(0, 24, n),
        "kind": random.choice(["cash", "card", "free"], n, p=[0.5, 0.4, 0.1]),
        "zone": random.choice(list("abcdefgh"), n),
    }
    steps = [
        zs.Impute("fare", "median"),
        zs.Standardize("fare"),
        zs.Standardize("distance"),
        zs.OneHot("kind"),
        zs.Ordinal("zone"),
    ]
    baseline = zs.profile(data)
    return zs.Policy(
        schema=zs.infer_schema(baseline),
        pipeline=zs.Pipeline(steps, seed=7).fit(data),
        baseline=baseline,
        sample=data,
    )


def wrk(
    folder: Path, script: str, url: str, connections: int, seconds: int, first: list[str]
) -> dict[str, float]:
    """Requests a second, percentiles in milliseconds, and failures."""
    (folder / "script.lua").write_text(script)
    options = f"-t1 -c{connections} -d{seconds}s --latency -s {folder / 'script.lua'}"
    command = [*first, *f"taskset -c 1 wrk {options} {url}".split()]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    unit = {"us": 1e-3, "ms": 1.0, "s": 1e3}
    found = {"rate": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])}
    found["requests"] = float(re.search(r"(\d+) requests in", text)[1])
    for name in ("50", "99"):
        number, what = re.search(rf"{name}%\s+([\d.]+)(us|ms|s)", text).groups()
        found[f"p{name}"] = float(number) * unit[what]
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    found["failed"] = float(failed[1]) if failed else 0.0
    return found


def cpu_seconds(process: int) -> float:
    """User and system time of a process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("server", type=Path)
    arguments.add_argument("--seconds", type=int, default=10)
    arguments.add_argument("--under", default="", help="a command that starts both")
    given = arguments.parse_args()
    first = given.under.split()
    made = policy()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made.save(folder / "policy.json")
        url = "http://127.0.0.1:18099"
        options = f"--policy {folder / 'policy.json'} --port 18099 --address 127.0.0.1 --threads 1"
        command = [*first, *f"taskset -c 0 {given.server} {options}".split()]
        server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            body = json.dumps({"row": ROW, "key": 5})
            request = urllib.request.Request(
                f"{url}/v1/transform", body.encode(), {"Content-Type": "application/json"}
            )
            for _ in range(100):
                try:
                    answer = json.load(urllib.request.urlopen(request))
                    break
                except OSError:
                    time.sleep(0.1)
            assert answer["row"] == made.pipeline.transform_row(ROW, key=5)
            print(f"load average before: {os.getloadavg()[0]:.1f} (of {os.cpu_count()} cores)")
            most = 0.0
            for title, connections in (
                ("every row another one, as fast as it goes", 32),
                ("the same row, as fast as it goes", 32),
                ("every row another one, at half that load", 64),
            ):
                half = "half" in title
                script = FIXED % body if "same" in title else SCRIPT % (most / 2000 * half)
                before = cpu_seconds(server.pid)
                found = wrk(folder, script, url, connections, given.seconds, first)
                if "another" in title and not half:
                    most = found["rate"]
                spent = cpu_seconds(server.pid) - before
                print(
                    f"{title}: {found['rate']:,.0f} requests/s, "
                    f"{found['requests'] / spent:,.0f} a second of its own time, "
                    f"p50 {found['p50']:.2f} ms, "
                    f"p99 {found['p99']:.2f} ms, {found['failed']:.0f} failed"
                )
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
