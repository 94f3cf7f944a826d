"""Moderators change the rules of a round that has begun: what, why, and everybody is told."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Conflict, Invalid, NotFound
from app.core.forms import show_instead
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.rounds import commands, queries
from app.rounds.forms import ChangedRulesForm, changed_rules_form
from app.rounds.models import Procedure, Round
from app.rounds.states import BEGUN, NOT_BEGUN
from app.rounds.views import bp, words
from app.voting import queries as votes


@bp.route("/rounds/<int:id>/rules", methods=["GET", "POST"])
@guard("rounds.run", round_=queries.get)
def rules(round_: Round) -> ResponseReturnValue:
    """First what would change, then the publication of exactly that."""
    if round_.state in NOT_BEGUN:
        return redirect(url_for("rounds.edit", id=round_.id), 303)
    if round_.state not in BEGUN:
        raise Conflict(_("The round is over. Its rules do not change any more."))
    form, id = changed_rules_form(round_), round_.id
    if not form.validate_on_submit() or not _possible(form, round_):
        return _page(id, form)
    wanted = form.procedure()
    if request.form.get("action") != "publish" or form.previewed.data != form.digest:
        return _page(id, form, wanted)
    try:
        with transaction(asking="rounds.run", of=round_):
            change = commands.change_rules(
                round_,
                wanted,
                because=form.reason.data,
                edition=form.edition.data or 0,
                by=actor(),
            )
    except commands.RulesOvertaken:
        return _page(id, form, wanted, overtaken=True)
    except Invalid as incomplete:
        form.form_errors.append(str(incomplete))
        return _page(id, form)
    flash(_("Published.") if change else _("Nothing was different, so nothing was changed."))
    return redirect(f"{url_for('rounds.procedure', id=id)}#changes", 303)


def _possible(form: ChangedRulesForm, round_: Round) -> bool:
    """Whether anything is different, and no vote on its way depends on it; says why not."""
    present, wanted = round_.procedure, form.procedure()
    if not words.differences(present, wanted):
        form.form_errors.append(_("These are the rules that are in force: nothing is different."))
    for field in (form.who_votes, form.persons_secret):
        same = getattr(present, field.name) == getattr(wanted, field.name)
        if not same and votes.on_its_way(round_.id):
            field.errors = [_("A vote of this round is on its way: this stays as it is.")]
    return not form.errors


def _page(
    id: int, form: ChangedRulesForm, wanted: Procedure | None = None, *, overtaken: bool = False
) -> ResponseReturnValue:
    """The round is read again: a refused change has let go of it."""
    round_ = queries.get(id)
    if round_ is None:
        raise NotFound
    if overtaken:
        show_instead(form.edition, round_.procedure_edition)
    page = render_template(
        "rounds/rules.html",
        round=round_,
        form=form,
        vote_runs=votes.on_its_way(id),
        differences=words.differences(round_.procedure, wanted) if wanted is not None else [],
        overtaken=overtaken,
    )
    return page, 409 if overtaken else 422 if form.errors else 200
