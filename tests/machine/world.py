"""The people and things that the machine plays with, and what the database says of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from app.accounts.models import RoleName
from app.answers.states import AnswerState, Outcome
from app.core.db import db
from app.core.errors import AppError
from app.core.policy import ANYBODY, Actor, grants_of, require
from app.core.transactions import transaction
from app.merging.commands import merge
from app.organisations.models import MandateRole
from app.proposals import queries as proposal_queries
from app.proposals.commands import support
from app.proposals.models import Proposal
from app.proposals.states import ProposalState
from app.rounds import commands as rounds
from app.rounds import queries as round_queries
from app.rounds.models import AccreditationState, Procedure, Round, RoundKind
from app.rounds.states import Activity, RoundState
from app.voting.queries import electors
from app.voting.states import QuestionState
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.answers import answer
from tests.factories.comments import comment
from tests.factories.organisations import mandate, organisation, unit
from tests.factories.plan import field, plan
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_
from tests.factories.voting import cast_open, cast_secret, question

RULES = Procedure(who_decides="The council.", open_to_influence="Everything.")
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Act:
    """What was tried: by whom, in which round, and whether the platform accepted it."""

    name: str
    who: str
    accepted: bool
    round_id: int | None = None
    about: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class World:
    """Ids of what is there from the beginning. `speaks`: role → (person, organisation)."""

    dialogue: int
    other_dialogue: int
    call: int
    other_round: int
    unit: int
    organisation: int
    field: int
    people: frozenset[int]
    vote: int
    code: str
    speaks: dict[str, tuple[int | None, int | None]]

    def actor(self, who: str) -> Actor:
        """With the roles and mandates of this moment, as a request makes it."""
        person_id, organisation_id = self.speaks[who]
        if person_id is None:
            return ANYBODY
        return Actor(
            person_id=person_id,
            display_name=who,
            organisation_id=organisation_id,
            grants=grants_of(person_id),
            email_confirmed=True,
        )


def make_world() -> World:
    """Two dialogues with a moderator each; in the first one a call that is open."""
    moderator, other, neighbour = person("Moderator"), person("Other moderator"), person("Resident")
    second = person("Second resident")
    speaker, editor, outsider = person("Speaker"), person("Editor"), person("Outsider")
    official, operator = person("Official"), person("Operator", roles=(RoleName.OPERATOR,))
    ours, theirs = organisation(representative=speaker), organisation(representative=outsider)
    mandate(editor, ours, MandateRole.EDITOR)
    office = unit("Office", official)
    about = plan()
    first, elsewhere = dialogue(moderator=moderator, plan=about), dialogue(moderator=other)
    accredit(first.id, ours)
    accredit(first.id, theirs, AccreditationState.ASKED)
    call = round_(first, procedure=RULES, open_=(*Activity,), title="Call")
    elsewhere_round = round_(elsewhere, procedure=RULES, open_=(*Activity,), title="Elsewhere")
    windows = (Activity.PROPOSE, Activity.VOTE)
    draft = RoundState.DRAFT
    in_method = round_(
        first, number=2, title="Method", kind=RoundKind.METHOD, state=draft, open_=windows,
        procedure=RULES,
    )  # fmt: skip
    round_(first, number=3, title="Vote", state=draft, open_=windows, procedure=RULES)
    liked, merged = proposal(call, author=neighbour), proposal(call, author=second)
    amendment(liked, new="Better.", author=second)
    for one in (liked, merged):
        comment(one, author=second)
        with transaction():
            support(_fresh(one), by=Actor(person_id=second.id))
    going_on = proposal(call, author=neighbour)
    with transaction():
        merge(
            _fresh(merged),
            _fresh(going_on),
            title=going_on.title,
            body="The words of both.",
            reason="They want the same.",
            edition=going_on.edition,
            by=Actor(person_id=moderator.id),
        )
    proposal(call, author=speaker, organisation=ours)
    proposal(call, author=speaker, organisation=ours, state=ProposalState.DRAFT)
    proposal(elsewhere_round, author=neighbour)
    for number, done in ((4, True), (5, False)):
        past = round_(first, number=number, title=f"Past {number}", state=RoundState.CLOSED)
        answered = proposal(past, state=ProposalState.DECIDED if done else ProposalState.PUBLISHED)
        if done:
            answer(answered, office, outcome=Outcome.DECLINED, state=AnswerState.PUBLISHED)
    round_(first, number=6, title="Past 6", procedure=RULES, state=RoundState.ANSWERED)
    with transaction():
        rounds.catch_up(in_round(call.id)()[0])
    vote = question(call, title="Yes or no?")
    code = cast_secret(vote, second.id, {"choice": "yes"})
    cast_open(vote, speaker.id, ours.id, {"choice": "no"})
    question(in_method, title="Which way?", state=QuestionState.PUBLISHED)
    return World(
        dialogue=first.id,
        other_dialogue=elsewhere.id,
        call=call.id,
        other_round=elsewhere_round.id,
        unit=office.id,
        organisation=ours.id,
        field=field(about).id,
        vote=vote.id,
        code=code,
        people=frozenset(db.session.scalars(electors.eligible_persons())),
        speaks={
            "guest": (None, None),
            "resident": (neighbour.id, None),
            "second resident": (second.id, None),
            "speaker": (speaker.id, ours.id),
            "speaker for themself": (speaker.id, None),
            "editor": (editor.id, ours.id),
            "outsider": (outsider.id, theirs.id),
            "moderator": (moderator.id, None),
            "other moderator": (other.id, None),
            "official": (official.id, None),
            "operator": (operator.id, None),
        },
    )


def _fresh(one: Proposal) -> Proposal:
    found = proposal_queries.get(one.id)
    assert found is not None
    return found


def attempt(
    world: World,
    who: str,
    rule: str,
    load: Callable[[], tuple[object, ...]],
    do: Callable[..., object],
    *,
    catches_up: Callable[..., Round | None] = lambda *_objects: None,
    by: Callable[[Actor], Actor] = lambda actor: actor,
) -> bool:
    """What a guarded view does in its transaction: load, ask, catch up, act, commit."""
    db.session.rollback()
    try:
        with transaction():
            objects, actor = load(), world.actor(who)
            require(rule, actor, *objects)
            late = catches_up(*objects)
            if late is not None:
                rounds.catch_up(late)
            do(*objects, by(actor))
    except AppError:
        return False
    return True


def in_round(id: int) -> Callable[[], tuple[Round]]:
    def load() -> tuple[Round]:
        found = round_queries.get(id)
        assert found is not None
        return (found,)

    return load
