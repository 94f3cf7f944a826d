"""A round that works on a text: two drafts, what was said in between, and what came of it."""

from app.amendments import commands as amendments
from app.amendments import queries as amended
from app.amendments.states import AmendmentState
from app.comments import commands as comments
from app.comments.commands import Words as Said
from app.core.errors import NotFound
from app.core.text import amending
from app.core.transactions import transaction
from app.moderation import commands as moderation
from app.moderation.models import Part
from app.pages.cli import method_round
from app.pages.cli.rounds import begin_round, step
from app.pages.cli.stage import Stage, settle
from app.proposals import commands as proposals
from app.proposals.commands import Words
from app.proposals.queries import texts
from app.rounds import commands as rounds
from app.rounds.models import Procedure, RoundKind
from app.rounds.states import Activity

TITLE = "Leitsätze für das Ankommen im Stadtteil"
FIRST = """Ankommen gelingt dort, wo Menschen wohnen. Deshalb planen wir in jedem Stadtbezirk.

Beratung gibt es in fünf Sprachen:

- an einem festen Ort
- zu festen Zeiten

Ehrenamtliche werden eingeladen, mitzumachen."""
SECOND = """Ankommen gelingt dort, wo Menschen wohnen. Deshalb planen wir in jedem Stadtbezirk.

Beratung gibt es in den Sprachen, die im Stadtteil gesprochen werden:

- an einem festen Ort, der ohne Stufen erreichbar ist
- zu festen Zeiten, auch am Abend

Ehrenamtliche werden eingeladen, mitzumachen. Wer sich engagiert, bekommt Fahrtkosten ersetzt."""


def begin(stage: Stage) -> int:
    """The round and its first draft, with what is said about it. The id of the text."""
    here = stage.round_id
    begin_round(
        stage,
        title="Ein Text für den Plan",
        summary="Die Leitsätze sollen am Anfang des Plans stehen. Jeder Absatz kann kommentiert "
        "werden, und Sie können andere Worte vorschlagen.",
        procedure=Procedure(),
        kind=RoundKind.TEXT_REVIEW,
        rules=method_round.give_rules,
        windows={
            Activity.COMMENT: (-8.9, 20),
            Activity.AMEND: (-8.9, 20),
            Activity.SUPPORT: (-8.9, 20),
        },
    )
    stage.go(-8.9)
    step(stage, rounds.open_)
    with transaction():
        made = proposals.publish_text(
            stage.round(),
            Words(title=TITLE, body=FIRST),
            form_key="demonstration-text",
            by=stage.actor("moderation"),
        )
        text_id = made.id
    settle()
    _talk(stage, text_id)
    stage.round_id = here
    return text_id


def _talk(stage: Stage, text_id: int) -> None:
    stage.go(-8.8)
    stage.proposals["leitsaetze"] = text_id
    _say(stage, text_id, "- zu festen Zeiten", "Wer arbeitet, kann nur am Abend kommen.", "person")
    about = "Ehrenamtliche werden eingeladen, mitzumachen."
    _say(stage, text_id, about, "Die Fahrt zum Einsatz kostet viele von uns zu viel.", "tilda")
    text = stage.proposal("leitsaetze")
    with transaction():
        amendments.make(
            stage.proposal("leitsaetze"),
            version=text.version_number,
            paragraph=amending.paragraphs(FIRST).index("Beratung gibt es in fünf Sprachen:"),
            new="Beratung gibt es in den Sprachen, die im Stadtteil gesprochen werden:",
            reason="Fünf Sprachen passen nicht zu jedem Stadtbezirk.",
            language="de",
            form_key="demonstration-languages",
            by=stage.actor("vertretung", "bruecken"),
        )
    settle()


def _say(stage: Stage, text_id: int, words: str, body: str, who: str) -> None:
    with transaction():
        made = comments.post(
            _paragraph(text_id, words).id,
            stage.round(),
            Said(body=body, form_key=f"demonstration-{who}"),
            by=stage.actor(who),
        )
        stage.comments[f"leitsaetze-{who}"] = made.id
    settle()


def _paragraph(text_id: int, words: str) -> texts.DraftParagraph:
    id = next((one.id for one in texts.present(text_id) if one.words == words), 0)
    found = texts.get(id)
    if found is None:
        raise NotFound
    return found


def go_on(stage: Stage, text_id: int) -> None:
    """The moderators sum up a paragraph, accept an amendment, and write the next draft."""
    by = stage.actor("moderation")
    with transaction():
        paragraph = _paragraph(text_id, "- zu festen Zeiten")
        moderation.publish_summary(
            paragraph.proposal.round,
            {Part.WHOLE: "Alle wollen feste Zeiten; viele brauchen sie am Abend."},
            {},
            edition=0,
            by=by,
            paragraph=paragraph,
        )
    with transaction():
        (suggested,) = amended.of_proposal(text_id, AmendmentState.OPEN)
        found = amended.get(suggested.id)
        if found is None:
            raise NotFound
        amendments.accept(found, found.new, edition=found.proposal.edition, by=by)
    said = [stage.comments[f"leitsaetze-{who}"] for who in ("person", "tilda")]
    with transaction():
        text = stage.proposal("leitsaetze")
        proposals.next_draft(
            text,
            SECOND,
            reason="Was zu Zeiten, Sprachen und Ehrenamt gesagt wurde, steht jetzt im Text.",
            edition=text.edition,
            because={3: said[:1], 4: said[1:]},
            gone_because={},
            by=by,
        )
    settle()
