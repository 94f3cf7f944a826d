"""Suggesting other words: pick a paragraph, change it and say why, look at it, send it."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.amendments import commands, queries
from app.amendments.forms import AmendmentFields, amendment_form
from app.amendments.models import Amendment
from app.amendments.views import bp
from app.core.errors import Invalid
from app.core.states import Visibility
from app.core.text import amending
from app.core.text.diff import pieces
from app.core.text.markdown import to_html
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.rounds import queries as rounds
from app.rounds.commands import catch_up
from app.rounds.models import Audience


@bp.get("/proposals/<int:id>/amendments/new")
@guard("amendments.start", proposal=proposals.get)
def new(proposal: Proposal) -> ResponseReturnValue:
    """Without a paragraph: the text, to pick one. `moved_from` is an amendment that ended when its
    proposal went into this one: its words are filled in, where possible at their place."""
    chosen = small_number(request.args.get("paragraph"))
    if proposal.procedure is not None and chosen is None and "pick" not in request.args:
        return redirect(url_for("amendments.rules", id=proposal.id), 303)
    parts = amending.paragraphs(proposal.body)
    moved = _moved(proposal, request.args.get("moved_from"))
    if moved is not None and chosen is None and "pick" not in request.args:
        chosen = queries.place_of(moved, proposal.body)
    if chosen is None or chosen >= len(parts):
        return render_template(
            "amendments/pick.html",
            proposal=proposal,
            parts=[(index, to_html(words)) for index, words in enumerate(parts) if words.strip()],
            moved=moved,
        )
    values = {"new": parts[chosen], "version": proposal.version_number, "paragraph": chosen}
    if moved is not None:
        together = amending.merge(moved.old, moved.new, parts[chosen]).text
        values |= {
            "new": moved.new if together is None else together,
            "reason": moved.reason,
            "moved_from": str(moved.id),
        }
    return _page(proposal, _form(proposal, data=values), parts[chosen])


@bp.post("/proposals/<int:id>/amendments/new")
@guard("amendments.make", proposal=proposals.get)
def make(proposal: Proposal) -> ResponseReturnValue:
    """The preview, or the amendment itself."""
    form = _form(proposal)
    parts = amending.paragraphs(proposal.body)
    index = form.which_paragraph
    if form.which_version != proposal.version_number or not 0 <= index < len(parts):
        return _moved_on(proposal, form, parts)
    fits = form.validate_on_submit()
    if fits and (form.new.data or "") == parts[index]:
        form.new.errors = [_("Nothing has been changed yet.")]
        fits = False
    if not fits:
        return _page(proposal, form, parts[index], status=422)
    if request.form.get("action") == "preview":
        return _page(proposal, form, parts[index], preview=True)
    if request.form.get("action") != "send":
        return _page(proposal, form, parts[index])
    moved = _moved(proposal, form.moved_from.data)
    try:
        with transaction(asking="amendments.make", of=[proposal, *([moved] if moved else [])]):
            catch_up(proposal.round)
            made = commands.make(
                proposal,
                version=form.which_version,
                paragraph=index,
                new=form.new.data or "",
                reason=form.reason.data or "",
                language=actor().language,
                form_key=form.form_key.data or "",
                moved_from=moved,
                by=actor(),
            )
            amendment_id, held = made.id, made.visibility is Visibility.HELD
    except Invalid as wrong:
        form.new.errors = [str(wrong)]
        fresh = proposals.get(proposal.id) or proposal
        return _page(fresh, form, parts[index], status=422)
    if held:
        flash(
            _("Thank you. Your amendment becomes public as soon as a moderator has read it."),
            "info",
        )
    else:
        flash(_("Thank you. Your amendment is public. Those who made the proposal are told."))
    return redirect(url_for("amendments.show", id=amendment_id), 303)


def _moved(proposal: Proposal, wanted: str | None) -> Amendment | None:
    """The amendment that the actor moves here, if it may be."""
    id = small_number(wanted)
    found = queries.get(id) if id is not None else None
    if found is None or not can("amendments.move", found):
        return None
    into = [one.id for one in queries.went_into(found.proposal)]
    return found if proposal.id in into else None


def _form(proposal: Proposal, **values: Any) -> AmendmentFields:
    return amendment_form(proposal.round.procedure.text_length, **values)


def _moved_on(proposal: Proposal, form: AmendmentFields, parts: list[str]) -> ResponseReturnValue:
    """A newer version was published since: what was typed stays, beside the paragraphs of now."""
    form.version.data = str(proposal.version_number)
    if not 0 <= form.which_paragraph < len(parts):
        form.paragraph.data = "0"
    return _page(proposal, form, parts[form.which_paragraph], status=409, moved_on=True)


def _page(
    proposal: Proposal,
    form: AmendmentFields,
    old: str,
    *,
    status: int = 200,
    preview: bool = False,
    moved_on: bool = False,
) -> ResponseReturnValue:
    speaking_as = request.form.get("speaking_as", request.args.get("as", ""))
    html = render_template(
        "amendments/preview.html" if preview else "amendments/write.html",
        proposal=proposal,
        form=form,
        old=old,
        changes=pieces(old, form.new.data or ""),
        moved_on=moved_on,
        moved=_moved(proposal, form.moved_from.data),
        voices=voices(proposal),
        speaking_as=speaking_as,
        at_once=not rounds.moderators_read_first(proposal.round),
    )
    return html, status


def voices(proposal: Proposal) -> Sequence[dict[str, Any]]:
    """For whom the actor can speak here."""
    organisations = proposals.speakers(proposal.round.dialogue_id, actor())
    voices = [{"value": str(one.id), "label": one.name} for one in organisations]
    if proposal.round.procedure.who_amends is not Audience.ORGANISATIONS:
        voices.append({"value": "", "label": _("Myself")})
    return voices
