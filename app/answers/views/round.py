"""What a round is owed, for everybody; its moderators name the responsible units."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.answers import commands, queries
from app.answers.forms import OweForm
from app.answers.queries import Show
from app.answers.views import bp
from app.core import clock
from app.core.errors import Invalid, NotFound
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.core.web.shared import shared_by_strangers
from app.organisations import queries as organisations
from app.proposals import queries as proposals
from app.rounds import queries as rounds
from app.rounds.commands import catch_up
from app.rounds.models import Round

MOST_AT_ONCE = 50
ROUND = "/rounds/<int:id>/answers"


@bp.get(ROUND, endpoint="round")
@shared_by_strangers
@guard("answers.round", round_=rounds.get)
def show(round_: Round) -> ResponseReturnValue:
    return _page(round_, OweForm(formdata=None), [])


@bp.post(ROUND)
@guard("answers.owe", round_=rounds.get)
def owe(round_: Round) -> ResponseReturnValue:
    """Name the unit that answers the chosen proposals."""
    form = OweForm()
    form.offer(organisations.units())
    chosen = ids_of("proposal")
    if not form.validate_on_submit() or not chosen:
        if not chosen:
            form.form_errors.append(_("Please choose at least one proposal."))
        return _page(round_, form, chosen), 422
    with transaction(asking="answers.owe", of=round_):
        catch_up(round_)
        unit = organisations.unit(int(form.unit.data))
        if unit is None:
            raise NotFound
        for id in chosen:
            proposal = proposals.get(id)
            if proposal is None or proposal.round_id != round_.id:
                raise NotFound
            commands.owe(proposal, unit, queries.due_on(round_), by=actor())
        name = unit.name
    flash(
        ngettext(
            "%(num)s proposal is with %(unit)s now.",
            "%(num)s proposals are with %(unit)s now.",
            len(chosen),
            unit=name,
        )
    )
    return redirect(url_for("answers.round", id=round_.id, show=request.args.get("show")), 303)


def ids_of(name: str) -> list[int]:
    """Ids of the ticked boxes, in order, each once."""
    ids = {id for id in map(small_number, request.form.getlist(name)) if id is not None}
    if len(ids) > MOST_AT_ONCE:
        raise Invalid(_("That is too much at once. Please choose fewer."))
    return sorted(ids)


def _page(round_: Round, form: OweForm, chosen: list[int]) -> str:
    names = can("answers.owe", round_)
    if names:
        form.offer(organisations.units())
    wanted = request.args.get("show", "")
    kind = Show(wanted) if wanted in set(Show) else Show.ALL
    after = small_number(request.args.get("after")) or 0
    found, following = queries.in_round(round_, kind, after)
    counts = queries.round_counts(round_)
    return render_template(
        "answers/round.html",
        round=round_,
        form=form,
        chosen=chosen,
        may_name=names,
        due_on=queries.due_on(round_),
        today=clock.today(),
        entries=found,
        counts=counts,
        tabs=_tabs(round_, kind, counts),
        more=url_for("answers.round", id=round_.id, show=kind, after=following)
        if following
        else None,
        total=counts[kind],
        here=url_for("answers.round", id=round_.id, show=kind),
    )


def _tabs(round_: Round, kind: Show, counts: dict[Show, int]) -> list[dict[str, Any]]:
    labels = {
        Show.ALL: _("All"),
        Show.UNNAMED: _("No unit named"),
        Show.OWED: _("Not answered"),
        Show.LATE: _("Late"),
        Show.ANSWERED: _("Answered"),
    }
    return [
        {
            "label": label,
            "url": url_for("answers.round", id=round_.id, show=show),
            "current": show is kind,
            "count": counts[show],
        }
        for show, label in labels.items()
    ]
