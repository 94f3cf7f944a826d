"""Taking part: one statement at a time, going back, adding one."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.errors import Invalid
from app.core.limits import hit
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.insights import commands, queries
from app.insights.forms import StatementForm
from app.insights.models import Landscape, Statement
from app.insights.queries import Said
from app.insights.states import Opinion
from app.insights.views import bp
from app.rounds.commands import catch_up
from app.voting.methods.landscape import next_statement

LABELS = {Opinion.AGREE: _l("Agree"), Opinion.DISAGREE: _l("Disagree"), Opinion.PASS: _l("Pass")}


def _me() -> int:
    me = actor().person_id
    if me is None:
        raise LookupError("the rule lets nobody in here who is not signed in")
    return me


@bp.get("/landscapes/<int:id>/next")
@guard("insights.take-part", landscape=queries.get)
def next_one(landscape: Landscape) -> ResponseReturnValue:
    """The statement that the fewest have answered; or the one that is asked for again."""
    found = queries.statements_for(landscape.id, _me())
    shown = _wanted(found) or _next(landscape.id, found)
    answered = sum(one.opinion is not None for one in found)
    return render_template(
        "insights/next.html",
        landscape=landscape,
        statement=shown,
        answered=answered,
        total=len(found),
        labels=LABELS,
        may_add=can("insights.add-statement", landscape),
    )


def _wanted(found: list[Said]) -> Said | None:
    asked = request.args.get("statement", "")
    return next((one for one in found if str(one.id) == asked), None)


def _next(landscape_id: int, found: list[Said]) -> Said | None:
    seen = {one.id: one.seen for one in found}
    answered = {one.id for one in found if one.opinion is not None}
    chosen = next_statement(list(seen), seen, answered, f"{landscape_id}:{_me()}")
    return next((one for one in found if one.id == chosen), None)


@bp.post("/landscapes/<int:landscape_id>/statements/<int:statement_id>")
@guard("insights.answer", landscape=queries.get, statement=queries.statement)
def answer(landscape: Landscape, statement: Statement) -> ResponseReturnValue:
    """Agree, pass or disagree; then the next one."""
    wanted = request.form.get("opinion", "")
    if wanted not in set(Opinion):
        raise Invalid(_("Please choose one of the three."))
    with transaction(asking="insights.answer", of=landscape, share=True):
        catch_up(landscape.round)
        commands.give_opinion(landscape, statement, Opinion(wanted), by=actor())
    back = request.form.get("back") == "mine"
    there = "insights.mine" if back else "insights.next_one"
    return redirect(url_for(there, id=landscape.id), 303)


@bp.get("/landscapes/<int:id>/mine")
@guard("insights.take-part", landscape=queries.get)
def mine(landscape: Landscape) -> ResponseReturnValue:
    """All statements with what one has answered, to change it; and one's own statements."""
    return render_template(
        "insights/mine.html",
        landscape=landscape,
        statements=queries.statements_for(landscape.id, _me()),
        written=queries.of_author(landscape.id, _me()),
        labels=LABELS,
    )


@bp.route("/landscapes/<int:id>/statements/new", methods=["GET", "POST"])
@guard("insights.add-statement", landscape=queries.get)
def add(landscape: Landscape) -> ResponseReturnValue:
    """What is nearly there already is shown first."""
    form = StatementForm()
    alike: list[str] = []
    if form.validate_on_submit():
        if not form.anyway.data:
            alike = commands.alike(landscape.id, form.text.data)
        if not alike:
            with transaction(asking="insights.add-statement", of=landscape):
                catch_up(landscape.round)
                hit("statement", str(_me()), most=20, per=timedelta(hours=1))
                commands.add_statement(landscape, form.text.data, by=actor())
            flash(_("Thank you. A moderator reads your statement before others can answer it."))
            return redirect(url_for("insights.next_one", id=landscape.id), 303)
    html = render_template("insights/add.html", landscape=landscape, form=form, alike=alike)
    return html, 422 if form.errors or alike else 200
