"""The summary of a round: read, written, disputed, and what a minority says beside it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Conflict, Invalid, NotFound
from app.core.subjects import describe
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.moderation import commands
from app.moderation.forms.summaries import (
    ENDINGS,
    PARTS,
    DisputeForm,
    EndDisputeForm,
    MinorityForm,
    SummaryForm,
)
from app.moderation.models import Dispute, Ending, Part, Summary, SummaryVersion
from app.moderation.queries import summaries
from app.moderation.views import bp
from app.proposals import queries as proposals
from app.rounds import queries as rounds
from app.rounds.models import Round
from app.rounds.views.translations import told


@bp.get("/rounds/<int:id>/summary")
@guard("moderation.summary", round_=rounds.get)
def summary(round_: Round) -> ResponseReturnValue:
    """Agreement, dissent, open questions with their sources; disputes and minorities."""
    return _page(round_)


def _page(
    round_: Round, dispute: DisputeForm | None = None, minority: MinorityForm | None = None
) -> ResponseReturnValue:
    found = summaries.of_round(round_.id)
    versions = summaries.versions(found.id) if found is not None else []
    sources = summaries.sources(found.id) if found is not None else {}
    known = versions[0] if versions else None
    here = told(found.id, summaries.words_of_version(known)) if found and known else None
    page = render_template(
        "moderation/summary.html",
        round=round_,
        summary=found,
        told=here,
        said=[
            (part, to_html(here.words[_NAMES[part]])) for part in Part if _NAMES[part] in here.words
        ]
        if here
        else [],
        versions=[(one, _parts(one)) for one in versions],
        sources=sources,
        parts=PARTS,
        endings=ENDINGS,
        disputes=summaries.disputes(found.id) if found is not None else [],
        minority=summaries.minority(found.id) if found is not None else [],
        dispute_form=(dispute or DisputeForm(formdata=None))
        if known is not None and can("moderation.dispute", round_)
        else None,
        minority_form=minority or MinorityForm(formdata=None),
        speaks_for=[
            {"value": one.id, "label": one.name}
            for one in proposals.speakers(round_.dialogue_id, actor())
            if known is not None
        ],
    )
    wrong = (dispute is not None and dispute.errors) or (minority is not None and minority.errors)
    return page, 422 if wrong else 200


_NAMES = {Part.AGREEMENT: "agreement", Part.DISSENT: "dissent", Part.OPEN: "open_questions"}


def _parts(version: SummaryVersion) -> list[tuple[Part, str]]:
    said = (version.agreement, version.dissent, version.open_questions)
    return [(part, to_html(text)) for part, text in zip(Part, said, strict=True) if text]


@bp.route("/rounds/<int:id>/summary/edit", methods=["GET", "POST"])
@guard("moderation.sum-up", round_=rounds.get)
def edit_summary(round_: Round) -> ResponseReturnValue:
    """The first one, or a new edition; the earlier ones stay readable."""
    id = round_.id
    form = _summary_form(id)
    if form.validate_on_submit() and not form.refuse(
        summaries.within(id, [source for ids in form.sources.values() for source in ids])
    ):
        try:
            with transaction(asking="moderation.sum-up", of=round_):
                commands.publish_summary(
                    round_, form.words, form.sources, edition=form.edition, by=actor()
                )
            flash(_("Published."))
            return redirect(url_for("moderation.summary", id=id), 303)
        except Conflict as refused:
            form.form_errors.append(str(refused))
    page = render_template(
        "moderation/edit_summary.html", round=rounds.get(id), form=form, parts=PARTS
    )
    return page, 422 if form.errors else 200


def _summary_form(round_id: int) -> SummaryForm:
    found = summaries.of_round(round_id)
    if found is None:
        return SummaryForm(seen=0)
    (last, *_earlier), sources = summaries.versions(found.id), summaries.source_ids(found.id)
    known = describe([id for ids in sources.values() for id in ids])
    return SummaryForm(
        seen=found.edition,
        agreement=last.agreement,
        dissent=last.dissent,
        open=last.open_questions,
        **{
            f"{part.value}_sources": "\n".join(str(id) for id in ids if id in known)
            for part, ids in sources.items()
        },
    )


def _there(round_: Round) -> Summary:
    found = summaries.of_round(round_.id)
    if found is None:
        raise NotFound
    return found


@bp.post("/rounds/<int:id>/summary/disputes")
@guard("moderation.dispute", round_=rounds.get)
def dispute_summary(round_: Round) -> ResponseReturnValue:
    """Somebody who took part says that a part is not right."""
    form, found, id = DisputeForm(), _there(round_), round_.id
    if not form.validate_on_submit():
        return _page(round_, dispute=form)
    with transaction(asking="moderation.dispute", of=found):
        commands.dispute(found, Part(form.part.data), form.words.data, by=actor())
    flash(_("The moderators have it. How they decide stands here and in your inbox."))
    return redirect(url_for("moderation.summary", id=id, _anchor="disputes"), 303)


@bp.post("/rounds/<int:id>/summary/minority")
@guard("moderation.minority", round_=rounds.get)
def minority_statement(round_: Round) -> ResponseReturnValue:
    """In an organisation's own words; empty ones take it back."""
    form, found, id = MinorityForm(), _there(round_), round_.id
    if not form.validate_on_submit():
        return _page(round_, minority=form)
    with transaction(asking="moderation.minority", of=found):
        commands.say_as_minority(
            found, actor().organisation_id or 0, form.minority.data or "", by=actor()
        )
    flash(_("Saved."))
    return redirect(url_for("moderation.summary", id=id, _anchor="minority-statements"), 303)


@bp.route("/summary-disputes/<int:id>", methods=["GET", "POST"])
@guard("moderation.end-dispute", dispute=summaries.dispute)
def end_dispute(dispute: Dispute) -> ResponseReturnValue:
    """Moderators read the words and say how it ends, and why."""
    form, id, round_id = EndDisputeForm(), dispute.id, dispute.summary.round_id
    if form.validate_on_submit():
        try:
            with transaction(asking="moderation.end-dispute", of=dispute):
                commands.end_dispute(
                    dispute, Ending(form.ending.data), form.reason.data, by=actor()
                )
            flash(_("Published."))
            return redirect(url_for("moderation.summary", id=round_id, _anchor="disputes"), 303)
        except Invalid as refused:
            form.reason.errors = [str(refused)]
    page = render_template(
        "moderation/end_dispute.html",
        form=form,
        dispute=summaries.dispute(id),
        round=rounds.get(round_id),
        parts=PARTS,
    )
    return page, 422 if form.errors else 200
