"""What stands in the archive, as plain data: the JSON files as they are, and all pages after it.

Nothing is taken that the block does not hold, and a block holds only what everybody may read.
"""

from datetime import date, datetime
from typing import Any

from app.amendments.models import Amendment
from app.answers.models import Answer
from app.comments.models import Comment
from app.core.states import Visibility
from app.moderation.models import COLUMNS, OF_PARAGRAPH, OF_ROUND, Part, SummaryVersion
from app.opendata.queries.blocks import Block
from app.opendata.queries.talk import Talk
from app.opendata.queries.whole import SummedUp
from app.proposals.models import Proposal, ProposalVersion
from app.rounds.models import Round
from app.rounds.queries.translations import digest

Record = dict[str, Any]
_NAMES = {**{part: part.value for part in Part}, Part.WHOLE: "text"}


def moment(value: datetime | date | None) -> str | None:
    return value.isoformat() if value is not None else None


def by(one: Proposal | Amendment | Comment) -> Record:
    """Who wrote, by the name that everybody saw; a deleted account has none."""
    if isinstance(one, Proposal) and one.for_plan:
        return {"kind": "moderation", "name": None}
    if one.organisation is not None:
        return {"kind": "organisation", "name": one.organisation.name}
    if isinstance(one, Comment):
        if one.author is None:
            kind = one.channel.value if one.channel is not None else "guest"
            return {"kind": kind, "name": one.guest_name}
        if one.mark is not None:
            return {"kind": one.mark.value, "name": one.author.display_name or None}
    if isinstance(one, Proposal) and one.channel is not None:
        return {"kind": one.channel.value, "name": one.brought_name}
    return {"kind": "person", "name": (one.author.display_name if one.author else "") or None}


def proposal(one: Proposal, block: Block, round_: Round) -> Record:
    answer = block.answers.get(one.id)
    return {
        "id": one.id,
        "round": round_.number,
        "state": one.state.value,
        "by": by(one),
        "with": block.cosponsors.get(one.id, []),
        "language": one.language,
        "published_at": moment(one.published_at),
        "withdrawn_at": moment(one.withdrawn_at),
        "merged_into": one.merged_into_id,
        "split_from": one.split_from_id,
        "supports": one.support_count,
        "supporting_organisations": block.supporters.get(one.id, []),
        "versions": [_version(text) for text in block.versions.get(one.id, [])],
        "summed_up": [
            {"paragraph": paragraph.words, **summary(said)}
            for paragraph, said in block.summed_up.get(one.id, [])
        ],
        "amendments": [change.id for change in block.amendments.get(one.id, [])],
        "votes": [
            {"id": question.id, "title": question.title} for question in block.votes.get(one.id, [])
        ],
        "answer": _answer(answer, block) if answer else None,
    }


def _version(text: ProposalVersion) -> Record:
    return {
        "number": text.number,
        "at": moment(text.at),
        "reason": text.reason,
        "title": text.title,
        "text": text.body,
        "goal": text.goal,
        "carried_by": text.carried_by,
        "cost_cents": text.cost_cents,
        "field": text.field.title if text.field is not None else None,
        "districts": sorted(text.district_numbers),
        "rules": text.procedure_data,
    }


def _answer(one: Answer, block: Block) -> Record:
    measure = one.measure
    return {
        "unit": one.unit.name,
        "due_on": moment(one.due_on),
        "published_at": moment(one.published_at),
        "measure": {"id": measure.id, "title": measure.title} if measure is not None else None,
        "versions": [
            {
                "number": text.number,
                "at": moment(text.published_at),
                "why": text.why,
                "outcome": text.outcome.value,
                "text": text.reason,
                "easy": text.easy,
                "to_organisations": text.to_organisations,
                "to_persons": text.to_persons,
                "deferred_until": moment(text.deferred_until),
            }
            for text in block.answer_versions.get(one.id, [])
        ],
        "translations": [
            {
                "language": text.language,
                "at": moment(text.at),
                "text": text.words.get("reason", ""),
                "to_organisations": text.words.get("to_organisations", ""),
                "to_persons": text.words.get("to_persons", ""),
                "of_the_newest": text.of_digest == digest(one.words),
            }
            for text in block.answers_translated.get(one.id, [])
        ],
    }


def amendment(one: Amendment, round_: Round) -> Record:
    return {
        "id": one.id,
        "proposal": one.proposal_id,
        "round": round_.number,
        "version": one.version_number,
        "paragraph": one.paragraph + 1,
        "old": one.old,
        "new": one.new,
        "reason": one.reason,
        "by": by(one),
        "language": one.language,
        "state": one.state.value,
        "supports": one.support_count,
        "published_at": moment(one.published_at),
        "decided_at": moment(one.decided_at),
        "decision_reason": one.decision_reason,
        "became": one.merged,
        "made_version": one.made_version,
        "vote_says": one.vote_says.value if one.vote_says is not None else None,
    }


def talk(found: Talk, on: dict[int, tuple[str, int]]) -> dict[int, list[Record]]:
    """Comments by what they were written on; `on` has its kind and the number of the round."""
    return {
        target: [_comment(one, found, *on[target]) for one in some]
        for target, some in found.comments.items()
    }


def _comment(one: Comment, found: Talk, kind: str, number: int) -> Record:
    """Of what was taken away only that it was there."""
    record: Record = {
        "id": one.id,
        "on": {"kind": kind, "id": one.target_id},
        "round": number,
        "answers": one.parent_id,
        "removed": None,
    }
    if one.withdrawn_at is not None or one.visibility is not Visibility.VISIBLE:
        return {**record, "removed": "author" if one.withdrawn_at is not None else "moderation"}
    return {
        **record,
        "by": by(one),
        "stance": one.stance.value if one.stance is not None else None,
        "language": one.language,
        "at": moment(one.at),
        "text": one.body,
        "helpful": one.helpful_count,
        "cut_at": moment(one.cut_at),
        "earlier": [
            {"at": moment(text.at), "text": text.body} for text in found.earlier.get(one.id, [])
        ],
        "translations": [
            {
                "language": text.language,
                "text": text.body,
                "by": text.author.display_name or None,
                "at": moment(text.at),
            }
            for text in found.translations.get(one.id, [])
        ],
    }


def summary(found: SummedUp) -> Record:
    """Its words part by part, what each rests on, how disputes ended, and minority statements."""
    one, words, earlier, sources, ended = found.said
    parts = OF_ROUND if one.block_id is None else OF_PARAGRAPH
    return {
        **_edition(words, parts),
        "sources": {_NAMES[part]: [each.title for each in sources.get(part, [])] for part in parts},
        "disputes": [
            {
                "part": _NAMES[each.part],
                "ending": each.ending.value if each.ending else "",
                "reason": each.reason,
            }
            for each in ended
        ],
        "minority": [
            {"organisation": each.organisation.name, "words": each.words} for each in found.minority
        ],
        "earlier": [_edition(each, parts) for each in earlier],
    }


def _edition(words: SummaryVersion, parts: tuple[Part, ...]) -> Record:
    said = {_NAMES[part]: getattr(words, COLUMNS[part]) for part in parts}
    return {"edition": words.number, "at": moment(words.at), **said}
