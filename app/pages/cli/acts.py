"""What people do in a round: propose, support, comment, decide."""

from dataclasses import dataclass

from app.comments import commands as comments
from app.comments import queries as read
from app.comments.models import Stance
from app.core.errors import NotFound
from app.core.policy import Actor
from app.core.transactions import transaction
from app.moderation import commands as moderation
from app.moderation.models import Action, BrokenRule
from app.moderation.queries import contributions
from app.moderation.queries.contributions import Contribution
from app.pages.cli.stage import Stage
from app.proposals import commands as proposals
from app.rounds import commands as rounds


@dataclass(frozen=True, kw_only=True)
class Written:
    """A proposal. Nobody proposes for two organisations at once: `who` represents `of`."""

    key: str
    day: float
    who: str
    of: str
    title: str
    body: str
    goal: str = ""
    carried_by: str = ""
    euros: int | None = None
    districts: tuple[int, ...] = ()
    language: str = "de"
    people: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    in_field: bool = True


@dataclass(frozen=True, kw_only=True)
class Said:
    """A comment on a proposal; without `who` by a guest. `to` is the comment it answers."""

    key: str
    day: float
    on: str
    body: str
    who: str = ""
    of: str = ""
    guest: str = ""
    stance: Stance | None = None
    language: str = "de"
    to: str = ""


REPRESENTS = {
    "bruecken": "vertretung",
    "frauen": "frauen",
    "wohlfahrt": "wohlfahrt",
    "freiwillig": "freiwillig",
    "nachbarn": "nachbarn",
    "familie": "familie",
    "jugend": "jugend",
}


def play(stage: Stage, acts: list[Written | Said]) -> None:
    """Everything in its order."""
    for act in sorted(acts, key=lambda act: act.day):
        stage.go(act.day)
        if isinstance(act, Written):
            propose(stage, act)
        else:
            say(stage, act)


def draft(stage: Stage, written: Written) -> None:
    words = proposals.Words(
        title=written.title,
        body=written.body,
        goal=written.goal,
        carried_by=written.carried_by,
        cost_cents=None if written.euros is None else written.euros * 100,
        field_id=stage.field_id if written.in_field else None,
        districts=written.districts,
        language=written.language,
    )
    with transaction():
        round_ = stage.round()
        rounds.catch_up(round_)
        made = proposals.start(
            round_, words, form_key=written.key, by=stage.actor(written.who, written.of)
        )
        stage.proposals[written.key] = made.id


def propose(stage: Stage, written: Written) -> None:
    """Written and handed in; with moderation afterwards it is public at once."""
    draft(stage, written)
    with transaction():
        made = stage.proposal(written.key)
        proposals.submit(made, edition=made.edition, by=stage.actor(written.who, written.of))


def support(stage: Stage, written: Written) -> None:
    who = [stage.actor(person) for person in written.people]
    who += [stage.actor(REPRESENTS[partner], partner) for partner in written.partners]
    with transaction():
        found = stage.proposal(written.key)
        for by in who:
            proposals.support(found, by=by)


def say(stage: Stage, said: Said) -> None:
    by = Actor(language=said.language).as_guest(said.guest)
    if said.who:
        by = stage.actor(said.who, said.of)
    words = comments.Words(
        body=said.body,
        form_key=said.key,
        stance=said.stance,
        language=said.language,
        parent_id=stage.comments[said.to] if said.to else None,
    )
    with transaction():
        round_ = stage.round()
        rounds.catch_up(round_)
        made = comments.post(stage.proposals[said.on], round_, words, by=by)
        stage.comments[said.key] = made.id


def translate(stage: Stage, key: str, language: str, body: str, *, who: str) -> None:
    """Offer a comment that can be read in another language."""
    with transaction():
        found = read.get(stage.comments[key])
        if found is None:
            raise NotFound
        comments.translate(found, language, body, by=stage.actor(who))


def decide(
    stage: Stage, subject_id: int, action: Action, rule: BrokenRule | None = None, facts: str = ""
) -> None:
    with transaction():
        by = stage.actor("moderation")
        moderation.decide(contribution(subject_id), action, rule=rule, facts=facts, by=by)


def contribution(subject_id: int) -> Contribution:
    found = contributions.get(subject_id)
    if found is None:
        raise NotFound
    return found


def report(
    stage: Stage, subject_id: int, rule: BrokenRule, words: str, *, receipt: str, who: str = ""
) -> None:
    by = stage.actor(who) if who else Actor()
    with transaction():
        moderation.report(contribution(subject_id), rule=rule, words=words, receipt=receipt, by=by)
