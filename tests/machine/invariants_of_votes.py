"""What the domain forbids about votes, told anew: who votes on what, when, and what is counted."""

from collections import Counter
from typing import Any

from app.rounds.models import Accreditation, Round, Window, WindowEdge
from app.rounds.states import Activity
from app.voting.models import Ballot, Batch, Elector, OpenVote, Option, Question, Roll
from tests.machine.seen import Row, Snapshot
from tests.machine.world import Act, World

BEGUN = ("open", "closed", "counted")
FIXED = (
    "title",
    "text",
    "method",
    "parameters",
    "settings",
    "persons_secret",
    "manifest_hash",
    "round_id",
)


def of_a_change(before: Snapshot, after: Snapshot, act: Act, world: World) -> None:
    """All that has to be true once something was written."""
    for id, question in after[Question].items():
        old = before[Question].get(id)
        open_while_its_window_is(after, question)
        published_words_stay(before, after, old, question)
        electorate_is_frozen(before, after, old, question, act, world)
        votes_add_up(after, question)
        if old is not None:
            only_votes_change_votes(before, after, old, act)
            counted_once(after, old, question)
    assert before[Batch].items() <= after[Batch].items(), "a link of the chain was changed"


def entitled(after: Snapshot, act: Act, world: World) -> None:
    """Whoever voted was written down when the vote opened, and spoke for nobody else."""
    if act.name != "vote" or not act.accepted:
        return
    assert after[Question][act.about]["state"] == "open", "a vote on what is not open"
    person_id, organisation_id = world.speaks[act.who]
    voice = {"person_id": person_id, "organisation_id": None}
    if organisation_id is not None:
        assert act.who in ("speaker", "outsider"), f"{act.who} voted for others"
        voice = {"person_id": None, "organisation_id": organisation_id}
    assert any(
        elector["question_id"] == act.about and voice.items() <= elector.items()
        for elector in after[Elector].values()
    ), f"{act.who} was not among those who can vote"


def open_while_its_window_is(after: Snapshot, question: Row) -> None:
    """The clock opens and closes it, nobody else."""
    if question["state"] not in BEGUN:
        return
    window = next(
        w
        for w in after[Window].values()
        if (w["round_id"], w["activity"]) == (question["round_id"], Activity.VOTE)
    )
    ran = {e["edge"] for e in after[WindowEdge].values() if e["window_id"] == window["id"]}
    assert "opens" in ran, "it opened before its time"
    assert (question["state"] == "open") == ("closes" not in ran), "open too long, or not enough"


def published_words_stay(before: Snapshot, after: Snapshot, old: Row | None, now: Row) -> None:
    """What is put to the vote stays as it was published, until it is taken back."""
    if now["state"] == "draft":
        assert now["manifest_hash"] == "", "a draft with a seal"
        return
    assert len(now["manifest_hash"]) == 64
    if old is None or old["state"] == "draft":
        return
    for name in FIXED:
        assert now[name] == old[name], f"{name} of a question that is published"
    assert _of(after, Option, now["id"]) == _of(before, Option, now["id"]), "other options"


def electorate_is_frozen(
    before: Snapshot, after: Snapshot, old: Row | None, now: Row, act: Act, world: World
) -> None:
    """Written down as it is when the vote opens; only who is accredited later comes to it."""
    known, mine = _of(before, Elector, now["id"]), _of(after, Elector, now["id"])
    assert known.items() <= mine.items(), "somebody lost the right to vote"
    new = [row for id, row in mine.items() if id not in known]
    dialogue_id = after[Round][now["round_id"]]["dialogue_id"]
    bodies = {
        row["organisation_id"]
        for row in after[Accreditation].values()
        if (row["dialogue_id"], row["state"]) == (dialogue_id, "accredited")
    }
    if now["state"] in ("draft", "published"):
        assert mine == {}, "voters are written down before the vote opens"
    elif old is None or old["state"] not in BEGUN:
        asked = now["parameters"]["chambers"]
        assert {e["person_id"] for e in new} - {None} == (
            world.people if "persons" in asked else set()
        )
        assert {e["organisation_id"] for e in new} - {None} == (
            bodies if "organisations" in asked else set()
        )
        assert not any(e["late"] for e in new)
    elif new:
        assert (act.name, old["state"]) == ("accredit", "open"), "new voters in between"
        assert all(e["late"] and e["organisation_id"] in bodies for e in new)


