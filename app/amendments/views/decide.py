"""Deciding about an amendment: by those who made the proposal."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.amendments import commands, queries
from app.amendments.forms import AcceptFields, AcceptRulesForm, DeclineForm, accept_form
from app.amendments.models import Amendment
from app.amendments.queries.standing import beside, standing
from app.amendments.states import AmendmentState
from app.amendments.views import bp
from app.amendments.views.words import change_by
from app.core.errors import Invalid
from app.core.text.diff import pieces
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.proposals.commands import Overtaken
from app.rounds.commands import catch_up
from app.voting.queries.amendments import about_amendment


@bp.get("/amendments/<int:id>/decide")
@guard("amendments.decide", amendment=queries.get)
def decide(amendment: Amendment) -> ResponseReturnValue:
    """The change, what stands beside it, and the two ways to answer."""
    return _page(amendment)


@bp.post("/amendments/<int:id>/accept")
@guard("amendments.decide", amendment=queries.get)
def accept(amendment: Amendment) -> ResponseReturnValue:
    form = _form(amendment)
    if not form.validate_on_submit():
        return _page(amendment, accepting=form, status=422)
    amendment_id = amendment.id
    try:
        with transaction(asking="amendments.decide", of=[amendment.proposal, amendment]):
            catch_up(amendment.proposal.round)
            _accept(amendment, form)
            whole = amendment.state is AmendmentState.ACCEPTED
    except Overtaken:
        return _again(amendment_id, form)
    except commands.ReasonMissing as missing:
        form.note.errors = [str(missing)]
        return _page(queries.get(amendment_id) or amendment, accepting=form, status=422)
    except Invalid as wrong:
        (form.rules if isinstance(form, AcceptRulesForm) else form.words).errors = [str(wrong)]
        return _page(queries.get(amendment_id) or amendment, accepting=form, status=422)
    flash(
        _("Accepted. There is a new version, which names the amendment.")
        if whole
        else _("Accepted in part. There is a new version, which names the amendment.")
    )
    return redirect(url_for("amendments.show", id=amendment_id), 303)


def _form(amendment: Amendment, **values: Any) -> AcceptFields | AcceptRulesForm:
    """What is asked of who accepts: the words that come to stand there, or which rules do."""
    if amendment.rules is None:
        return accept_form(amendment.proposal.round.procedure.text_length, **values)
    form = AcceptRulesForm(**values)
    form.offer(amendment.rules)
    return form


def _accept(amendment: Amendment, form: AcceptFields | AcceptRulesForm) -> None:
    edition, checked = form.read_edition, bool(form.checked.data)
    note, by = form.note.data or "", actor()
    if isinstance(form, AcceptRulesForm):
        names = form.rules.data or ()
        commands.accept_rules(amendment, names, edition=edition, checked=checked, note=note, by=by)
        return
    words = form.words.data or ""
    commands.accept(amendment, words, edition=edition, checked=checked, note=note, by=by)


@bp.post("/amendments/<int:id>/decline")
@guard("amendments.decide", amendment=queries.get)
def decline(amendment: Amendment) -> ResponseReturnValue:
    form = DeclineForm()
    if not form.validate_on_submit():
        return _page(amendment, declining=form, status=422)
    with transaction(asking="amendments.decide", of=[amendment.proposal, amendment]):
        catch_up(amendment.proposal.round)
        commands.decline(amendment, reason=form.reason.data or "", by=actor())
    flash(_("Declined. Whoever suggested it can read the reason."))
    return redirect(url_for("amendments.show", id=amendment.id), 303)


@bp.post("/amendments/<int:id>/want-vote")
@guard("amendments.want-vote", amendment=queries.get)
def want_vote(amendment: Amendment) -> ResponseReturnValue:
    """Those who made the proposal would rather have a vote: the moderators are asked."""
    with transaction(asking="amendments.want-vote", of=[amendment.proposal, amendment]):
        catch_up(amendment.proposal.round)
        commands.want_vote(amendment, by=actor())
    flash(_("The moderators are asked. Until there is a vote you can still decide yourselves."))
    return redirect(url_for("amendments.show", id=amendment.id), 303)


def _again(amendment_id: int, form: AcceptFields | AcceptRulesForm) -> ResponseReturnValue:
    """A newer version was published since: what was typed stays, beside the text of now."""
    fresh = queries.get(amendment_id)
    assert fresh is not None  # noqa: S101 — nothing is ever deleted
    form.edition.data = str(fresh.proposal.edition)
    form.checked.data = False
    return _page(fresh, accepting=form, status=409, overtaken=True)


def _page(
    amendment: Amendment,
    *,
    accepting: AcceptFields | AcceptRulesForm | None = None,
    declining: DeclineForm | None = None,
    status: int = 200,
    overtaken: bool = False,
) -> ResponseReturnValue:
    proposal = amendment.proposal
    bodies = queries.bodies(proposal.id)
    now = standing(amendment, proposal.body, bodies)
    if accepting is None:
        words = now.now if now.then is None else now.then
        values = {"words": words, "rules": list(amendment.rules or ())}
        values["edition"] = str(proposal.edition)
        accepting = _form(amendment, formdata=None, data=values)
    html = render_template(
        "amendments/decide.html",
        amendment=amendment,
        proposal=proposal,
        now=now,
        asked=change_by(amendment),
        outcome=pieces(now.now, now.then) if now.then is not None else None,
        beside=[
            (one, change_by(one.amendment))
            for one in beside(amendment, queries.others_open(amendment), proposal.body, bodies)
        ],
        accepting=accepting,
        declining=declining or DeclineForm(formdata=None),
        overtaken=overtaken,
        vote=about_amendment(amendment.id),
        must_be_carried_out=commands.must_be_carried_out(amendment),
    )
    return html, status
