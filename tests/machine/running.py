"""Rounds and their times, moderation, answers, the clock: what those in office do."""

from hypothesis import strategies as st

from app.core import clock
from app.proposals.models import Proposal
from app.rounds import commands, queries
from app.rounds.models import (
    Audience,
    ModerationMode,
    Procedure,
    Round,
    RoundKind,
    Window,
)
from app.rounds.states import Activity
from tests.machine.base import Platform, hours, mostly, precondition, reasons, rule, which
from tests.machine.world import HOUR, RULES, in_round

PROCEDURES = [
    RULES,
    Procedure(
        who_decides="The council.",
        open_to_influence="Much.",
        who_proposes=Audience.PERSONS,
        who_comments=Audience.PERSONS,
        moderation=ModerationMode.BEFORE,
    ),
    Procedure(
        who_decides="The council.",
        open_to_influence="Little.",
        who_proposes=Audience.PERSONS,
        who_supports=Audience.ORGANISATIONS,
        who_amends=Audience.ORGANISATIONS,
        proposals_per_author=1,
    ),
    Procedure(),
]
procedures = st.sampled_from(PROCEDURES)
moderators = mostly("moderator")
LIKELY = {
    "announce": ("draft",),
    "open": ("announced",),
    "pause": ("open",),
    "resume": ("paused",),
    "answer": ("closed",),
    "archive": ("answered",),
    "say roughly": ("draft",),
    "change a round": ("draft", "announced", "open", "paused"),
    "take over a method": ("draft", "announced", "open", "paused"),
    "change the rules": ("open", "paused", "closed", "answered"),
    "set a window": ("draft", "announced", "open", "paused"),
    "remove a window": ("draft", "announced", "open"),
}


class Running(Platform):
    @rule(who=moderators, kind=st.sampled_from(RoundKind), rules=procedures)
    def make_a_round(self, who: str, kind: RoundKind, rules: Procedure) -> None:
        title, id = self.key(), self.world.dialogue
        self.act(
            "make a round",
            who,
            "rounds.moderate",
            lambda: (queries.get_dialogue(id),),
            lambda dialogue, by: commands.create_round(
                dialogue, kind=kind, title=title, procedure=rules, by=by
            ),
        )

    @rule(who=moderators, n=which, activity=st.sampled_from(Activity), off=hours, reason=reasons)
    def set_a_window(self, who: str, n: int, activity: Activity, off: int, reason: str) -> None:
        begin = clock.now() + off * HOUR
        self.run(
            "set a window",
            who,
            n,
            lambda round_, by: commands.set_window(
                round_,
                activity,
                opens_at=begin,
                closes_at=begin + 48 * HOUR,
                because=reason,
                by=by,
            ),
            reason,
        )

    @rule(who=moderators, n=which, end=hours, reason=reasons)
    def move_an_end(self, who: str, n: int, end: int, reason: str) -> None:
        window = self.now[Window].get(self.one(Window, n) or 0)
        if window is None:
            return
        self.act(
            "set a window",
            who,
            "rounds.run",
            in_round(window["round_id"]),
            lambda round_, by: commands.set_window(
                round_,
                window["activity"],
                opens_at=window["opens_at"],
                closes_at=clock.now() + end * HOUR,
                because=reason,
                by=by,
            ),
            round_id=window["round_id"],
            reason=reason,
        )

    @rule(who=moderators, n=which, activity=st.sampled_from(Activity), reason=reasons)
    def remove_a_window(self, who: str, n: int, activity: Activity, reason: str) -> None:
        self.run(
            "remove a window",
            who,
            n,
            lambda round_, by: commands.remove_window(round_, activity, because=reason, by=by),
            reason,
        )

    @precondition(lambda self: not self.rough)
    @rule(who=moderators, n=which, activity=st.sampled_from(Activity))
    def say_roughly(self, who: str, n: int, activity: Activity) -> None:
        self.rough = True  # once: as long as words stand there nothing is announced
        self.run(
            "say roughly",
            who,
            n,
            lambda round_, by: commands.set_roughly(round_, activity, "in spring", by=by),
        )

    @precondition(lambda self: self.some("draft"))
    @rule(who=moderators, n=which)
    def announce(self, who: str, n: int) -> None:
        self.run("announce", who, n, lambda round_, by: commands.announce(round_, by=by))

    @precondition(lambda self: self.some("announced"))
    @rule(who=moderators, n=which)
    def open(self, who: str, n: int) -> None:
        self.run("open", who, n, lambda round_, by: commands.open_(round_, by=by))

    @precondition(lambda self: self.some("open"))
    @rule(who=moderators, n=which)
    def pause(self, who: str, n: int) -> None:
        self.run("pause", who, n, lambda round_, by: commands.pause(round_, by=by))

    @precondition(lambda self: self.some("open", "paused"))
    @rule(who=moderators, n=which)
    def close(self, who: str, n: int) -> None:
        self.run("close", who, n, lambda round_, by: commands.close(round_, by=by))

    @precondition(lambda self: self.some("closed"))
    @rule(who=moderators, n=which)
    def mark_answered(self, who: str, n: int) -> None:
        self.run("answer", who, n, lambda round_, by: commands.mark_answered(round_, by=by))

    @precondition(lambda self: self.some("answered"))
    @rule(who=moderators, n=which)
    def archive(self, who: str, n: int) -> None:
        self.run("archive", who, n, lambda round_, by: commands.archive(round_, by=by))

    @precondition(lambda self: self.one(Round, 0, state="paused"))
    @rule(who=moderators, n=which, add=st.booleans(), reason=reasons)
    def resume(self, who: str, n: int, add: bool, reason: str) -> None:
        self.run(
            "resume",
            who,
            n,
            lambda round_, by: commands.resume(round_, add_pause=add, because=reason, by=by),
            reason,
        )

    @rule(often=2, who=moderators, n=which, kind=st.sampled_from(RoundKind), rules=procedures)
    def change_a_round(self, who: str, n: int, kind: RoundKind, rules: Procedure) -> None:
        title = self.key()
        self.run(
            "change a round",
            who,
            n,
            lambda round_, by: commands.change_round(
                round_, kind=kind, title=title, summary="", procedure=rules, by=by
            ),
        )

    @rule(often=2, who=moderators, n=which, rules=procedures, reason=reasons, late=st.booleans())
    def change_the_rules(self, who: str, n: int, rules: Procedure, reason: str, late: bool) -> None:
        edition = self.now[Round][self.round(n)]["procedure_edition"] - (late and n > 6)
        self.run(
            "change the rules",
            who,
            n,
            lambda round_, by: commands.change_rules(
                round_, rules, because=reason, edition=edition, by=by
            ),
            reason,
        )

    @rule(who=moderators, n=which, reason=reasons)
    def go_without_a_method(self, who: str, n: int, reason: str) -> None:
        self.run(
            "go without",
            who,
            n,
            lambda round_, by: commands.go_without_method(round_.dialogue, reason, by=by),
            reason,
        )

    @rule(often=2, who=moderators, n=which, rules=procedures)
    def take_over_a_method(self, who: str, n: int, rules: Procedure) -> None:
        proposal = self.one(Proposal, n, state="published")
        if proposal is None:
            return
        self.run(
            "take over a method",
            who,
            n,
            lambda round_, by: commands.apply_method(
                round_, rules, proposal_id=proposal, version=1, question_id=1, by=by
            ),
        )

    def run(self, name: str, who: str, n: int, do: object, reason: str = "") -> None:
        id = self.round(n, *LIKELY.get(name, ()))
        assert callable(do)
        self.act(name, who, "rounds.run", in_round(id), do, round_id=id, reason=reason)