def votes_add_up(after: Snapshot, question: Row) -> None:
    """One voice each; as many secret ballots count as people have voted."""
    id = question["id"]
    electors = _of(after, Elector, id).values()
    voted = [row["organisation_id"] for row in _of(after, OpenVote, id).values()]
    came = [row["person_id"] for row in _of(after, Roll, id).values()]
    assert len(set(voted)) == len(voted), "an organisation voted twice"
    assert set(voted) <= {e["organisation_id"] for e in electors}
    assert set(came) <= {e["person_id"] for e in electors}
    ballots = _of(after, Ballot, id).values()
    assert sum(not ballot["replaced"] for ballot in ballots) == len(came), "ballots and voters"
    sealed = sorted(ballot["commitment"] for ballot in ballots if ballot["sealed"])
    chained = sorted(c for batch in _of(after, Batch, id).values() for c in batch["commitments"])
    assert sealed == chained, "the chain and the ballots"
    if question["state"] == "counted":
        assert len(sealed) == len(ballots), "counted, and not sealed"


def only_votes_change_votes(before: Snapshot, after: Snapshot, old: Row, act: Act) -> None:
    """Nobody else adds, takes away or changes one; after the close nobody does."""
    same = _cast(before, old["id"]) == _cast(after, old["id"])
    if act.name == "vote" and act.about == old["id"]:
        assert same or old["state"] in ("open", "published")
    else:
        assert same, f"{act.name} changed what was voted"
    assert _of(before, Ballot, old["id"]).keys() <= _of(after, Ballot, old["id"]).keys()


def counted_once(after: Snapshot, old: Row, now: Row) -> None:
    """The result is what the votes say, and stays for good."""
    result = ("state", "result", "result_hash", "counted_at", "chain_head")
    if old["state"] == "counted":
        assert [old[name] for name in result] == [now[name] for name in result], "another result"
    if now["state"] != "counted":
        assert (now["result"], now["result_hash"], now["counted_at"]) == (None, "", None)
        return
    tables = {table["chamber"]: table for table in now["result"]["chambers"]}
    assert list(tables) == now["parameters"]["chambers"]
    electors = Counter(row["chamber"] for row in _of(after, Elector, now["id"]).values())
    cast = {"organisations": OpenVote, "persons": Ballot}
    for chamber, table in tables.items():
        assert table["eligible"] == electors[chamber]
        votes = [
            row["content"]["choice"]
            for row in _of(after, cast[chamber], now["id"]).values()
            if not row.get("replaced")
        ]
        if table["table"] is None:
            assert chamber == "persons", "what was voted openly is not told"
            continue
        assert table["voted"] == len(votes)
        counts = {name: votes.count(name) for name in ("yes", "no", "abstain")}
        assert table["table"]["counts"] == counts
        assert table["table"]["details"]["adopted"] == (counts["yes"] > counts["no"])


def _of(found: Snapshot, model: type, question_id: int) -> dict[Any, Row]:
    return {id: row for id, row in found[model].items() if row["question_id"] == question_id}


def _cast(found: Snapshot, question_id: int) -> list[object]:
    """What counts, without what sealing changes."""
    openly = [
        (row["organisation_id"], row["content"], row["reason"])
        for row in _of(found, OpenVote, question_id).values()
    ]
    secret = [
        (id, row["commitment"], row["content"])
        for id, row in sorted(_of(found, Ballot, question_id).items())
        if not row["replaced"]
    ]
    return [openly, secret, set(_of(found, Roll, question_id))]
