"""Voting: the ballot, a page to look it over (with the check code), and the casting.

The check code is made on the second page and travels signed with the ballot: nothing is stored to
show it, and the same page sent twice is the same vote.
"""

from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from app.core.errors import Conflict, Refused
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.sending import as_sent
from app.organisations.models import Release
from app.organisations.views.acts import Line, reads
from app.voting import commands, queries
from app.voting.commands import Done
from app.voting.forms import BallotForm, ballot
from app.voting.methods.chain import new_code, nonce_of, tidy
from app.voting.methods.reasons import asks_reason
from app.voting.models import Question
from app.voting.queries import electors
from app.voting.views import bp, words
from app.voting.views.prepare import caught_up
from config import Settings

HOURS = 12


@dataclass(frozen=True)
class Voice:
    """For whom the ballot is: oneself (no id), or an organisation."""

    id: int | None
    name: str
    voted: bool
    cast_by: str = ""


def voices_of(question: Question) -> list[Voice]:
    """All for whom the actor may vote, oneself first (≤ 3 queries)."""
    found = electors.voices(question, actor())
    done = electors.cast_by(question.id, actor(), found)
    oneself = [Voice(None, "", done.oneself)] if found.oneself else []
    return oneself + [
        Voice(id, name, id in done.organisations, done.organisations.get(id, ""))
        for id, name in found.organisations.items()
    ]


@bp.get("/questions/<int:id>/vote")
@guard("voting.vote", question=queries.get)
def vote(question: Question) -> ResponseReturnValue:
    """The ballot of one voice: `for` names an organisation."""
    wanted = request.args.get("for", "")
    voices = voices_of(question)
    voice = next((v for v in voices if str(v.id or "") == wanted), voices[0])
    return _ballot_page(question, ballot(question, actor().person_id), voice)


@bp.post("/questions/<int:id>/vote")
@guard("voting.cast", question=queries.get)
def review(question: Question) -> ResponseReturnValue:
    """What was ticked, to look over; a person gets a check code here."""
    form, voice = ballot(question, actor().person_id), _voice(question)
    filled = (
        form.validate_on_submit()
        and _old_code_fits(question, form, voice)
        and _reason_is_given(question, form, voice)
    )
    if not filled or request.form.get("action") == "edit":
        return _ballot_page(question, form, voice)
    return _review_page(question, form, voice)


@bp.post("/questions/<int:id>/cast")
@guard("voting.cast", question=queries.get)
def cast(question: Question) -> ResponseReturnValue:
    form, organisation = ballot(question, actor().person_id), actor().organisation_id
    if not form.validate_on_submit():
        return _ballot_page(question, form, _voice(question))
    code = "" if organisation else _code(question, request.form.get("code_token", ""))
    if code is None:
        flash(_("This page was open for too long. There is a new check code."), "warning")
        return _review_page(question, form, _voice(question)), 422
    caught_up(question.round, question)
    with transaction(asking="voting.cast", of=question, share=True):
        _check_same(question, request.form.get("manifest", ""))
        done = _cast(question, form, code)
    flash(_said(done, organisation))
    return redirect(url_for("voting.show", id=question.id), 303)


@reads("voting.cast")
def in_words(release: Release) -> list[Line]:
    """A vote that waits for a second person of the organisation."""
    question = queries.get(release.arguments["id"])
    if question is None:
        return []
    with as_sent((name, value) for name, value in release.fields):
        form = ballot(question, None)
    lines = [(_("Vote"), line) for line in words.chosen(question, form.content())]
    return [*lines, (_("Reason"), form.reason.data)] if form.reason.data else lines


def _cast(question: Question, form: BallotForm, code: str) -> Done:
    by = actor()
    if by.organisation_id is not None:
        return commands.cast_open(question, form.content(), reason=form.reason.data or "", by=by)
    old_code = form.old_code.data or ""
    return commands.cast_secret(question, form.content(), code=code, old_code=old_code, by=by)


def _check_same(question: Question, manifest_hash: str) -> None:
    """A page that was opened before the question was taken back and changed is about another."""
    if manifest_hash and manifest_hash != question.manifest_hash:
        raise Conflict(
            _("The question was changed after you opened this page. Please read it again.")
        )


def _said(done: Done, organisation: int | None) -> str:
    if organisation is not None:
        return _("The vote of your organisation is cast. You can change it until the close.")
    if done is Done.REPLACED:
        return _("Your vote is changed. Only the new check code is valid now.")
    return _("Your vote is cast. Keep your check code: we do not know it.")


def _voice(question: Question) -> Voice:
    """The one that the form speaks for; the rule has allowed it."""
    chosen = actor().organisation_id
    found = next((v for v in voices_of(question) if v.id == chosen), None)
    if found is None:
        raise Refused
    return found


def _old_code_fits(question: Question, form: BallotForm, voice: Voice) -> bool:
    """Who changes a secret vote proves that it is theirs, before they look it over."""
    if voice.id is not None or not voice.voted:
        return True
    nonce = nonce_of(question.manifest_hash, tidy(form.old_code.data or ""))
    old = queries.ballot_by_nonce(question.id, nonce)
    if old is not None and not old.replaced:
        return True
    form.old_code.errors = [
        _("No vote belongs to this check code. Please compare it letter by letter.")
        if form.old_code.data
        else _("You have voted already. To change your vote, please enter its check code.")
    ]
    return False


def _reason_is_given(question: Question, form: BallotForm, voice: Voice) -> bool:
    """Who objects in public says why; of secret votes no reason is asked."""
    owed = voice.id is not None and asks_reason(question.method, form.content())
    if owed and not form.reason.data:
        form.reason.errors = [_("Please say why: everybody reads it together with the vote.")]
        return False
    return True


def _ballot_page(question: Question, form: BallotForm, voice: Voice) -> ResponseReturnValue:
    html = render_template(
        "voting/ballot.html",
        question=question,
        form=form,
        voice=voice,
        others=[v for v in voices_of(question) if v.id != voice.id],
        text=to_html(question.text),
        change=words.change(question),
        method=words.method(question),
        when=words.when(question.round),
    )
    return html, 422 if form.errors else 200


def _review_page(question: Question, form: BallotForm, voice: Voice) -> str:
    code = "" if voice.id else new_code()
    return render_template(
        "voting/review.html",
        question=question,
        form=form,
        voice=voice,
        content=form.content(),
        chosen=words.chosen(question, form.content()),
        code=code,
        code_token=_sign(question, code) if code else "",
        when=words.when(question.round),
    )


def _sign(question: Question, code: str) -> str:
    return _serializer().dumps([question.id, actor().person_id, code, question.manifest_hash])


def _code(question: Question, signed: str) -> str | None:
    """The code that this person was shown for this question; None where the page is too old."""
    try:
        question_id, person_id, code, manifest = _serializer().loads(signed, max_age=HOURS * 3600)
    except (BadData, ValueError):
        return None
    if (question_id, person_id) != (question.id, actor().person_id):
        raise Conflict(_("This check code was made for somebody else. Please begin again."))
    _check_same(question, manifest)
    return str(code)


def _serializer() -> URLSafeTimedSerializer:
    settings: Settings = current_app.config["SETTINGS"]
    return URLSafeTimedSerializer(settings.secret_key, salt="check-code")
