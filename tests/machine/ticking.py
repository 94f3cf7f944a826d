"""Time goes on, and what is due happens."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from app.core import clock
from app.rounds import jobs
from app.rounds.models import Round, Window, WindowEdge
from app.voting.jobs.contests import end_objections
from app.voting.models import ObjectionPeriod, Question
from tests.machine.base import Platform, precondition, rule, which
from tests.machine.world import HOUR, Act


class Ticking(Platform):
    @rule(by=st.sampled_from([timedelta(minutes=1), HOUR, HOUR, 13 * HOUR]))
    def time_passes(self, by: timedelta) -> None:
        clock.tick(by)
        self.happened(Act("time passes", "clock", accepted=True))

    @precondition(lambda self: any(at <= clock.now() for at in self.edges()))
    @rule()
    def worker_runs(self) -> None:
        """Two of them: the second finds nothing to do."""
        for worker in (True, False):
            jobs.run_edges()
            end_objections()
            self.happened(Act("worker runs", "worker", accepted=worker))

    def edges(self) -> list[datetime]:
        """All that the clock still has to do in rounds that run."""
        ran = {(e["window_id"], e["edge"]) for e in self.now[WindowEdge].values()}
        runs = {id for id, row in self.now[Round].items() if row["state"] == "open"}
        return [
            window[f"{edge}_at"]
            for id, window in self.now[Window].items()
            for edge in ("opens", "closes")
            if window["round_id"] in runs and (id, edge) not in ran
        ] + [
            period["ends_at"]
            for period in self.now[ObjectionPeriod].values()
            if period["state"] == "running"
            and self.now[Question][period["question_id"]]["state"] == "published"
        ]


class Leaping(Ticking):
    """Also far on: most of what people do is over then."""

    @rule(n=which, short=st.booleans())
    def until_an_edge(self, n: int, short: bool) -> None:
        """To the very instant of an opening or a closing, or a microsecond before."""
        edges = sorted(at for at in self.edges() if at > clock.now())
        if edges and n > 6:
            clock.tick(edges[n % len(edges) // 3] - clock.now() - timedelta(microseconds=short))
        self.happened(Act("time passes", "clock", accepted=True))
