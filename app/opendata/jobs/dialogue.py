"""The dialogue, its rounds, votes, rules and decisions as plain data."""

from typing import Any

from app.enquiries.models import Faq
from app.meetings.models import Meeting, Minutes
from app.moderation.models import Rulebook
from app.moderation.queries.register import Entry
from app.opendata.jobs.records import Record, moment, summary
from app.opendata.queries import asked, whole
from app.opendata.queries.whole import Because
from app.rounds import queries as rounds
from app.rounds.models import Dialogue, Round
from app.voting.models import Question
from app.voting.queries import open_votes
from app.voting.queries.objections import objections
from app.voting.states import Chamber


def dialogue(one: Dialogue, round_ids: list[int]) -> Record:
    return {
        "id": one.id,
        "title": one.title,
        "question": one.question,
        "summary": one.summary,
        "plan": one.plan.title,
        "published_at": moment(one.published_at),
        "without_method_decision": one.no_method_reason or None,
        "organisations": [
            {"name": each.name, "kind": each.kind.value} for each in whole.organisations(one)
        ],
        "meetings": [_meeting(*each) for each in whole.meetings_of(one.id)],
        "rulebooks": [_rulebook(each) for each in whole.rulebooks(one.id)],
        "questions": [_faq(each) for each in asked.faqs(one, round_ids)],
    }


def _faq(one: Faq) -> Record:
    """What a unit has answered for everybody; who had asked is nobody's business."""
    measure = one.box.measure
    return {
        "id": one.id,
        "box": one.box.title,
        "role": one.box.role,
        "unit": one.box.unit.name,
        "measure": {"id": measure.id, "title": measure.title} if measure is not None else None,
        "question": one.question,
        "answer": one.answer,
        "language": one.language,
        "published_at": moment(one.published_at),
        "changed_at": moment(one.changed_at),
    }


def _rulebook(one: Rulebook) -> Record:
    texts = sorted((text.language, text.body) for text in one.texts)
    return {"number": one.number, "at": moment(one.at), "reason": one.reason, "texts": dict(texts)}


def _meeting(one: Meeting, minutes: list[Minutes]) -> Record:
    """What stands on its page; who came is nobody's business."""
    return {
        "id": one.id,
        "kind": one.kind.value,
        "state": one.state.value,
        "title": one.title,
        "description": one.description,
        "language": one.language,
        "starts_at": moment(one.starts_at),
        "ends_at": moment(one.ends_at),
        "place": one.place,
        "cancelled_because": one.cancel_reason or None,
        "minutes": {text.language: text.body for text in minutes},
    }


def round_(one: Round) -> Record:
    return {
        "id": one.id,
        "number": one.number,
        "kind": one.kind.value,
        "title": one.title,
        "summary": one.summary,
        "state": one.state.value,
        "announced_at": moment(one.announced_at),
        "opened_at": moment(one.opened_at),
        "closed_at": moment(one.closed_at),
        "answered_at": moment(one.answered_at),
        "archived_at": moment(one.archived_at),
        "windows": [
            {
                "activity": window.activity.value,
                "opens_at": moment(window.opens_at),
                "closes_at": moment(window.closes_at),
            }
            for window in one.windows
        ],
        "window_changes": [
            {
                "activity": change.activity.value,
                "at": moment(change.changed_at),
                "opens_at": moment(change.opens_at),
                "closes_at": moment(change.closes_at),
                "reason": change.reason,
            }
            for change in rounds.window_changes(one.id)
        ],
        "rules": one.procedure_data,
        "rule_changes": [
            {
                "edition": change.edition,
                "old": change.old,
                "new": change.new,
                "reason": change.reason,
            }
            for change in rounds.procedure_changes(one.id)
        ],
        "summed_up": summary(summed_up) if (summed_up := whole.summed_up(one)) else None,
        "mergings": [
            {
                "kind": merging.kind.value,
                "proposal": merging.source_id,
                "into": merging.target_id,
                "parts": [part.proposal_id for part in merging.parts],
                "reason": merging.reason,
                "at": moment(merging.at),
                "undone_at": moment(merging.undone_at),
                "undone_reason": merging.undone_reason,
            }
            for merging in whole.mergings(one)
        ],
        "reports": [
            {
                "id": report.id,
                "measure": report.measure.key,
                "title": report.measure.title,
                "year": report.follow_up.year,
                "language": report.language,
                "published_at": moment(report.published_at),
                "done": report.done,
                "late": report.late,
                "why": report.why,
                "next": report.next,
            }
            for report in whole.reports(one)
        ],
        "landscapes": [
            {
                "id": landscape.id,
                "title": landscape.title,
                "statements": {str(id): words for id, words in sorted(texts.items())},
                "result": landscape.result,
            }
            for landscape, texts in whole.landscapes(one)
        ],
    }


def vote(one: Question) -> Record:
    """A counted vote; everything to count again lies in its own package."""
    by_name: list[dict[str, Any]] = []
    if Chamber.ORGANISATIONS in one.chambers:
        by_name = [
            {"organisation": each.organisation.name, "vote": each.content, "reason": each.reason}
            for each in open_votes(one.id)
        ]
    return {
        "id": one.id,
        "round": one.round.number,
        "method": one.method,
        "title": one.title,
        "text": one.text,
        "options": [
            {
                "id": option.id,
                "title": option.title,
                "text": option.text,
                "proposal": option.proposal_id,
            }
            for option in one.options
        ],
        "counted_at": moment(one.counted_at),
        "result": one.result,
        "hashes": {
            "manifest": one.manifest_hash,
            "chain_head": one.chain_head,
            "result": one.result_hash,
        },
        "organisations": by_name,
        "objections": [
            {
                "organisation": found.vote.organisation.name,
                "upheld": found.ruling.upheld if found.ruling is not None else None,
                "reason": found.ruling.reason if found.ruling is not None else "",
            }
            for found in objections(one)
        ],
        "method_objections": _objected(one),
        "package": f"votes/question-{one.id}.zip",
    }


def _objected(one: Question) -> Record | None:
    """How the time for objections to its method ended, if it had one."""
    period = one.period
    if period is None or period.ended_at is None:
        return None
    return {
        "ended_at": moment(period.ended_at),
        "organisations": period.organisations,
        "organisations_needed": period.organisations_needed,
        "people": period.persons,
        "people_needed": period.persons_needed,
        "vote": period.vote_id,
        "by_organisations": [
            {
                "organisation": each.organisation.name,
                "against": each.against,
                "instead": each.instead,
                "reason": each.reason,
            }
            for each in whole.objected(one)
            if each.organisation is not None
        ],
    }


def decision(one: Entry) -> Record:
    """A line of the public register: neither texts nor names."""
    return {
        "id": one.id,
        "at": moment(one.at),
        "action": one.action.value,
        "rule": one.rule.value if one.rule is not None else None,
        "about": one.scope,
        "rules_version": one.rulebook,
        "until": moment(one.until),
        "language": one.language,
        "automation": "list" if one.listed else "none",
        "objected": one.objected,
        "overturned": one.overturned,
    }


def change_of_plan(one: Because) -> Record:
    """A paragraph with the words that came in, and because of what."""
    return {
        "measure": one.measure.key,
        "title": one.measure.title,
        "plan": one.measure.plan.key,
        "language": one.block.language,
        "paragraph": one.block.id,
        "at": moment(one.at),
        "words": one.words,
        "still_there": one.block.gone_at is None,
        "because_of": [{"kind": kind, "id": id, "title": title} for kind, id, title in one.causes],
    }
