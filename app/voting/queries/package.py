"""The files of a counted vote, for its package. Nothing here is asked before the count."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Text, cast, func, select

from app.core.db import db
from app.voting.methods import canonical
from app.voting.methods.base import Content, Grouped
from app.voting.methods.chambers import may_be_published, may_stand_alone
from app.voting.methods.outcome import ORGANISATIONS, PERSONS
from app.voting.methods.package import README, Member
from app.voting.methods.package.ballots import (
    Pairs,
    as_json,
    as_pabulib,
    as_preflib,
    in_order,
    is_strict,
)
from app.voting.methods.resistance import sums_and_voters
from app.voting.models import Ballot, Batch, Question, Roll
from app.voting.queries import open_votes, replaced
from app.voting.queries.counting import manifest
from app.voting.queries.proof import heads

RANKED, SETS = "ranking", "approved"


def members(question: Question) -> Iterator[Member]:
    """Every file that everybody may have (needs `options`)."""
    asked, result = manifest(question), question.result or {}
    yield "README.txt", [README]
    yield "manifest.json", [canonical(asked)]
    yield "result.json", [canonical(result)]
    yield "hashes.json", [canonical(_hashes(question))]
    yield "log.json", _log(question)
    yield "heads.json", [canonical({"heads": _heads(question.id)})]
    for one in result["chambers"]:
        if one["statistic"] is not None:
            yield f"statistic-{one['chamber']}.json", [canonical(one["statistic"])]
    if any(one["chamber"] == ORGANISATIONS for one in result["chambers"]):
        yield "votes-organisations.json", [canonical({"votes": _by_name(question.id)})]
    for one in result["chambers"]:
        pairs = published_ballots(question, one["chamber"])
        if pairs is not None:
            yield from _ballots(asked, result, one, pairs)


def published_ballots(question: Question, chamber: str) -> Pairs | None:
    """A chamber's different ballots, or None where they would make people recognisable.

    Organisations vote openly. Secret ballots are shown where at least ten people have voted and
    five have cast each pattern.
    """
    if chamber == ORGANISATIONS:
        contents = [vote.content for vote in open_votes(question.id)]
        return in_order(_grouped((content, 1) for content in contents))
    counts = (Ballot.question_id == question.id, ~Ballot.replaced)
    voted = db.session.scalar(select(func.count()).where(*counts)) or 0
    if not may_stand_alone(voted, secret=True):
        return None
    text = cast(Ballot.content, Text)
    rows = db.session.execute(select(text, func.count()).where(*counts).group_by(text)).tuples()
    pairs = _grouped((json.loads(content), count) for content, count in rows)
    return in_order(pairs) if may_be_published(Grouped(pairs)) else None


def _grouped(contents: Iterable[tuple[Content, int]]) -> list[tuple[Content, int]]:
    found: Counter[bytes] = Counter()
    kept: dict[bytes, Content] = {}
    for content, count in contents:
        key = canonical(dict(content))
        found[key] += count
        kept.setdefault(key, content)
    return [(kept[key], count) for key, count in found.items()]


def _ballots(
    asked: Mapping[str, Any], result: Mapping[str, Any], one: Mapping[str, Any], pairs: Pairs
) -> Iterator[Member]:
    parameters = _parameters(asked, result, one["chamber"])
    name = f"ballots-{one['chamber']}"
    yield f"{name}.json", as_json(asked, pairs, parameters)
    if all(SETS in content for content, _count in pairs):
        yield f"{name}.pb", as_pabulib(asked, pairs, parameters, one["table"]["winners"])
    elif all(RANKED in content for content, _count in pairs):
        name += ".soc" if is_strict(asked, pairs) else ".toc"
        yield name, as_preflib(asked, pairs, name)


def _parameters(
    asked: Mapping[str, Any], result: Mapping[str, Any], chamber: str
) -> dict[str, Any]:
    """With what a count of this chamber alone must know of the others (methods.outcome)."""
    parameters = dict(asked["parameters"])
    chambers = {one["chamber"]: one for one in result["chambers"]}
    if "lot" in result:
        parameters["lot"] = result["lot"]["order"]
    if asked["method"] == "approval" and chamber == PERSONS and ORGANISATIONS in chambers:
        parameters["organisation_counts"] = chambers[ORGANISATIONS]["table"]["counts"]
    if asked["method"] == "resistance":
        known = [one["statistic"] for one in chambers.values() if one["statistic"] is not None]
        parameters["chamber_means"] = [sums_and_voters(statistic) for statistic in known]
    if chamber == ORGANISATIONS and "dismissed" in result:
        parameters["dismissed"] = result["dismissed"]
    return parameters


def _hashes(question: Question) -> dict[str, str]:
    return {
        "manifest_hash": question.manifest_hash,
        "chain_head": question.chain_head,
        "result_hash": question.result_hash,
    }


def _heads(question_id: int) -> list[dict[str, str]]:
    return [{"day": head.day.isoformat(), "head": head.head} for head in heads(question_id)]


def _by_name(question_id: int) -> list[dict[str, Any]]:
    return [
        {
            "organisation": vote.organisation_id,
            "name": vote.organisation.name,
            "vote": vote.content,
            "reason": vote.reason,
        }
        for vote in open_votes(question_id)
    ]


def _log(question: Question) -> Iterator[bytes]:
    """The canonical JSON of the log, one batch at a time: it may be long."""
    yield b'{"batches":['
    batches = select(Batch).where(Batch.question_id == question.id).order_by(Batch.number)
    for at, batch in enumerate(db.session.scalars(batches.execution_options(yield_per=1))):
        one = {"number": batch.number, "commitments": batch.commitments, "head": batch.head}
        yield (b"," if at else b"") + canonical(one)
    rest = {
        "format": "plandialog-log-1",
        "manifest_hash": question.manifest_hash,
        "replaced": replaced(question.id),
    }
    yield b"]," + canonical(rest)[1:]


def sealed_members(question: Question, witnesses: list[dict[str, Any]]) -> Iterator[Member]:
    """The same with every secret ballot and what opens its commitment, for witnesses only."""
    yield from members(question)
    roll = db.session.scalar(select(func.count()).where(Roll.question_id == question.id)) or 0
    rows = db.session.execute(
        select(Ballot.content, Ballot.nonce, Ballot.commitment, Ballot.replaced)
        .where(Ballot.question_id == question.id)
        .order_by(Ballot.commitment)
    )
    sealed = {
        "format": "plandialog-sealed-1",
        "witnesses": witnesses,
        "roll": roll or None,  # forgotten a while after the count
        "ballots": [dict(row) for row in rows.mappings()],
    }
    yield "sealed.json", [canonical({"sealed": sealed})]
