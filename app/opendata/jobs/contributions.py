"""The pages of proposals, after their records, in the language of the moment."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.amendments.states import BADGES as AMENDMENT_STATES
from app.amendments.states import AmendmentState
from app.answers.states import Outcome
from app.core.languages import LANGUAGES, name_of
from app.core.web.context import listed, localdate, localdatetime, money, number
from app.opendata.jobs.paper import (
    Paper,
    Part,
    facts,
    labelled,
    line,
    links,
    text,
)
from app.opendata.jobs.records import Record
from app.opendata.jobs.summaries import pieces
from app.proposals.states import ProposalState
from app.proposals.views.words import STATES, district_words, rules_words
from app.rounds.models import Procedure


def path_of(tag: str, proposal_id: int) -> str:
    return f"{tag}/proposals/{proposal_id}.html"


def day(moment: str | None) -> str:
    return localdate(datetime.fromisoformat(moment)) if moment else ""


def moment(said: str | None) -> str:
    return localdatetime(datetime.fromisoformat(said), "medium") if said else ""


def who(by: Record) -> str:
    """A name, and as what somebody spoke."""
    words = {
        "organisation": _("Organisation"),
        "person": _("Person"),
        "guest": _("Guest"),
        "moderation": _("Moderation"),
        "administration": _("Administration"),
    }
    if by["kind"] == "moderation" and by["name"] is None:
        return words["moderation"]
    return f"\u2068{by['name'] or _('Deleted account')}\u2069 · {words[by['kind']]}"


def title_of(record: Record) -> str:
    """The newest text's."""
    found: str = record["versions"][0]["title"] if record["versions"] else ""
    return found


def proposal(
    record: Record,
    changes: list[Record],
    comments: dict[int, list[Record]],
    tag: str,
    round_: Record,
) -> Paper:
    """One proposal with all that was said and done about it."""
    title = title_of(record)
    paper = Paper(
        path_of(tag, record["id"]),
        title,
        above=[(round_["title"], f"{tag}/rounds/{round_['number']}.html")],
    )
    fill(paper, record, changes, comments, tag, level=2)
    return paper


def fill(
    paper: Paper,
    record: Record,
    changes: list[Record],
    comments: dict[int, list[Record]],
    tag: str,
    *,
    level: int,
) -> None:
    """Its sections, below a heading of its own where it stands among others (`level` 3)."""
    newest, *older = record["versions"] or [None]
    paper.section(
        _("Proposal") if level == 2 else title_of(record),
        _figures(record, newest),
        *_text_of(newest, record["language"]),
        links((vote["title"], f"{tag}/votes/{vote['id']}.html") for vote in record["votes"]),
        level=2,
    )
    _answered(paper, record, level)
    if older:
        made = paper.section(_("Earlier texts"), level=level)
        for version in older:
            made.parts += [
                line(
                    _(
                        "Version %(number)s of %(day)s",
                        number=version["number"],
                        day=day(version["at"]),
                    )
                ),
                *(part for part in [labelled(_("Reason"), version["reason"])] if part),
                *(part for part in [labelled(_("Title"), version["title"])] if part),
                *(part for part in _text_of(version, record["language"]) if part),
            ]
    if record["summed_up"]:
        made = paper.section(_("Summary by the moderators"), level=level)
        for one in record["summed_up"]:
            quoted = "> " + one["paragraph"].replace("\n", "\n> ")
            paragraph = text(quoted, record["language"])
            made.parts += [*([paragraph] if paragraph is not None else []), *pieces(one)]
            for earlier in one["earlier"]:
                title = _("What the summary said on %(day)s", day=day(earlier["at"]))
                said = labelled(title, earlier["text"])
                made.parts += [said] if said is not None else []
    if changes:
        made = paper.section(_("Suggested changes"), level=level)
        for change in changes:
            made.parts += _change(change)
            made.parts += thread(comments.get(change["id"], []))
    talk = comments.get(record["id"], [])
    if talk:
        count = len([one for one in talk if one["removed"] is None])
        words = ngettext("%(number)s comment", "%(number)s comments", count, number=number(count))
        paper.section(words, level=level).parts += thread(talk)


def _figures(record: Record, newest: Record | None) -> Part | None:
    shown = newest or {"field": None, "districts": [], "cost_cents": None, "rules": None}
    rules = Procedure.from_json(shown["rules"]) if shown["rules"] else None
    return facts(
        [
            (_("By"), who(record["by"])),
            (_("Together with"), listed(record["with"])),
            (_("State"), STATES[ProposalState(record["state"])][0]),
            (_("Published"), day(record["published_at"])),
            (_("Withdrawn"), day(record["withdrawn_at"])),
            (_("Merged into proposal"), record["merged_into"]),
            (_("Split from proposal"), record["split_from"]),
            (_("Supports"), number(record["supports"])),
            (_("Supporting organisations"), listed(record["supporting_organisations"])),
            (_("Field of action"), shown["field"]),
            (_("Districts"), listed(district_words(not shown["districts"], shown["districts"]))),
            (_("Estimated cost"), money(shown["cost_cents"])),
            *rules_words(rules),
        ]
    )


