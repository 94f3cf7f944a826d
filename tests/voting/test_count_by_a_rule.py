"""What is named beforehand holds in the count and in the recount: quorum, joint rules, lots."""

import copy
import json
from datetime import timedelta

import pytest

from app.core import clock, jobs
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.voting import commands
from app.voting.methods import digest, lot
from app.voting.methods.recounting import Wrong, recount
from app.voting.models import Elector
from app.voting.queries import counting, package
from app.voting.states import Chamber, QuestionState, Tie, Together
from tests.conftest import NOW
from tests.factories import voting
from tests.factories.accounts import person
from tests.factories.organisations import organisation
from tests.factories.rounds import accredit

DRAW = "Lotto am Samstag, Ziehung vom 6. März 2027"


def _ask(place, **draft):
    question = voting.question(place.round, **draft)
    place.ids = {option.title: option.id for option in question.options}
    return question


def _people_vote(question, *ballots):
    """Each (times, ballot) by so many people who may vote."""
    for times, content in ballots:
        for _ in range(times):
            one = person()
            with transaction():
                db.session.add(
                    Elector(question_id=question.id, chamber=Chamber.PERSONS, person_id=one.id)
                )
            voting.cast_secret(question, one.id, content)


def _organisation_votes(place, question, content):
    voting.cast_open(question, place.rosa.id, place.verein.id, content)


def _export(question):
    made = voting.fresh(question.id)
    return {
        "manifest": counting.manifest(made),
        "result": made.result,
        "log": counting.log(made),
        "result_hash": made.result_hash,
    }


def _counted(question):
    voting.advance(question, QuestionState.COUNTED)
    export = _export(question)
    assert recount(export) == voting.fresh(question.id).result_hash
    return export["result"]


def test_a_question_without_anything_new_has_the_manifest_it_always_had(asked):
    manifest = counting.manifest(voting.fresh(asked.question.id))
    assert sorted(manifest) == [
        "chambers",
        "format",
        "method",
        "options",
        "parameters",
        "persons_secret",
        "question",
        "round",
        "text",
        "title",
    ]
    assert sorted(manifest["options"][0]) == ["id", "proposal", "title", "version"]


def test_a_quorum_of_its_own_labels_the_result(place):
    quorum = {Chamber.ORGANISATIONS: 2, Chamber.PERSONS: 11}
    question = _ask(place, quorum=quorum)
    _people_vote(question, (11, {"choice": "yes"}))
    _organisation_votes(place, question, {"choice": "yes"})
    bodies, people = _counted(question)["chambers"]
    assert (bodies["quorum"], bodies["carries"]) == (2, False)
    assert (people["quorum"], people["carries"]) == (11, True)


def test_only_people_are_asked(place):
    question = _ask(place, chambers=[Chamber.PERSONS])
    _people_vote(question, (10, {"choice": "yes"}))
    result = _counted(question)
    assert [one["chamber"] for one in result["chambers"]] == ["persons"]
    assert result["comparison"] is None


@pytest.mark.parametrize(("theirs", "winners"), [("yes", ["yes"]), ("no", ["no"])])
def test_a_double_majority_needs_both(place, theirs, winners):
    question = _ask(place, together=Together.DOUBLE_MAJORITY)
    _people_vote(question, (10, {"choice": "yes"}))
    _organisation_votes(place, question, {"choice": theirs})
    result = _counted(question)
    assert result["together"] == {"rule": "double-majority", "winners": winners}


def test_weights_count_each_chamber_as_one_before_they_weigh(place):
    weights = {Chamber.ORGANISATIONS: 1, Chamber.PERSONS: 2}
    question = _ask(place, together=Together.WEIGHTED, weights=weights)
    _people_vote(question, (7, {"choice": "yes"}), (3, {"choice": "no"}))
    _organisation_votes(place, question, {"choice": "no"})
    together = _counted(question)["together"]
    # (2 · 7/10 + 0) : (2 · 3/10 + 1) = 14 : 16
    assert together["winners"] == ["no"]
    assert together["table"]["counts"] == {"yes": 14, "no": 16, "abstain": 0}


def test_a_chamber_too_small_to_be_shown_is_not_told_by_the_joint_result(place):
    weights = {Chamber.ORGANISATIONS: 1, Chamber.PERSONS: 1}
    question = _ask(place, together=Together.WEIGHTED, weights=weights)
    _people_vote(question, (9, {"choice": "yes"}))
    _organisation_votes(place, question, {"choice": "no"})
    assert _counted(question)["together"] == {"rule": "weighted", "winners": None}


