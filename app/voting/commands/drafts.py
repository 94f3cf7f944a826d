"""What a moderator writes down of a question, what is wrong with it, and how it is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext
from flask_babel.speaklater import LazyString

from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.voting import queries
from app.voting.commands.amendments import about
from app.voting.methods import digest
from app.voting.methods.chambers import CAN_BE_WEIGHTED
from app.voting.methods.outcome import OFFERED
from app.voting.models import Option, Question
from app.voting.states import Chamber, Tie, Together

MOST_OPTIONS = 100
MOST_MONEY = 10**12
MOST_WEIGHT = 100

ABOUT_ONE = ("yes-no", "consent")
"""Methods that ask about one text or proposal."""

LEAST = {"schulze": 2, "equal-shares": 2}
"""Fewer options leave nothing to decide (the status quo aside)."""

STATUS_QUO = {"schulze": "status_quo", "resistance": "passive"}
"""Methods that always have the option that nothing changes, and the parameter that names it."""

DRAWS_LOTS = ("schulze", "equal-shares")


@dataclass(frozen=True, kw_only=True)
class Variant:
    """An option that is no proposal."""

    title: str
    text: str = ""
    cost: int | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a moderator writes. Without a proposal or amendment, `yes-no` is about the text itself.

    `costs` are those of the proposals, by their ids. Without `chambers` all are asked that the
    procedure names; `quorum` holds only those that are not the usual ones; `draw_at` is when the
    external draw is published; `measured_in` says of what budget and costs are so many.
    """

    method: str
    title: str
    text: str = ""
    reason: str = ""
    seats: int = 1
    majority: str = "simple"
    proposal_ids: Sequence[int] = ()
    amendment_id: int | None = None
    variants: Sequence[Variant] = ()
    status_quo: str = ""
    budget: int | None = None
    measured_in: str = ""
    costs: Mapping[int, int | None] = field(default_factory=dict)
    fill: bool = False
    chambers: Sequence[Chamber] = ()
    quorum: Mapping[Chamber, int] = field(default_factory=dict)
    together: Together = Together.SIDE_BY_SIDE
    weights: Mapping[Chamber, int] = field(default_factory=dict)
    tie: Tie = Tie.EQUAL
    draw: str = ""
    draw_at: datetime | None = None

    @property
    def edition(self) -> str:
        """Changes with every word."""
        return digest(asdict(self) | {"draw_at": self.draw_at and self.draw_at.isoformat()})


Problem = tuple[str, LazyString]
"""The field of a `Draft` that is wrong, and why."""


def problems(draft: Draft, named: Sequence[Chamber], closes_at: datetime | None) -> list[Problem]:
    """What keeps this from being a question; `named` are the chambers that the procedure names,
    `closes_at` is when the vote closes, where that is known."""
    if draft.method not in OFFERED:
        return [("method", _("There is no such method."))]
    return [
        *_options(draft),
        *_money(draft),
        *_chambers(draft, named),
        *_lots(draft, closes_at),
    ]


def _options(draft: Draft) -> Iterator[Problem]:
    chosen = len(draft.proposal_ids) + len(draft.variants)
    if draft.amendment_id is not None and (chosen or draft.method not in ABOUT_ONE):
        yield "method", _("About an amendment one can ask yes or no, or for consent.")
    if draft.method in ABOUT_ONE:
        if chosen > 1 or draft.variants:
            message = _("Here one proposal can be asked about, or the text alone.")
            yield "proposal_ids", message
        return
    least = LEAST.get(draft.method, 1)
    if draft.method == "approval" and not 1 <= draft.seats < chosen:
        yield (
            "proposal_ids",
            lazy_ngettext(
                "Please choose more options than can be in: more than %(num)s.",
                "Please choose more options than can be in: more than %(num)s.",
                max(draft.seats, 1),
            ),
        )
    elif chosen < least:
        yield (
            "proposal_ids",
            lazy_ngettext(
                "Please choose or write at least %(num)s option.",
                "Please choose or write at least %(num)s options.",
                least,
            ),
        )
    if chosen > MOST_OPTIONS:
        yield "proposal_ids", _("These are too many options for one ballot.")
    if draft.method in STATUS_QUO and not draft.status_quo:
        yield "status_quo", _("Please say in words what it means that nothing changes.")
    words = [variant.title.casefold() for variant in draft.variants]
    if draft.status_quo:
        words.append(draft.status_quo.casefold())
    if len(set(words)) < len(words):
        yield "variants", _("Two options have the same words. Nobody could tell them apart.")


