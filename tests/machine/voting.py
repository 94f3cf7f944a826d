"""Votes: put, published, taken back, opened and closed by the clock, cast, counted; and who may."""

from hypothesis import strategies as st

from app.organisations import queries as organisations
from app.proposals.models import Proposal
from app.rounds import commands as rounds
from app.rounds import queries as round_queries
from app.rounds.models import Accreditation
from app.voting import commands, jobs, queries
from app.voting.commands import Draft
from app.voting.methods.chain import new_code
from app.voting.models import ObjectionPeriod, Option, Question
from tests.machine.base import Platform, mostly, precondition, reasons, rule, which
from tests.machine.world import Act, in_round

moderators = mostly("moderator")
voters = mostly("second resident", "speaker", "resident", "outsider", "editor")
choices = st.sampled_from(["yes", "no", "abstain"] * 3 + ["perhaps"])


class Voting(Platform):
    def __init__(self) -> None:
        super().__init__()
        self.codes = {(self.world.vote, "second resident"): self.world.code}

    @rule(who=moderators, n=which, about=which)
    def ask(self, who: str, n: int, about: int) -> None:
        """About a proposal or about its own words."""
        id = self.round(n, "draft", "announced", "open", "paused")
        proposal = self.one(Proposal, n, state="published", round_id=id)
        draft = Draft(
            method="yes-no",
            title=f"Question {self.key()}",
            text="What it decides.",
            proposal_ids=[proposal] if proposal is not None and about < 6 else [],
        )
        self.act(
            "ask",
            who,
            "voting.new",
            in_round(id),
            lambda round_, by: commands.create_question(round_, draft, by=by),
            round_id=id,
            catches_up=lambda round_: round_,
        )

    @precondition(lambda self: self.one(Question, 0, state="draft"))
    @rule(who=moderators, n=which)
    def publish_a_question(self, who: str, n: int) -> None:
        self.with_question(
            "publish a question", who, "voting.publish", n, "draft", commands.publish_question
        )

    @precondition(lambda self: self.one(Question, 0, state="published"))
    @rule(who=moderators, n=which)
    def take_a_question_back(self, who: str, n: int) -> None:
        self.with_question(
            "take a question back",
            who,
            "voting.withdraw",
            n,
            "published",
            commands.withdraw_question,
        )

    @rule(who=moderators, n=which)
    def change_a_question(self, who: str, n: int) -> None:
        draft = Draft(method="yes-no", title=f"Question {self.key()}", text="Other words.")

        def change(question: Question, by: object) -> None:
            edition = commands.edition_of(question)
            commands.change_question(question, draft, edition=edition, by=by)  # type: ignore[arg-type]

        self.with_question("change a question", who, "voting.edit", n, "draft", change)

    @rule(often=3, who=voters, n=which, choice=choices, forgot=st.booleans())
    def vote(self, who: str, n: int, choice: str, forgot: bool) -> None:
        """Organisations openly, people in secret; whoever votes again needs the old check code."""

        def cast(question: Question, by: object) -> None:
            content = {"choice": choice}
            if self.world.speaks[who][1] is not None:
                commands.cast_open(question, content, reason="", by=by)  # type: ignore[arg-type]
                return
            known = "" if forgot and n > 8 else self.codes.get((question.id, who), "")
            code = new_code()
            commands.cast_secret(question, content, code=code, old_code=known, by=by)  # type: ignore[arg-type]
            given[question.id, who] = code

        given: dict[tuple[int, str], str] = {}
        if self.with_question("vote", who, "voting.cast", n, "open", cast):
            self.codes |= given

    @precondition(lambda self: self.one(ObjectionPeriod, 0, state="running"))
    @rule(who=voters, n=which, reason=reasons)
    def object_to_the_method(self, who: str, n: int, reason: str) -> None:
        self.with_question(
            "object to the method",
            who,
            "voting.object-to-method",
            n,
            "published",
            lambda question, by: commands.object_to_method(
                question, "consent", reason=reason, by=by
            ),
        )

    def with_question(
        self, name: str, who: str, rule_: str, n: int, likely: str, do: object
    ) -> bool:
        id = self.one(Question, n, state=likely) if n < 10 else None
        id = id or self.one(Question, n)
        if id is None:
            return False
        assert callable(do)
        return self.act(
            name,
            who,
            rule_,
            lambda: (queries.get(id),),
            lambda question, by: do(question, by=by),
            round_id=self.now[Question][id]["round_id"],
            about=id,
            catches_up=lambda question: question.round,
        )

    @precondition(lambda self: self.one(Question, 0, state="closed"))
    @rule(often=2, n=which)
    def count(self, n: int) -> None:
        """By two workers: the second finds nothing to do."""
        id = self.one(Question, n, state="closed")
        assert id is not None
        for worker in (True, False):
            jobs.count(id)
            self.happened(Act("count", "worker", accepted=worker, about=id))

    @precondition(lambda self: self.shortlists())
    @rule()
    def shortlist(self) -> None:
        for id in self.shortlists():
            jobs.shortlist(id)
            self.happened(Act("shortlist", "worker", accepted=True))

    def shortlists(self) -> list[int]:
        """Votes that have begun, about proposals that are still in the lists."""
        return [
            option["question_id"]
            for option in self.now[Option].values()
            if option["proposal_id"] is not None
            and self.now[Proposal][option["proposal_id"]]["state"] == "published"
            and self.now[Question][option["question_id"]]["state"] == "open"
        ]

    @rule(who=mostly("outsider"), other=st.booleans())
    def ask_to_take_part(self, who: str, other: bool) -> None:
        id = self.world.other_dialogue if other else self.world.dialogue
        organisation = self.world.speaks["outsider"][1]
        self.act(
            "ask to take part",
            who,
            "rounds.ask-accreditation",
            lambda: (round_queries.get_dialogue(id), organisations.get(organisation or 0)),
            lambda dialogue, body, by: rounds.ask_accreditation(dialogue, body, by=by),
        )

    @precondition(lambda self: self.one(Accreditation, 0, state="asked"))
    @rule(who=moderators, n=which, refuse=reasons)
    def accredit(self, who: str, n: int, refuse: str) -> None:
        id = self.one(Accreditation, n, state="asked")
        assert id is not None
        self.act(
            "accredit",
            who,
            "rounds.accredit",
            lambda: (round_queries.get_accreditation(id),),
            lambda asked, by: (
                rounds.accredit(asked, by=by)
                if n < 8
                else rounds.refuse_accreditation(asked, refuse, by=by)
            ),
        )