@pytest.mark.parametrize(("theirs", "words"), [("yes", "<bdi>Yes</bdi>"), ("no", "<bdi>No</bdi>")])
def test_the_page_says_what_holds_together(place, client, theirs, words):
    question = _ask(place, together=Together.DOUBLE_MAJORITY)
    _people_vote(question, (10, {"choice": "yes"}))
    _organisation_votes(place, question, {"choice": theirs})
    voting.advance(question, QuestionState.COUNTED)
    page = client.get(f"/en/questions/{question.id}").text
    assert "Counted together" in page
    assert f"<li>{words}</li>" in page


def test_the_page_says_why_nothing_is_told_together(place, client):
    question = _ask(place, together=Together.DOUBLE_MAJORITY)
    _people_vote(question, (9, {"choice": "yes"}))
    voting.advance(question, QuestionState.COUNTED)
    page = client.get(f"/en/questions/{question.id}").text
    assert "What follows together is not shown" in page


@pytest.mark.parametrize("method", ["approval", "majority-judgment", "resistance", "schulze"])
def test_every_method_that_can_be_weighted_is(place, client, method):
    """One organisation weighs as much as ten people: with weights 2 to 1 it alone decides."""
    question = _ask(
        place,
        method=method,
        variants=["Ost", "West"],
        status_quo="Nichts" if method in ("resistance", "schulze") else "",
        together=Together.WEIGHTED,
        weights={Chamber.ORGANISATIONS: 2, Chamber.PERSONS: 1},
    )
    east, west = str(place.ids["Ost"]), str(place.ids["West"])
    nothing = {str(place.ids["Nichts"]): 7} if "Nichts" in place.ids else {}

    def first(one, other):
        return {
            "approval": {"approved": [int(one)]},
            "majority-judgment": {"grades": {one: 5, other: 0}},
            "resistance": {"resistance": {one: 0, other: 6, **nothing}},
            "schulze": {"ranking": [[int(one)], [int(other)]]},
        }[method]

    _people_vote(question, (10, first(east, west)))
    _organisation_votes(place, question, first(west, east))
    result = _counted(question)
    assert result["together"]["winners"] == [int(west)]
    page = client.get(f"/en/questions/{question.id}").text
    assert "<li><bdi>West</bdi></li>" in page


@pytest.fixture
def tied(place):
    """Two variants as strong as each other, and a draw that decides."""
    place.question = _ask(
        place,
        method="schulze",
        variants=["Ost", "West"],
        status_quo="Nichts",
        tie=Tie.LOT,
        draw=DRAW,
        draw_at=clock.now() + timedelta(days=30),
    )
    east, west = place.ids["Ost"], place.ids["West"]
    _people_vote(place.question, *[(5, {"ranking": [[one]]}) for one in (east, west)])
    return place


def test_the_lot_is_drawn_only_when_the_drawn_value_is_known(tied):
    voting.advance(tied.question, QuestionState.CLOSED)
    with transaction():
        commands.count_question(voting.fresh(tied.question.id))
    waiting = voting.fresh(tied.question.id)
    head = waiting.chain_head
    assert waiting.awaits_draw
    assert waiting.result is None
    with pytest.raises(Conflict), transaction():
        commands.enter_draw(voting.fresh(tied.question.id), "4 8 15 16 23 42", by=SYSTEM)
    clock.tick(timedelta(days=31))
    for _ in range(2):
        with transaction():
            commands.enter_draw(voting.fresh(tied.question.id), "4 8 15 16 23 42", by=SYSTEM)
    with pytest.raises(Conflict), transaction():
        commands.enter_draw(voting.fresh(tied.question.id), "1 2 3 4 5 6", by=SYSTEM)
    while jobs.run_due():
        pass
    db.session.rollback()
    export = _export(tied.question)
    made = voting.fresh(tied.question.id)
    assert recount(export) == made.result_hash
    order = lot(digest(export["manifest"]), head, "4 8 15 16 23 42", tied.ids.values())
    assert export["result"]["lot"]["order"] == order
    winner = next(one for one in order if one != tied.ids["Nichts"])
    assert export["result"]["chambers"][1]["table"]["winners"] == [winner]
    for change in ("draw", "head"):
        forged = copy.deepcopy(export)
        forged["result"]["lot"][change] = "7" * 64
        with pytest.raises(Wrong):
            recount(forged)