def _money(draft: Draft) -> Iterator[Problem]:
    if draft.method != "equal-shares":
        return
    if draft.budget is None or not 1 <= draft.budget <= MOST_MONEY:
        yield "budget", _("Please give the budget as a whole number.")
        return
    costs = [draft.costs.get(id) for id in draft.proposal_ids]
    for where, found in (("costs", costs), ("variants", [v.cost for v in draft.variants])):
        if any(cost is None or cost < 1 for cost in found):
            yield where, _("Every option needs its cost as a whole number.")
        elif any(cost is not None and cost > draft.budget for cost in found):
            yield where, _("One option costs more than the whole budget.")


def _chambers(draft: Draft, named: Sequence[Chamber]) -> Iterator[Problem]:
    asked = asked_chambers(draft.chambers, named)
    if not asked:
        yield "chambers", _("The procedure of this round does not name these voters.")
    if any(number < 1 for number in draft.quorum.values()):
        yield "quorum", _("A quorum is at least one vote.")
    if draft.together is Together.SIDE_BY_SIDE:
        return
    if len(asked) < 2:
        yield "together", _("This needs both organisations and people to be asked.")
    if draft.together is not Together.WEIGHTED:
        return
    if draft.method not in CAN_BE_WEIGHTED:
        yield "together", _("With this method the two cannot be added up by weights.")
    if any(not 1 <= draft.weights.get(chamber, 0) <= MOST_WEIGHT for chamber in asked):
        yield "weights", _("Please give both weights, whole numbers from 1 to 100.")


def _lots(draft: Draft, closes_at: datetime | None) -> Iterator[Problem]:
    if draft.method not in DRAWS_LOTS:
        return
    if draft.tie is Tie.LOT and not draft.draw:
        yield "draw", _("Please name the draw that decides a tie, and when it is published.")
    if draft.draw and draft.method == "schulze" and draft.tie is Tie.EQUAL:
        yield (
            "tie",
            _("A draw is named, but no lot is to decide. Please choose the lot, or no draw."),
        )
    if draft.draw and draft.draw_at is None:
        yield "draw_at", _("Please say when the draw is published.")
    if draft.draw_at is not None:
        if not draft.draw:
            yield "draw", _("Please say which draw is meant.")
        elif closes_at is not None and draft.draw_at <= closes_at:
            yield "draw_at", _("The draw must be published after the vote has closed.")


def asked_chambers(wanted: Sequence[Chamber], named: Sequence[Chamber]) -> list[Chamber]:
    """Those of the procedure's chambers that are asked; all where nothing was chosen."""
    return [chamber for chamber in named if chamber in wanted or not wanted]


def write(question: Question, draft: Draft, dialogue_id: int) -> None:
    """Keep a draft that has no `problems`; options get new ids, which parameters name."""
    found = queries.some_offered(dialogue_id, draft.proposal_ids)
    if set(draft.proposal_ids) - set(found):
        raise Conflict(_("One of the proposals cannot be put to the vote any more."))
    question.method = draft.method
    question.title, question.text = draft.title, draft.text
    question.settings = _settings(draft)
    question.parameters = {}
    options = [
        Option(
            title=found[id].title, proposal_id=id, version_number=found[id].version_number, text=""
        )
        for id in draft.proposal_ids
    ]
    options += [Option(title=variant.title, text=variant.text) for variant in draft.variants]
    if draft.amendment_id is not None:
        options.append(about(draft.amendment_id, dialogue_id))
    if draft.method in STATUS_QUO:
        options.append(Option(title=draft.status_quo, text=""))
    for number, option in enumerate(options, 1):
        option.number = number
        question.options.append(option)
    db.session.add(question)
    db.session.flush()
    question.parameters = _parameters(draft, options)
    db.session.flush()


