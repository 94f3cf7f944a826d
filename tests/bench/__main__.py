"""Measure: one line a figure, `name  value  limit  ratio  goal`.

Values and limits are requests a second. Ours and the ceiling are measured in turn, five times, and
the medians compared. A ceiling much slower than on the machine on which the goals were set voids
its figure (`void` stands at the end of the line). Tallies have seconds, see tallies.py.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from tests.bench import crowds, data, growth, load, servers
from tests.bench.figures import FIGURES, Figure
from tests.bench.tallies import TALLIES, measure

TIMES = 5


def main(only: str = "") -> int:
    chosen = [figure for figure in FIGURES if only in ("", figure.name)]
    tallies = [tally for tally in TALLIES if only in ("", tally.name)]
    growths = [one for one in growth.GROWTHS if only in ("", one.name)]
    crowded = [one for one in crowds.CROWDS if only in ("", one.name)]
    if not chosen and not tallies and not growths and not crowded:
        names = ", ".join(
            figure.name for figure in (*FIGURES, *TALLIES, *growth.GROWTHS, *crowds.CROWDS)
        )
        print(f"No figure is called {only}: {names}", file=sys.stderr)
        return 1
    if (chosen or growths or crowded) and shutil.which("wrk") is None:
        print("The bench needs wrk: sudo apt-get install wrk", file=sys.stderr)
        return 1
    print(f"{'name':28} {'value':>9} {'limit':>9} {'ratio':>6}  goal", flush=True)
    for tally in tallies:
        measure(tally)
    with tempfile.TemporaryDirectory(prefix="plandialog-bench-") as name:
        folder = Path(name)
        if chosen:
            world = data.build(folder)
            with servers.served("wsgi:app", data.environment(folder)) as ours:
                for figure in chosen:
                    _measure(figure, ours, world, folder)
        if growths:
            growth.measure(growths, folder)
        for crowd in crowded:
            crowd.measure(folder / crowd.name)
    return 0


def _measure(figure: Figure, ours: str, world: data.World, folder: Path) -> None:
    call = figure.ours(world)
    mine, limit, slowest = [], [], []
    for turn, other in enumerate(_turns(figure, ours, call, world, folder)):
        rate = load.run(ours, call, start=turn * 1_000_000)
        mine.append(rate.a_second)
        slowest.append(rate.p99 / rate.median if rate.median else 0.0)
        limit.append(other)
    value, ceiling = statistics.median(mine), statistics.median(limit)
    void = "  void" if ceiling < 0.7 * figure.named else ""
    print(
        f"{figure.name:28} {value:9.1f} {ceiling:9.1f} {value / ceiling:6.2f}  {figure.goal}{void}",
        flush=True,
    )
    if figure.tail is not None:
        tail = statistics.median(slowest)
        print(
            f"{figure.name + '.p99':28} {tail:9.1f} {1.0:9.1f} {tail:6.2f}  {figure.tail}",
            flush=True,
        )


def _turns(figure, ours, call, world, folder):
    """The ceiling's rate, five times, each just before ours is measured."""
    if figure.beside is not None:
        for _ in range(TIMES):
            yield load.run(ours, figure.beside(world)).a_second
        return
    ceiling = folder / f"ceiling-{figure.name}"
    ceiling.mkdir()
    if figure.same_bytes:
        page = urllib.request.urlopen(f"{ours}{call.path}").read()  # noqa: S310 — our own server
        (ceiling / "page.html").write_bytes(page)
    environment = {"BENCH_FOLDER": str(ceiling)}
    fill = [sys.executable, "-c", "from tests.bench import ceilings; ceilings.fill()"]
    subprocess.run(fill, env={**os.environ, **environment}, cwd=servers.ROOT, check=True)
    with servers.served("tests.bench.ceilings:app", environment) as address:
        for _ in range(TIMES):
            yield load.run(address, figure.ceiling).a_second


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