def test_without_a_lot_equal_ranks_stay_equal(place):
    question = _ask(place, method="schulze", variants=["Ost", "West"], status_quo="Nichts")
    east, west = place.ids["Ost"], place.ids["West"]
    _people_vote(question, *[(5, {"ranking": [[one]]}) for one in (east, west)])
    table = _counted(question)["chambers"][1]["table"]
    assert table["winners"] == [east, west]


@pytest.fixture
def shares(place):
    """Equal shares among three free options."""
    variants = [
        commands.Variant(title=name, text=f"{name} genauer", cost=cost)
        for name, cost in (("Rampe", 60), ("Bank", 40), ("Baum", 50))
    ]
    place.question = _ask(
        place, method="equal-shares", title="Wofür?", variants=variants, budget=100
    )
    return place


def test_patterns_that_few_people_share_are_not_published(shares):
    ramp, bench, tree = (shares.ids[name] for name in ("Rampe", "Bank", "Baum"))
    _people_vote(shares.question, (6, {"approved": [ramp, bench]}), (4, {"approved": [tree]}))
    result = _counted(shares.question)
    people = result["chambers"][1]
    assert "patterns" not in people["statistic"]
    assert set(people["table"]["winners"]) == {bench, tree}
    forged = copy.deepcopy(_export(shares.question))
    forged["result"]["chambers"][1]["table"]["winners"] = [tree]
    with pytest.raises(Wrong):
        recount(forged)


def test_witnesses_count_patterns_that_stay_sealed(shares):
    ramp, bench, tree = (shares.ids[name] for name in ("Rampe", "Bank", "Baum"))
    _people_vote(shares.question, (6, {"approved": [ramp, bench]}), (4, {"approved": [tree]}))
    _counted(shares.question)
    *_others, (name, content) = package.sealed_members(voting.fresh(shares.question.id), [])
    assert name == "sealed.json"
    export = {**_export(shares.question), **json.loads(b"".join(content))}
    assert recount(export) == voting.fresh(shares.question.id).result_hash
    export["sealed"]["ballots"][0]["content"] = {"approved": []}
    with pytest.raises(Wrong):
        recount(export)


def test_patterns_that_five_people_share_can_be_counted_again(shares):
    ramp, tree = shares.ids["Rampe"], shares.ids["Baum"]
    _people_vote(shares.question, (6, {"approved": [ramp]}), (5, {"approved": [tree]}))
    result = _counted(shares.question)
    assert sorted(row[0] for row in result["chambers"][1]["statistic"]["patterns"]) == [5, 6]


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "lottery"},
        {"method": "schulze", "variants": ["Ost"], "status_quo": "Nichts"},
        {"method": "schulze", "variants": ["Ost", "West"]},
        {"method": "schulze", "variants": ["Ost", "ost"], "status_quo": "Nichts"},
        {"method": "schulze", "variants": ["Ost", "West"], "status_quo": "ost"},
        {"method": "schulze", "variants": ["A", "B"], "status_quo": "N", "tie": Tie.LOT},
        {"method": "schulze", "variants": ["A", "B"], "status_quo": "N", "draw": DRAW},
        {
            "method": "schulze",
            "variants": ["A", "B"],
            "status_quo": "N",
            "draw": DRAW,
            "draw_at": NOW + timedelta(days=30),
        },
        {"method": "equal-shares", "variants": ["Ost", "West"], "budget": 10},
        {"method": "equal-shares", "variants": ["Ost", "West"]},
        {"variants": ["Ost"]},
        {"chambers": [Chamber.PERSONS], "together": Together.DOUBLE_MAJORITY},
        {"together": Together.WEIGHTED},
        {"together": Together.WEIGHTED, "weights": dict.fromkeys(Chamber, 10**9)},
        {"quorum": {Chamber.PERSONS: 0}},
    ],
)
def test_what_cannot_be_counted_is_refused(place, wrong):
    with pytest.raises(Invalid):
        voting.question(place.round, **wrong)


def test_the_draw_comes_after_the_close(place):
    window = voting.fresh(voting.question(place.round).id).round.windows[0]
    with pytest.raises(Invalid):
        voting.question(
            place.round,
            method="schulze",
            variants=["Ost", "West"],
            status_quo="Nichts",
            tie=Tie.LOT,
            draw=DRAW,
            draw_at=window.closes_at,
        )


def test_accredited_late_it_does_not_vote_where_only_people_are_asked(place):
    question = _ask(place, chambers=[Chamber.PERSONS])
    late = organisation("Spät")
    accredit(place.dialogue.id, late)
    with transaction():
        commands.add_late(voting.fresh(question.id), late.id, by=SYSTEM)
    assert db.session.query(Elector).filter_by(organisation_id=late.id).count() == 0