def _text_of(version: Record | None, language: str) -> list[Part | None]:
    if version is None:
        return []
    return [
        text(version["text"], language),
        labelled(_("What should be reached?"), version["goal"], language),
        labelled(_("Who would carry it out?"), version["carried_by"], language),
    ]


def _answered(paper: Paper, record: Record, level: int) -> None:
    answer = record["answer"]
    if answer is None or not answer["versions"]:
        return
    made = paper.section(_("Answer of the city"), level=level)
    for place, said in enumerate(answer["versions"]):
        measure = answer["measure"] if place == 0 else None
        parts = [
            facts(
                [
                    (_("Outcome"), Outcome(said["outcome"]).label),
                    (_("Answered by"), answer["unit"]),
                    (_("Published"), day(said["at"])),
                    (_("Deferred until"), day(said["deferred_until"])),
                    (_("Measure of the plan"), measure["title"] if measure else ""),
                    (_("Why this answer is new"), said["why"]),
                ]
            ),
            text(said["text"]),
            labelled(_("To the organisations"), said["to_organisations"]),
            labelled(_("To the people"), said["to_persons"]),
            labelled("Leichte Sprache", said["easy"]),
        ]
        made.parts += [part for part in parts if part is not None]
    for one in answer["translations"]:
        _answered_in(paper, one, answer["unit"], level + 1)


def _answered_in(paper: Paper, one: Record, unit: str, level: int) -> None:
    """Said again in another language, by the same unit."""
    title = _(
        "%(language)s, translated by %(name)s on %(day)s",
        language=name_of(one["language"]),
        name=f"\u2068{unit}\u2069",
        day=day(one["at"]),
    )
    made = paper.section(title, level=level)
    language = one["language"]
    parts = [
        None if one["of_the_newest"] else text(_("The original has changed since.")),
        text(one["text"], language),
        labelled(_("To the organisations"), one["to_organisations"], language),
        labelled(_("To the people"), one["to_persons"], language),
    ]
    made.parts += [part for part in parts if part is not None]


def _change(change: Record) -> list[Part]:
    state = AMENDMENT_STATES[AmendmentState(change["state"])][0]
    parts = [
        facts(
            [
                (_("By"), who(change["by"])),
                (_("State"), state),
                (_("Paragraph"), number(change["paragraph"])),
                (_("Published"), day(change["published_at"])),
                (_("Decided"), day(change["decided_at"])),
            ]
        ),
        labelled(_("Before"), change["old"], change["language"]),
        labelled(_("Suggested"), change["new"], change["language"]),
        labelled(_("Reason"), change["reason"], change["language"]),
        labelled(_("What it became"), change["became"], change["language"]),
        labelled(_("Reason for the decision"), change["decision_reason"]),
    ]
    return [part for part in parts if part is not None]


def thread(records: list[Record]) -> list[Part]:
    """Comments with their answers below; an answer to what is not among them stands alone."""
    by_id: dict[int, Part] = {}
    top: list[Part] = []
    for one in records:
        part = _said(one)
        above = by_id.get(one["answers"] or 0)
        (above["replies"] if above is not None else top).append(part)
        if one["answers"] is None:
            by_id[one["id"]] = part
    return top


def _said(record: Record) -> Part:
    part: dict[str, Any] = {
        "kind": "said",
        "id": record["id"],
        "who": "",
        "markdown": "",
        "language": "",
        "note": "",
        "earlier": [],
        "replies": [],
    }
    if record["removed"] is not None:
        taken_back = record["removed"] == "author"
        gone = (
            _("Whoever wrote this has taken it back.")
            if taken_back
            else _("Hidden by the moderators.")
        )
        return {**part, "note": gone}
    stances = {
        "for": _("For"),
        "against": _("Against"),
        "question": _("Question"),
        "suggestion": _("Suggestion"),
    }
    said = [
        who(record["by"]),
        localdatetime(datetime.fromisoformat(record["at"])),
        stances.get(record["stance"] or "", ""),
    ]
    return {
        **part,
        "who": " · ".join(filter(None, said)),
        "markdown": record["text"],
        "language": record["language"],
        "note": _("shortened by the moderators") if record["cut_at"] else "",
        "earlier": [
            (_("Text of %(day)s", day=day(one["at"])), one["text"], record["language"])
            for one in record["earlier"]
        ]
        + [(_translated(one), one["text"], one["language"]) for one in record["translations"]],
    }


def _translated(one: Record) -> str:
    known = LANGUAGES.get(one["language"])
    return _(
        "%(language)s, translated by %(name)s on %(day)s",
        language=known.native_name if known else one["language"],
        name=f"\u2068{one['by'] or _('Deleted account')}\u2069",
        day=day(one["at"]),
    )
