"""Load by wrk: requests a second, and how long the slowest of a hundred took."""

import json
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECONDS = 3
CONNECTIONS = 8

SCRIPT = """
local requests = {}
for line in io.lines("%(file)s") do requests[#requests + 1] = line end
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
local turn = nil
function request()
  if turn == nil then turn = %(start)d + id end
  local row = requests[turn %% #requests + 1]
  local cookie, body = row:match("^(.-)\\t(.*)$")
  body = body:gsub("@@", tostring(turn))
  turn = turn + 2
  local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
  if cookie ~= "" then headers["Cookie"] = cookie end
  if "%(method)s" == "GET" then return wrk.format("GET", "%(path)s" .. body, headers) end
  return wrk.format("%(method)s", "%(path)s", headers, body)
end
local wrong = 0
function response(status) if status >= 400 then wrong = wrong + 1 end end
"""


@dataclass(frozen=True)
class Call:
    """What is asked again and again. `rows` are (cookie, body): each request takes the next one;
    `@@` in a body becomes a number that no other request has. Of a GET it ends the path."""

    path: str
    method: str = "GET"
    rows: list[tuple[str, str]] = field(default_factory=lambda: [("", "")])


class Rate(NamedTuple):
    """Requests a second, and times in milliseconds."""

    a_second: float
    median: float
    p99: float


def run(
    address: str,
    call: Call,
    start: int = 0,
    *,
    connections: int = CONNECTIONS,
    seconds: int = SECONDS,
) -> Rate:
    """One run; raises RuntimeError if an answer was an error."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows"
        rows.write_text("".join(f"{cookie}\t{body}\n" for cookie, body in call.rows))
        script = Path(folder) / "load.lua"
        script.write_text(
            SCRIPT % {"file": rows, "method": call.method, "path": call.path, "start": start}
        )
        found = subprocess.run(
            [
                *(
                    "wrk",
                    "-t2",
                    f"-c{connections}",
                    f"-d{seconds}s",
                    "--timeout",
                    "30s",
                    "--latency",
                ),
                *("-s", str(script), address),
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", found)
    if wrong:
        raise RuntimeError(f"{call.method} {call.path}: {wrong.group(0)}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", found)
    if rate is None:
        raise RuntimeError(f"wrk said nothing about {json.dumps(call.path)}")
    return Rate(float(rate.group(1)), _milliseconds(found, "50%"), _milliseconds(found, "99%"))


def _milliseconds(found: str, percentile: str) -> float:
    match = re.search(rf"{percentile}\s+([\d.]+)(us|ms|s)\b", found)
    if match is None:
        return 0.0
    return float(match.group(1)) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[match.group(2)]
