"""The moderators' start page, a round with its checklists, and the steps in its life.

Each step has a page that asks first.
"""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.answers import queries as answers
from app.core import clock
from app.core.errors import Invalid, NotFound
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.followup import queries as followup
from app.moderation.queries import waiting
from app.rounds import commands, queries
from app.rounds.forms import ResumeForm
from app.rounds.models import Round, RoundKind
from app.rounds.states import BEGUN, NOT_BEGUN, ROUND, RoundState
from app.rounds.views import bp, words
from app.voting import queries as votes

STEPS = {
    "announce": (commands.announce, _l("Announce"), _l("Everybody sees the round from now on.")),
    "open": (
        commands.open_,
        _l("Open"),
        _l("From now on the rules change only with a published reason."),
    ),
    "pause": (commands.pause, _l("Pause"), _l("Nothing can be done until you resume the round.")),
    "resume": (commands.resume, _l("Resume"), _l("What came due meanwhile happens now.")),
    "close": (commands.close, _l("Close"), _l("Everything that is open ends now, for good.")),
    "answer": (
        commands.mark_answered,
        _l("Mark as answered"),
        _l("This is possible as soon as every proposal has its answer."),
    ),
    "archive": (commands.archive, _l("Archive"), _l("Nothing changes any more after this.")),
}


@bp.get("/moderate")
@guard("rounds.moderating")
def moderating() -> ResponseReturnValue:
    """The dialogues that one moderates."""
    found, following = queries.moderated(actor(), small_number(request.args.get("before")))
    return render_template(
        "rounds/moderating.html",
        dialogues=found,
        more=url_for("rounds.moderating", before=following) if following else None,
    )


@bp.get("/rounds/<int:id>/manage")
@guard("rounds.run", round_=queries.get)
def manage(round_: Round) -> ResponseReturnValue:
    """What is missing, the windows, the rules, and the next steps."""
    begun = round_.state not in NOT_BEGUN
    rough = queries.rough_windows(round_.id) if round_.state is RoundState.DRAFT else {}
    elsewhere = {
        "proposals.index": _("Proposals"),
        "voting.new": _("New vote"),
        "insights.new": _("New opinion landscape"),
        "moderation.summary": _("Summary of the round"),
        "answers.round": _("Answers: which unit answers what"),
    }
    if round_.kind is RoundKind.METHOD:
        elsewhere["voting.method"] = _("From the vote to the rules")
    if round_.kind is RoundKind.TEXT_REVIEW and can("proposals.publish-text", round_):
        elsewhere["proposals.publish_text"] = _("Publish a draft text")
    if round_.kind is RoundKind.FOLLOW_UP:
        elsewhere["followup.begin"] = _("Reports of a year")
    return render_template(
        "rounds/manage.html",
        round=round_,
        state=words.STATES[round_.state],
        checks=_checks(round_),
        warnings=[]
        if round_.state in words.OVER
        else queries.contradictions(round_, queries.rounds_of(round_.dialogue_id, actor())),
        windows=words.all_activities(round_, rough),
        begun=begun,
        may_change=round_.state in BEGUN,
        rules=words.rules(round_.procedure),
        steps=[(name, STEPS[name][1]) for name in ROUND.actions(round_.state)],
        elsewhere=_there(elsewhere, round_.id),
    )


def _checks(round_: Round) -> list[queries.Check]:
    """What to look at before the round opens, or before it is archived."""
    if round_.state in NOT_BEGUN:
        return queries.before_opening(round_)
    if round_.state is RoundState.ARCHIVED:
        return []
    return queries.before_archiving(
        round_,
        unanswered=answers.missing(round_.id),
        unreported=followup.missing(round_.id) if round_.kind is RoundKind.FOLLOW_UP else 0,
        votes_left=votes.on_its_way(round_.id),
        waiting=waiting.standing(round_.dialogue_id, clock.now()).total,
    )


def _there(pages: dict[str, str], id: int) -> list[tuple[str, str]]:
    """Label and address of those pages of other features that this platform has."""
    return [
        (label, url_for(endpoint, id=id))
        for endpoint, label in pages.items()
        if endpoint in current_app.view_functions
    ]


@bp.route("/rounds/<int:id>/manage/resume", methods=["GET", "POST"])
@guard("rounds.run", round_=queries.get)
def resume(round_: Round) -> ResponseReturnValue:
    """Ask first, and whether the time of the pause is given back."""
    form, id = ResumeForm(), round_.id
    if form.validate_on_submit():
        try:
            with transaction(asking="rounds.run", of=round_):
                commands.resume(
                    round_,
                    add_pause=form.ends.data == "moved",
                    because=form.reason.data or "",
                    by=actor(),
                )
            flash(_("Done."))
            return redirect(url_for("rounds.manage", id=id), 303)
        except Invalid as refused:
            form.reason.errors = [str(refused)]
    page = render_template("rounds/resume.html", round=queries.get(id), form=form)
    return page, 422 if form.errors else 200


@bp.get("/rounds/<int:id>/manage/<string:step>")
@guard("rounds.run", round_=queries.get)
def ask_step(round_: Round, step: str) -> ResponseReturnValue:
    """Ask first."""
    if step not in STEPS:
        raise NotFound
    _command, label, consequence = STEPS[step]
    return render_template(
        "rounds/step.html", round=round_, step=step, label=label, consequence=consequence
    )


@bp.post("/rounds/<int:id>/manage/<string:step>")
@guard("rounds.run", round_=queries.get)
def take_step(round_: Round, step: str) -> ResponseReturnValue:
    """Go on; sent twice, the second time is told that it has been done."""
    if step not in STEPS:
        raise NotFound
    with transaction(asking="rounds.run", of=round_):
        STEPS[step][0](round_, by=actor())
    flash(_("Done."))
    return redirect(url_for("rounds.manage", id=round_.id), 303)
