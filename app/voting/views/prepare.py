"""Moderators write a question, see it as voters will, publish it, and take it back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.amendments import queries as amendments
from app.core import clock
from app.core.db import Base
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.rounds import queries as rounds
from app.rounds.commands import catch_up
from app.rounds.models import Round
from app.rounds.policy import window_open
from app.rounds.states import Activity
from app.voting import commands, queries
from app.voting.commands import draft_of
from app.voting.commands.drafts import ABOUT_ONE
from app.voting.forms import EXPLAINED, KINDS, MethodForm, QuestionForm, ballot
from app.voting.jobs import contests
from app.voting.models import Question
from app.voting.states import Chamber, QuestionState
from app.voting.views import bp, words


def caught_up(round_: Round, question: Question | None = None) -> None:
    """What is due in the round happens first, in a transaction of its own.

    Opening and closing lock the question alone, so no vote may hold it at that moment. So do the
    days for objections to the method of the `question` that it is about.
    """
    if question is not None and commands.objections_are_due(question):
        contests.end(question.id)
    if rounds.edges_to_run(round_.id, clock.now()):
        with transaction():
            catch_up(round_)


@bp.route("/rounds/<int:id>/questions/new", methods=["GET", "POST"])
@guard("voting.new", round_=rounds.get)
def new(round_: Round) -> ResponseReturnValue:
    """In two steps: what it is about, then what the method needs."""
    method = _method()
    if method is None:
        return _choose(round_)
    form = QuestionForm(method, round_)
    form.offer(queries.offered(round_.dialogue_id))
    if not filled(form):
        return form_page(form, round_)
    caught_up(round_)
    with transaction(asking="voting.new", of=round_):
        question = commands.create_question(round_, form.draft(), by=actor())
        question_id = question.id
    flash(_("The draft is kept. Only moderators see it."))
    return redirect(url_for("voting.preview", id=question_id), 303)


@bp.route("/questions/<int:id>/edit", methods=["GET", "POST"])
@guard("voting.edit", question=queries.get)
def edit(question: Question) -> ResponseReturnValue:
    """What is there, with another method if one was chosen."""
    if "choose" in request.args:
        return _choose(question.round, question)
    form = QuestionForm(_method() or question.method, question.round, draft_of(question))
    form.offer(queries.offered(question.round.dialogue_id), question)
    if not filled(form):
        return form_page(form, question.round, question, words.change(question))
    caught_up(question.round, question)
    with transaction(asking="voting.edit", of=[*to_lock(question), question]):
        commands.change_question(
            question, form.draft(), edition=form.edition.data or "", by=actor()
        )
    return redirect(url_for("voting.preview", id=question.id), 303)


@bp.get("/questions/<int:id>/preview")
@guard("voting.edit", question=queries.get)
def preview(question: Question) -> ResponseReturnValue:
    """The ballot as each kind of voter will see it, before it is fixed."""
    asked = words.asked(question)
    wanted = request.args.get("seen_by", "")
    chamber = Chamber(wanted) if wanted in asked else asked[0]
    contested = commands.can_be_contested(question)
    return render_template(
        "voting/preview.html",
        question=question,
        form=ballot(question, actor().person_id),
        tabs=[
            {
                "label": words.SEEN_BY[one],
                "url": url_for("voting.preview", id=question.id, seen_by=one),
                "current": one is chamber,
            }
            for one in asked
        ],
        chamber=chamber,
        change=words.change(question),
        problems=[message for _field, message in commands.problems_of(question)],
        at_once=window_open(question.round, Activity.VOTE) is True and not contested,
        contested=contested,
        text=to_html(question.text),
        method=words.method(question),
        rules=words.rules(question),
        when=words.when(question.round),
    )


@bp.post("/questions/<int:id>/publish")
@guard("voting.publish", question=queries.get)
def publish(question: Question) -> ResponseReturnValue:
    caught_up(question.round, question)
    with transaction(asking="voting.publish", of=[*to_lock(question), question.round, question]):
        commands.publish_question(question, by=actor())
        opened, held = question.state is QuestionState.OPEN, question.held
    flash(_published(opened=opened, held=held))
    return redirect(url_for("voting.show", id=question.id), 303)


def _published(*, opened: bool, held: bool) -> str:
    if opened:
        return _("The question is published, and the vote is open.")
    if held:
        return _(
            "The question is published. For seven days one can object to its method; it opens "
            "after that, when the time for voting comes."
        )
    return _("The question is published. It opens by itself when the time for voting comes.")


@bp.get("/questions/<int:id>/withdraw")
@guard("voting.withdraw", question=queries.get)
def ask_withdraw(question: Question) -> ResponseReturnValue:
    return render_template("voting/withdraw.html", question=question)


@bp.post("/questions/<int:id>/withdraw")
@guard("voting.withdraw", question=queries.get)
def withdraw(question: Question) -> ResponseReturnValue:
    caught_up(question.round, question)
    with transaction(asking="voting.withdraw", of=[*to_lock(question), question]):
        commands.withdraw_question(question, by=actor())
    flash(_("The question is a draft again."))
    return redirect(url_for("voting.preview", id=question.id), 303)


def to_lock(question: Question) -> list[Base]:
    """The amendment that it is about, with its proposal: what is locked before the question."""
    found = amendments.get(question.amendment_id) if question.amendment_id is not None else None
    return [found.proposal, found] if found is not None else []


def _method() -> str | None:
    """The method of the form, or the one that the first step has chosen."""
    if request.method == "POST":
        return request.form.get("method", "")
    return MethodForm(request.args, words.NAMES).chosen()


def filled(form: QuestionForm) -> bool:
    if request.method == "POST" and request.form.get("action") == "more":
        form.variants.add_rows()
        return False
    return form.validate_on_submit()


def _choose(round_: Round, question: Question | None = None) -> ResponseReturnValue:
    """The first step. It goes on by GET: nothing is kept yet."""
    return render_template(
        "voting/method.html",
        form=MethodForm(None, words.NAMES),
        kinds={
            name: _(
                "Suits it: %(method)s. %(words)s",
                method=words.NAMES[kind.method],
                words=EXPLAINED[kind.method],
            )
            for name, kind in KINDS.items()
            if kind.method in words.NAMES
        },
        methods=EXPLAINED,
        round=round_,
        question=question,
    )


def form_page(
    form: QuestionForm,
    round_: Round,
    question: Question | None = None,
    change: words.Change | None = None,
    others: list[Round] | None = None,
) -> ResponseReturnValue:
    """`change` is the amendment that it is about, `others` are rounds that could vote as well."""
    first = url_for("voting.new", id=round_.id)
    if change is not None:  # it can only be asked about by the other one of two
        other = next(name for name in ABOUT_ONE if name != form.method.data)
        first = url_for(request.endpoint or "", **(request.view_args or {}), method=other)
    elif question is not None:
        first = url_for("voting.edit", id=question.id, choose="method")
    html = render_template(
        "voting/edit.html",
        form=form,
        round=round_,
        question=question,
        change=change,
        others=others or [],
        method=words.NAMES.get(form.method.data or ""),
        explained=EXPLAINED.get(form.method.data or ""),
        action=request.path,
        other_method=first,
        secrecy=words.secrecy(round_),
    )
    return html, 422 if form.errors else 200
