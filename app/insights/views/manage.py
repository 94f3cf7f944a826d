"""Moderators set a landscape up, publish it, and read the statements that people add."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Invalid
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.insights import commands, queries
from app.insights.forms import LandscapeForm, RefusalForm
from app.insights.models import Landscape, Statement
from app.insights.states import LandscapeState
from app.insights.views import bp
from app.rounds import queries as rounds
from app.rounds.commands import catch_up
from app.rounds.models import Round


@bp.route("/rounds/<int:id>/landscapes/new", methods=["GET", "POST"])
@guard("insights.new", round_=rounds.get)
def new(round_: Round) -> ResponseReturnValue:
    form = LandscapeForm(data={"open_to_statements": True, "smallest_group": 10})
    round_id = round_.id
    if form.validate_on_submit():
        try:
            with transaction(asking="insights.new", of=round_):
                made = commands.create_landscape(round_, **_words(form), by=actor())
                made_id = made.id
            flash(_("The draft is kept. Only moderators see it."))
            return redirect(url_for("insights.manage", id=made_id), 303)
        except Invalid as wrong:
            form.title.errors = [str(wrong.message)]
            rounds.get(round_id)  # fills the same object afresh: nothing of it was kept
    return _form(form, round_)


@bp.route("/landscapes/<int:id>/edit", methods=["GET", "POST"])
@guard("insights.manage", landscape=queries.get)
def edit(landscape: Landscape) -> ResponseReturnValue:
    texts = "\n".join(queries.texts(landscape.id).values())
    form, id = LandscapeForm(obj=landscape, data={"statements": texts}), landscape.id
    if form.validate_on_submit():
        try:
            with transaction(asking="insights.manage", of=landscape):
                commands.change_landscape(landscape, **_words(form), by=actor())
            return redirect(url_for("insights.manage", id=id), 303)
        except Invalid as wrong:
            form.title.errors = [str(wrong.message)]
            queries.get(id)
    return _form(form, landscape.round, landscape)


def _words(form: LandscapeForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "text": form.text.data or "",
        "statements": form.lines(),
        "open_to_statements": bool(form.open_to_statements.data),
        "smallest_group": form.smallest_group.data,
    }


def _form(
    form: LandscapeForm, round_: Round, landscape: Landscape | None = None
) -> ResponseReturnValue:
    html = render_template("insights/edit.html", form=form, round=round_, landscape=landscape)
    return html, 422 if form.errors else 200


@bp.get("/landscapes/<int:id>/manage")
@guard("insights.manage", landscape=queries.get)
def manage(landscape: Landscape) -> ResponseReturnValue:
    """Its statements, what waits first."""
    return render_template(
        "insights/manage.html",
        landscape=landscape,
        statements=queries.all_statements(landscape.id),
        draft=landscape.state is LandscapeState.DRAFT,
        drawn=landscape.state is LandscapeState.DRAWN,
    )


@bp.post("/landscapes/<int:id>/publish")
@guard("insights.manage", landscape=queries.get)
def publish(landscape: Landscape) -> ResponseReturnValue:
    with transaction(asking="insights.manage", of=landscape):
        commands.publish_landscape(landscape, by=actor())
    flash(_("It is published. People can take part while the round's vote is open."))
    return redirect(url_for("insights.show", id=landscape.id), 303)


@bp.post("/landscapes/<int:landscape_id>/statements/<int:statement_id>/show")
@guard("insights.review", landscape=queries.get, statement=queries.statement)
def show_statement(landscape: Landscape, statement: Statement) -> ResponseReturnValue:
    with transaction(asking="insights.review", of=landscape):
        commands.show_statement(landscape, statement, by=actor())
    flash(_("The statement can be answered now."))
    return redirect(url_for("insights.manage", id=landscape.id), 303)


@bp.route(
    "/landscapes/<int:landscape_id>/statements/<int:statement_id>/refuse", methods=["GET", "POST"]
)
@guard("insights.review", landscape=queries.get, statement=queries.statement)
def refuse_statement(landscape: Landscape, statement: Statement) -> ResponseReturnValue:
    form = RefusalForm()
    if form.validate_on_submit():
        with transaction(asking="insights.review", of=landscape):
            catch_up(landscape.round)
            commands.refuse_statement(landscape, statement, because=form.reason.data, by=actor())
        flash(_("The statement is not shown."))
        return redirect(url_for("insights.manage", id=landscape.id), 303)
    html = render_template(
        "insights/refuse.html", landscape=landscape, statement=statement, form=form
    )
    return html, 422 if form.errors else 200