def _parameters(draft: Draft, options: list[Option]) -> dict[str, Any]:
    """What the method reads (its docstring names it)."""
    if draft.method in STATUS_QUO:
        found: dict[str, Any] = {STATUS_QUO[draft.method]: options[-1].id}
        return found | {"forced": True} if draft.tie is Tie.LOT else found
    if draft.method == "approval":
        return {"seats": draft.seats}
    if draft.method == "yes-no":
        return {"majority": draft.majority}
    if draft.method == "equal-shares":
        costs = [draft.costs.get(id) for id in draft.proposal_ids]
        costs += [variant.cost for variant in draft.variants]
        named = {str(option.id): cost for option, cost in zip(options, costs, strict=True)}
        found = {"budget": draft.budget, "costs": named}
        return found | {"fill": True} if draft.fill else found
    return {}


def _settings(draft: Draft) -> dict[str, Any]:
    """What holds besides the method's parameters; only what is not as usual."""
    found: dict[str, Any] = {}
    if draft.reason:
        found["reason"] = draft.reason
    if draft.measured_in and draft.method == "equal-shares":
        found["measured_in"] = draft.measured_in
    if draft.chambers:
        found["chambers"] = [str(chamber) for chamber in draft.chambers]
    if draft.quorum:
        found["quorum"] = {str(chamber): number for chamber, number in draft.quorum.items()}
    if draft.together is not Together.SIDE_BY_SIDE:
        found["together"] = str(draft.together)
    if draft.together is Together.WEIGHTED:
        found["weights"] = {str(chamber): weight for chamber, weight in draft.weights.items()}
    if draft.draw and draft.draw_at is not None:
        found["lot"] = {"draw": draft.draw, "published": draft.draw_at.isoformat()}
    return found


def draft_of(question: Question) -> Draft:
    """The counterpart of `write` (needs `options`)."""
    parameters, settings = question.method_parameters, question.settings
    quo = parameters.get(STATUS_QUO.get(question.method, ""))
    costs = parameters.get("costs", {})
    free = [o for o in question.options if o.proposal_id is None and o.amendment_id is None]
    mine = [o for o in free if o.id != quo]
    lot = settings.get("lot", {})
    return Draft(
        method=question.method,
        title=question.title,
        text=question.text,
        reason=settings.get("reason", ""),
        seats=parameters.get("seats", 1),
        majority=parameters.get("majority", "simple"),
        proposal_ids=[o.proposal_id for o in question.options if o.proposal_id is not None],
        amendment_id=question.amendment_id,
        variants=[Variant(title=o.title, text=o.text, cost=costs.get(str(o.id))) for o in mine],
        status_quo="".join(o.title for o in question.options if o.id == quo),
        budget=parameters.get("budget"),
        measured_in=settings.get("measured_in", ""),
        costs={
            o.proposal_id: costs.get(str(o.id))
            for o in question.options
            if o.proposal_id is not None and costs
        },
        fill=parameters.get("fill", False),
        chambers=[Chamber(name) for name in settings.get("chambers", ())],
        quorum={Chamber(name): n for name, n in settings.get("quorum", {}).items()},
        together=Together(settings.get("together", Together.SIDE_BY_SIDE)),
        weights={Chamber(name): n for name, n in settings.get("weights", {}).items()},
        tie=Tie.LOT if parameters.get("forced") else Tie.EQUAL,
        draw=lot.get("draw", ""),
        draw_at=datetime.fromisoformat(lot["published"]) if lot else None,
    )


def check(draft: Draft, named: Sequence[Chamber], closes_at: datetime | None) -> None:
    """Raise `Invalid` with the first of the problems."""
    for _field, message in problems(draft, named, closes_at):
        raise Invalid(message)
