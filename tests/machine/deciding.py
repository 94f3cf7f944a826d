"""Moderation and answers: what becomes of what others have written."""

from hypothesis import strategies as st

from app.amendments.models import Amendment
from app.answers import commands as answers
from app.answers import queries as answer_queries
from app.answers.models import Answer
from app.answers.states import Outcome
from app.comments.models import Comment
from app.core.db import db
from app.moderation import commands as moderation
from app.moderation.models import Action, BrokenRule
from app.moderation.queries import contributions
from app.organisations.models import Unit
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.rounds.models import Round
from tests.machine.base import Platform, mostly, precondition, rule, which
from tests.machine.world import in_round

moderators = mostly("moderator")


class Deciding(Platform):
    @rule(
        who=moderators,
        n=which,
        model=st.sampled_from([Proposal, Comment, Amendment]),
        action=st.sampled_from([Action.PUBLISH, Action.HIDE, Action.RETURN]),
    )
    def moderate(self, who: str, n: int, model: type[Proposal], action: Action) -> None:
        id = self.one(model, n)
        if id is None:
            return
        found = contributions.get(id)
        round_id = found.round.id if found is not None else None
        if found is None:
            return
        self.act(
            "moderate",
            who,
            "moderation.decide",
            lambda: (contributions.get(id),),
            lambda contribution, by: moderation.decide(
                contribution, action, rule=BrokenRule.OFF_TOPIC, facts="It was so.", by=by
            ),
            round_id=round_id,
        )

    @rule(who=moderators, n=which)
    def name_the_unit(self, who: str, n: int) -> None:
        proposal_id = self.one(Proposal, n, state="published")
        if proposal_id is None:
            return
        round_id = self.now[Proposal][proposal_id]["round_id"]

        def owe(round_: Round, by: object) -> None:
            proposal = proposals.get(proposal_id)
            unit = db.session.get_one(Unit, self.world.unit)
            assert proposal is not None
            answers.owe(proposal, unit, answer_queries.due_on(round_), by=by)  # type: ignore[arg-type]

        self.act("name the unit", who, "answers.owe", in_round(round_id), owe, round_id=round_id)

    @precondition(lambda self: self.now[Answer])
    @rule(who=mostly("official"), n=which, reason=st.sampled_from(["So it is.", ""]))
    def prepare_an_answer(self, who: str, n: int, reason: str) -> None:
        id = self.one(Answer, n)
        if id is None:
            return
        edition = self.now[Answer][id]["edition"]
        self.act(
            "prepare an answer",
            who,
            "answers.prepare",
            lambda: (answer_queries.get(id),),
            lambda answer, by: answers.prepare(
                answer, Outcome.DECLINED, reason, edition=edition, by=by
            ),
            catches_up=lambda answer: answer.proposal.round,
        )

    @precondition(lambda self: self.now[Answer])
    @rule(who=mostly("official"), n=which)
    def publish_an_answer(self, who: str, n: int) -> None:
        id = self.one(Answer, n)
        if id is None:
            return
        self.act(
            "publish an answer",
            who,
            "answers.publish",
            lambda: (answer_queries.get(id),),
            lambda answer, by: answers.publish(answer, by=by),
            catches_up=lambda answer: answer.proposal.round,
        )
