"""A dialogue with a round that is over: everything public in it, and everything that is not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.accounts.models import Person
from app.answers.models import AnswerVersion
from app.answers.states import AnswerState, Outcome
from app.comments.models import (
    Comment,
    CommentVersion,
    Mark,
    Stance,
    Translation,
    VersionKind,
)
from app.comments.queries.translations import digest
from app.core import blocks, clock, jobs
from app.core.db import db
from app.core.policy import Actor
from app.core.states import Visibility
from app.core.transactions import transaction
from app.meetings.models import Meeting, Minutes
from app.meetings.states import MeetingKind, MeetingState
from app.moderation.commands import publish_summary
from app.moderation.models import Action, BrokenRule, Decision, Dispute, Ending, Part
from app.organisations.models import Organisation
from app.plan import commands as plan
from app.plan.models import Plan
from app.proposals.models import Proposal, ProposalChange, ProposalVersion, Support
from app.proposals.queries import texts
from app.proposals.states import ChangeState, ProposalState
from app.rounds.models import Dialogue, Round
from app.rounds.states import Activity, RoundState
from app.voting.states import QuestionState
from tests.factories import rounds, voting
from tests.factories.accounts import person
from tests.factories.amendments import amendment
from tests.factories.answers import answer
from tests.factories.comments import comment
from tests.factories.organisations import organisation, unit
from tests.factories.proposals import proposal

SECRET = "Zaubernuss"
"""Stands in whatever nobody may find in the archive."""


@dataclass
class Told:
    dialogue: Dialogue
    round: Round
    moderator: Person
    author: Person
    organisation: Organisation
    proposal: Proposal
    question: Any


@pytest.fixture
def told(context) -> Told:
    return tell()


def tell(moderator: Person | None = None) -> Told:
    """Everything happens in an open round, which is archived in the end."""
    moderator, author = (
        moderator or person("Mona"),
        person("Berfin Aydın", email="zaubernuss@example.org"),
    )
    dialogue = rounds.dialogue(moderator=moderator, title="Ankommen im Stadtteil")
    round_ = rounds.round_(dialogue, title="Vorschläge", open_=tuple(Activity))
    club = organisation("Nachbarschaft e. V.")
    rounds.accredit(dialogue.id, club)
    shown = proposal(
        round_, author=author, title="Ein Raum für alle", body="Erst so.\n\n=1+1 **fett**"
    )
    ours = proposal(
        round_,
        organisation=club,
        author=author,
        title="مكان للقاء",
        language="ar",
        body="نريد مكانا في Linden.",
    )
    _new_version(shown, author)
    _talk(shown, moderator)
    _not_public(round_, shown, moderator)
    question = _vote(round_, [shown, ours])
    _answer(shown)
    _plan(dialogue, shown, author)
    _meeting(dialogue)
    _draft_of_the_moderators(round_)
    with transaction() as session:
        session.add(
            Decision(
                subject_id=shown.id,
                dialogue_id=dialogue.id,
                action=Action.KEEP,
                rule=BrokenRule.OFF_TOPIC,
                facts=f"{SECRET} in den Gründen",
                by_id=moderator.id,
                at=clock.now(),
            )
        )
        session.add(
            Support(proposal_id=shown.id, organisation_id=club.id, version_number=1, at=clock.now())
        )
        over = session.get_one(Round, round_.id)
        over.state, over.closed_at, over.archived_at = RoundState.ARCHIVED, clock.now(), clock.now()
    return Told(dialogue, round_, moderator, author, club, shown, question)


def _new_version(shown: Proposal, author: Person) -> None:
    with transaction() as session:
        fresh = session.get_one(Proposal, shown.id)
        fresh.body, fresh.version_number = "Dann anders.\n\n=1+1 **fett**", 2
        session.add(
            ProposalVersion(
                proposal_id=shown.id,
                number=2,
                title=shown.title,
                body=fresh.body,
                by_id=author.id,
                at=clock.now(),
                reason="Genauer gesagt",
            )
        )


def _talk(shown: Proposal, moderator: Person) -> None:
    amendment(shown, new="Noch anders.", author=person("Änderin"))
    first = comment(shown, guest_name="Gast Yusuf", body="Das **hilft**.", stance=Stance.FOR)
    comment(shown, author=moderator, body="Danke!", parent_id=first.id, mark=Mark.MODERATION)
    edited = comment(shown, author=person("Ede"), body="Jetzt so.", edited_at=clock.now())
    for body, visibility in (("انتهى", Visibility.VISIBLE), (SECRET, Visibility.HIDDEN)):
        _translate(first, body, visibility)
    _translate(first, f"{SECRET} alt", Visibility.VISIBLE, of="ein früherer Text")
    with transaction() as session:
        for number, kind, body in (
            (1, VersionKind.CUT, f"{SECRET} vor der Kürzung"),
            (2, VersionKind.EDITED, "Vorher öffentlich so."),
        ):
            session.add(
                CommentVersion(
                    comment_id=edited.id,
                    number=number,
                    kind=kind,
                    body=body,
                    at=clock.now(),
                    replaced_at=clock.now(),
                )
            )


def _translate(
    first: Comment, body: str, visibility: Visibility, *, of: str = "Das **hilft**."
) -> None:
    translator = person("Tarek")
    with transaction() as session:
        session.add(
            Translation(
                comment_id=first.id,
                round_id=first.round_id,
                author_id=translator.id,
                language="ar",
                body=body,
                original_hash=digest(of),
                at=clock.now(),
                visibility=visibility,
                visibility_reason=SECRET if visibility is Visibility.HIDDEN else "",
            )
        )


def _not_public(round_: Round, shown: Proposal, moderator: Person) -> None:
    gone = person(email="weg@example.org")
    with transaction() as session:
        session.get_one(Person, gone.id).display_name = ""
    comment(shown, author=gone, body="Von einem gelöschten Konto.")
    for visibility in (Visibility.HIDDEN, Visibility.HELD, Visibility.RETURNED):
        comment(
            shown, author=person(f"{SECRET} {visibility}"), body=f"{SECRET}!", visibility=visibility
        )
        amendment(
            shown,
            new=f"{SECRET}?",
            author=person(f"{SECRET}_{visibility}"),
            visibility=visibility,
            visibility_reason="" if visibility is Visibility.HELD else f"{SECRET} als Grund",
        )
    for state in (ProposalState.DRAFT, ProposalState.SUBMITTED):
        proposal(round_, title=f"{SECRET} {state}", state=state, author=person(f"{SECRET}-{state}"))
    hidden = proposal(
        round_,
        title=f"{SECRET} verborgen",
        visibility=Visibility.HIDDEN,
        visibility_reason=f"{SECRET} als Grund",
    )
    comment(hidden, body=f"{SECRET} darunter")
    supporter = person(f"{SECRET} unterstützt")
    with transaction() as session:
        session.add(
            Support(proposal_id=shown.id, person_id=supporter.id, version_number=1, at=clock.now())
        )
        session.add(
            ProposalChange(
                proposal_id=shown.id,
                base_version=2,
                state=ChangeState.WORKING,
                title=f"{SECRET} in Arbeit",
                body=SECRET,
                author_id=moderator.id,
                saved_at=clock.now(),
            )
        )


def _vote(round_: Round, options: list[Proposal]) -> Any:
    voter = person(f"{SECRET} stimmt")
    made = voting.question(round_, options, title="Was zuerst?", text="Eine Empfehlung.")
    voting.cast_secret(made, voter.id, {"approved": [made.options[0].id]})
    voting.advance(made, QuestionState.COUNTED)
    return voting.fresh(made.id)


def _answer(shown: Proposal) -> None:
    said = answer(shown, unit(), outcome=Outcome.DECLINED, state=AnswerState.PUBLISHED)
    with transaction() as session:
        for number, text, at in ((1, "Das geht nicht.", clock.now()), (2, SECRET, None)):
            session.add(
                AnswerVersion(
                    answer_id=said.id,
                    number=number,
                    outcome=Outcome.DECLINED,
                    reason=text,
                    why="" if number == 1 else "Neu",
                    at=clock.now(),
                    published_at=at,
                )
            )


def _plan(dialogue: Dialogue, shown: Proposal, author: Person) -> None:
    """A sentence because of the proposal and of something that is hidden, talked about."""
    gone = comment(shown, author=author, body=SECRET, visibility=Visibility.HIDDEN)
    with transaction() as session:
        made = plan.create_measure(
            session.get_one(Plan, dialogue.plan_id),
            title="Räume",
            description="Jeder Stadtteil hat einen Raum.",
            unit_id=None,
            reason="Wegen des Vorschlags",
            because=[shown.id, gone.id],
            by=Actor(person_id=author.id),
        )
        session.flush()
        (block,) = blocks.of(made.id)["description"]
        block_id = block.id
    comment(shown, target_id=block_id, body="Zu diesem Satz.")
    comment(shown, target_id=block_id, body=SECRET, visibility=Visibility.HIDDEN)


def _draft_of_the_moderators(round_: Round) -> None:
    """Its page names nobody; what was said about a paragraph is summed up."""
    writer = person(f"{SECRET} moderiert")
    draft = proposal(round_, title="Entwurf", body="Ein Absatz.", author=writer, for_plan=True)
    with transaction() as session:
        blocks.keep(
            draft.id, {"body": "Ein Absatz."}, kind="draft-paragraph", language="de", edition=1
        )
        session.flush()
        (block,) = blocks.of(draft.id)["body"]
        now, paragraph = clock.now(), texts.get(block.id)
        made = publish_summary(
            round_,
            {Part.WHOLE: "Die meisten wollen ihn."},
            {},
            edition=0,
            by=Actor(person_id=writer.id),
            paragraph=paragraph,
        )
        asked = {"summary_id": made.id, "part": Part.WHOLE, "person_id": writer.id, "at": now}
        session.add(
            Dispute(
                words=f"{SECRET} nicht wahr",
                ended_at=now,
                ending=Ending.KEPT,
                reason="So wurde es gesagt.",
                by_id=writer.id,
                **asked,
            )
        )


def _meeting(dialogue: Dialogue) -> None:
    with transaction() as session:
        for title, state in (("Runder Tisch", "published"), (f"{SECRET} geplant", "draft")):
            made = Meeting(
                kind=MeetingKind.MEETING,
                state=MeetingState(state),
                title=title,
                starts_at=clock.now(),
                ends_at=clock.now() + timedelta(hours=2),
                dialogue_id=dialogue.id,
                created_at=clock.now(),
                changed_at=clock.now(),
                published_at=clock.now() if state == "published" else None,
            )
            session.add(made)
            session.flush()
            for language, body, at in (("de", "Wir sprachen.", clock.now()), ("en", SECRET, None)):
                session.add(
                    Minutes(
                        meeting_id=made.id,
                        language=language,
                        body=body if state == "published" else SECRET,
                        at=clock.now(),
                        published_at=at,
                    )
                )


def run_all() -> None:
    """Every job that is due, until there is none."""
    while jobs.run_due():
        pass
    db.session.rollback()
