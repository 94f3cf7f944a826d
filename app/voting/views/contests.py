"""Objecting to the method of a question, and the vote about it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Invalid, NotFound
from app.core.languages import locale_of
from app.core.policy import verdict
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.organisations.models import Release
from app.organisations.views.acts import Line, reads
from app.rounds import commands as rounds
from app.voting import commands, queries
from app.voting.commands import Variant
from app.voting.forms import EXPLAINED
from app.voting.forms.contests import MethodObjectionForm, MethodVoteForm
from app.voting.models import Question
from app.voting.queries import contests, electors
from app.voting.states import Contest
from app.voting.views import bp, words
from app.voting.views.prepare import caught_up

VOTE_DAYS = 7
"""So long a vote about a method takes, unless moderators choose otherwise."""


@bp.get("/questions/<int:id>/method-objections")
@guard("voting.method-objections", question=queries.get)
def method_objections(question: Question) -> ResponseReturnValue:
    """The rule, how many object, which organisations with their reasons; and one's own."""
    return _page(question, _objection_form(question, {"formdata": None}))


@bp.post("/questions/<int:id>/method-objections")
@guard("voting.object-to-method", question=queries.get)
def object_to_method(question: Question) -> ResponseReturnValue:
    form, id = _objection_form(question, {}), question.id
    if form.validate_on_submit():
        try:
            with transaction(asking="voting.object-to-method", of=question):
                commands.object_to_method(
                    question, form.instead.data, reason=form.reason.data or "", by=actor()
                )
            flash(_("Your objection counts. You can take it back as long as the days run."))
            return redirect(url_for("voting.method_objections", id=id), 303)
        except Invalid as refused:
            form.reason.errors = [str(refused)]
    return _page(_again(id), form)


@bp.post("/questions/<int:id>/method-objections/take-back")
@guard("voting.object-to-method", question=queries.get)
def take_objection_back(question: Question) -> ResponseReturnValue:
    id = question.id
    with transaction(asking="voting.object-to-method", of=question):
        commands.take_objection_back(question, by=actor())
    flash(_("The objection is taken back and does not count any more."))
    return redirect(url_for("voting.method_objections", id=id), 303)


@reads("voting.object_to_method")
def in_words(release: Release) -> list[Line]:
    """An objection that waits for a second person of the organisation."""
    sent = dict(release.fields)
    name = words.NAMES.get(sent.get("instead", ""))
    lines = [(_("By which method would you rather vote?"), str(name))] if name else []
    return [*lines, *([(_("Reason"), sent["reason"])] if sent.get("reason") else [])]


@bp.route("/questions/<int:id>/method-vote", methods=["GET", "POST"])
@guard("voting.put-method-to-vote", question=queries.get)
def put_method_to_vote(question: Question) -> ResponseReturnValue:
    """One act of the moderators: the vote has its round, its time and its options."""
    methods, id = commands.methods_to_choose(question), question.id
    form = MethodVoteForm(data=_usual(question))
    if form.validate_on_submit():
        caught_up(question.round, question)
        try:
            with transaction(asking="voting.put-method-to-vote", of=[question.round, question]):
                vote = commands.put_method_to_vote(
                    question,
                    form.title.data,
                    _in_language_of(question, lambda: words.what_it_decides(question)),
                    _variants(question, methods),
                    opens_at=form.opens_at.data,
                    closes_at=form.closes_at.data,
                    by=actor(),
                )
                vote_id = vote.id
            flash(_("The vote about the method is announced. Its result applies by itself."))
            return redirect(url_for("voting.show", id=vote_id), 303)
        except rounds.TitleTaken:
            form.title.errors = [_("Another round of this dialogue has this title.")]
        except Invalid as refused:
            form.form_errors.append(str(refused))
        question = _again(id)
    html = render_template(
        "voting/method_vote.html",
        question=question,
        form=form,
        methods=[(words.NAMES[name], EXPLAINED[name]) for name in methods],
    )
    return html, 422 if form.errors else 200


def _again(id: int) -> Question:
    """Read anew: a refused change has let go of it."""
    question = queries.get(id)
    if question is None:
        raise NotFound
    return question


def _usual(question: Question) -> dict[str, Any]:
    begin = clock.local(clock.now() + timedelta(days=1)).replace(hour=0, minute=0, second=0)
    opens_at = clock.from_local(begin.replace(tzinfo=None, microsecond=0))
    title = _in_language_of(
        question, lambda: _("Which method for “%(title)s”?", title=question.title)
    )
    return {
        "title": title[:160],
        "opens_at": opens_at,
        "closes_at": opens_at + timedelta(days=VOTE_DAYS),
    }


def _in_language_of(question: Question, say: Callable[[], object]) -> str:
    """What everybody will read stands in the first language that the round promises."""
    with force_locale(locale_of((question.round.procedure.languages or ["de"])[0])):
        return str(say())


def _variants(question: Question, methods: list[str]) -> list[Variant]:
    return [
        Variant(
            title=_in_language_of(question, partial(str, words.NAMES[name])),
            text=_in_language_of(question, partial(str, EXPLAINED[name])),
        )
        for name in methods
    ]


def _objection_form(question: Question, more: dict[str, Any]) -> MethodObjectionForm:
    return MethodObjectionForm(commands.alternatives(question), words.NAMES, **more)


def _page(question: Question, form: MethodObjectionForm) -> ResponseReturnValue:
    period = question.period
    running = period is not None and period.state is Contest.RUNNING
    may = verdict("voting.object-to-method", actor(), question) is True
    voices = electors.voices(question, actor()) if running else electors.Voices(False, {})
    offers: list[dict[str, Any]] = [{"value": "", "label": _("Yourself")}] if voices.oneself else []
    offers += [{"value": id, "label": name} for id, name in voices.organisations.items()]
    html = render_template(
        "voting/method_objections.html",
        question=question,
        form=form,
        may=may or bool(voices.organisations and running),
        voices=offers,
        mine=contests.of_actor(question, actor()) if running else [],
        standing=contests.standing(question) if running else None,
        lines=words.contest(question),
        organisations=contests.of_organisations(question),
        names=words.NAMES,
        explained=EXPLAINED,
    )
    return html, 422 if form.errors else 200
