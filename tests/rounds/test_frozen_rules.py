"""Freezing is real: no address of the platform changes the rules of a round that has begun, but the
one that publishes a reason; and none changes those that a method round has decided.
"""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import IntegerConverter, Rule

from app.accounts.models import RoleName
from app.core.db import db
from app.core.subjects import Subject
from app.rounds.models import Procedure, ProcedureChange, Round, RoundKind
from app.rounds.states import Activity, RoundState
from app.voting.states import QuestionState
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.proposals import proposal
from tests.factories.rounds import accredit, dialogue, round_

RULES = Procedure(who_decides="The council", open_to_influence="All of it")
OTHER: dict[str, Any] = {
    "title": "Other",
    "summary": "Other",
    "question": "Other?",
    "kind": "discussion",
    "pattern": "usual",
    "body": "Other",
    "text": "Other",
    "words": "Other",
    "form_key": "other",
    "edition": "1",
    "open_to_influence": "Nothing at all",
    "not_open": "All of it",
    "who_decides": "Somebody else",
    "who_proposes": "persons",
    "who_comments": "organisations",
    "who_supports": "organisations",
    "who_amends": "organisations",
    "who_votes": "organisations",
    "stance": "",
    "persons_secret": "secret",
    "moderation": "before",
    "reaction_hours": "72",
    "proposals_per_author": "9",
    "cosponsors": "3",
    "title_length": "60",
    "text_length": "900",
    "answer_days": "90",
    "languages": ["ar"],
    "action": "publish",
    "opens_at": "2027-05-01T10:00",
    "closes_at": "2027-05-02T10:00",
}
"""What the forms about rules ask, otherwise filled; without the reason that a change needs."""

LEAVES = ("accounts.",)
"""What ends one's session or account, and knows no round."""


@pytest.fixture
def hall(context):
    """A round that runs; one that waits with rules that a method round has decided; and whoever
    has power over them.
    """
    made = SimpleNamespace(
        moderator=person("Mo"),
        operator=person("Op", roles=(RoleName.OPERATOR,)),
        rosa=person("Rosa"),
    )
    made.dialogue = dialogue(moderator=made.moderator)
    made.verein = organisation("Verein", representative=made.rosa)
    accredit(made.dialogue.id, made.verein)
    method = round_(made.dialogue, kind=RoundKind.METHOD, title="Method", open_=(Activity.VOTE,))
    adopted = proposal(method, title="Rules", procedure_data=RULES.to_json())
    made.running = round_(
        made.dialogue,
        number=2,
        title="Running",
        procedure=RULES,
        open_=(Activity.PROPOSE, Activity.COMMENT, Activity.SUPPORT, Activity.AMEND),
    )
    made.waiting = round_(
        made.dialogue,
        number=3,
        title="Waiting",
        state=RoundState.ANNOUNCED,
        procedure=RULES,
        method_proposal_id=adopted.id,
        method_version=1,
    )
    voting.question(method, variants=["A", "B"], state=QuestionState.COUNTED, method="approval")
    voting.question(made.running, state=QuestionState.DRAFT)
    proposal(made.running, title="Something", organisation=made.verein, author=made.rosa)
    return made


def _addresses(app: Flask, ids: list[int]) -> Iterator[str]:
    """Every address that takes a form, with each of the numbers, and each word it may hold."""
    words = [*(activity.value for activity in Activity), "announce", "edit", "rules"]
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or rule.endpoint.startswith(LEAVES):
            continue
        names = [name for name in rule.arguments if name != "lang"]
        numbers = {n for n in names if isinstance(rule._converters[n], IntegerConverter)}
        for id in ids if numbers else ids[:1]:
            for word in words if len(numbers) < len(names) else words[:1]:
                values = {name: str(id) if name in numbers else word for name in names}
                yield _filled(rule, {**values, "lang": "en"})


def _filled(rule: Rule, values: dict[str, str]) -> str:
    return re.sub(r"<[^>]*?(\w+)>", lambda match: values[match[1]], rule.rule)


def _rules() -> dict[str, tuple[dict[str, Any], int]]:
    db.session.rollback()
    rows = db.session.execute(
        select(Round.title, Round.procedure_data, Round.procedure_edition).where(
            Round.title.in_(("Running", "Waiting"))
        )
    )
    return {title: (rules, edition) for title, rules, edition in rows}


def test_the_same_form_changes_what_is_not_frozen(hall, sign_in):
    """So that what is refused below is not refused for being incomplete."""
    draft = round_(hall.dialogue, number=4, state=RoundState.DRAFT, procedure=RULES)
    browser = sign_in(hall.moderator)
    answer = browser.post(f"/en/rounds/{draft.id}/edit", data=OTHER)
    assert answer.status_code == 303
    db.session.rollback()
    found = db.session.get_one(Round, draft.id, populate_existing=True)
    assert found.procedure.who_decides == "Somebody else"
    published = {**OTHER, "reason": "A reason that everybody reads."}
    page = browser.post(f"/en/rounds/{hall.running.id}/rules", data=published).text
    assert "Somebody else" in page


@pytest.mark.long
@pytest.mark.parametrize("who", ["moderator", "operator", "rosa"])
def test_no_address_changes_rules_that_are_frozen(app, hall, sign_in, who):
    frozen = _rules()
    assert set(frozen) == {"Running", "Waiting"}
    ids = [hall.running.id, hall.waiting.id, hall.dialogue.id]
    ids += list(
        db.session.scalars(
            select(Subject.id)
            .where(Subject.kind.in_(("question", "proposal")))
            .order_by(Subject.id)
        )
    )
    browser = sign_in(getattr(hall, who))
    rounds = [str(hall.running.id), str(hall.waiting.id)]
    sent, accepted = 0, 0
    for path in dict.fromkeys(_addresses(app, ids)):
        answer = browser.post(path, data={**OTHER, "rounds": rounds})
        sent += 1
        accepted += answer.status_code in (302, 303)
        assert answer.status_code != 500, path
        if answer.status_code in (302, 303):
            assert _rules() == frozen, path
    assert sent > 300
    assert who == "rosa" or accepted > 3  # some of it was taken: it was no empty play
    assert _rules() == frozen
    assert db.session.scalar(select(ProcedureChange.id)) is None
