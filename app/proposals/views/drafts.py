"""Moderators publish a draft text of the plan, and the next one with what led to it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.amendments.queries import paragraphs as amended
from app.comments.queries import paragraphs as said
from app.core.errors import Conflict, Invalid
from app.core.policy import ANYBODY
from app.core.text.blocks import Block, Matched, What, match, same
from app.core.text.diff import Piece, pieces
from app.core.text.markdown import summary
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.proposals import commands, queries
from app.proposals.commands import Overtaken, Words
from app.proposals.forms import DraftTextForm, NextDraftForm
from app.proposals.models import Proposal
from app.proposals.queries import texts
from app.proposals.views import bp
from app.rounds import queries as rounds
from app.rounds.models import Round

SHORT = 70


@bp.route("/rounds/<int:id>/texts/new", methods=["GET", "POST"])
@guard("proposals.publish-text", round_=rounds.get)
def publish_text(round_: Round) -> ResponseReturnValue:
    """Title and text; it is public at once, paragraph by paragraph."""
    form, id = DraftTextForm(), round_.id
    if form.validate_on_submit():
        words = Words(
            title=form.title.data,
            body=form.body.data,
            language=(round_.procedure.languages or ["de"])[0],
        )
        try:
            with transaction(asking="proposals.publish-text", of=round_):
                made = commands.publish_text(
                    round_, words, form_key=form.form_key.data or "", by=actor()
                )
                made_id = made.id
            flash(_("The text is published. Every paragraph can be talked about now."))
            return redirect(url_for("proposals.review", id=made_id), 303)
        except Invalid as refused:
            form.body.errors = [str(refused)]
            round_ = rounds.get(id) or round_
    html = render_template("proposals/publish_text.html", round=round_, form=form)
    return html, 422 if form.errors else 200


class Cause(NamedTuple):
    """What can be named as the cause of a change."""

    id: int
    label: str


class Changed(NamedTuple):
    """A change that the next draft makes: the field that asks for its causes, and what it is."""

    field: str
    what: What
    changes: list[Piece]
    causes: list[Cause]
    chosen: list[int]


@bp.route("/proposals/<int:id>/next-draft", methods=["GET", "POST"])
@guard("proposals.next-draft", proposal=queries.get)
def next_draft(proposal: Proposal) -> ResponseReturnValue:
    """First the words; then every change beside what may have led to it; then public."""
    form = NextDraftForm(
        data={"body": proposal.body, "edition": str(proposal.edition)}
        if request.method == "GET"
        else None
    )
    id = proposal.id
    if not form.validate_on_submit():
        return _page(proposal, form)
    changed = _changes(proposal, form.body.data)
    if not changed:
        form.body.errors = [_("Nothing has been changed yet.")]
        return _page(proposal, form)
    if request.form.get("action") != "publish":
        return _page(proposal, form, changed, back=request.form.get("action") == "edit")
    try:
        with transaction(asking="proposals.next-draft", of=proposal):
            commands.next_draft(
                proposal,
                form.body.data,
                reason=form.reason.data,
                edition=form.written_on,
                because={int(one.field[8:]): one.chosen for one in changed if one.what not in GONE},
                gone_because={
                    int(one.field[5:]): one.chosen for one in changed if one.what in GONE
                },
                by=actor(),
            )
    except Overtaken:
        return _overtaken(id, form)
    except (Invalid, Conflict) as refused:
        form.body.errors = [str(refused)]
        return _page(queries.get(id) or proposal, form)
    flash(_("The next draft is public, with what led to it."))
    return redirect(url_for("proposals.review", id=id, _anchor="changed"), 303)


GONE = (What.DELETED,)


def _overtaken(id: int, form: NextDraftForm) -> ResponseReturnValue:
    """Another draft was published since; what was typed stays."""
    proposal = queries.get(id)
    if proposal is None:
        raise Conflict
    form.edition.data = str(proposal.edition)
    return _page(proposal, form, overtaken=True)


def _changes(proposal: Proposal, body: str) -> list[Changed]:
    """What the new text changes, in its order; then what it takes out."""
    before = texts.present(proposal.id)
    old = {block.id: block.words for block in before}
    found = match([Block(block.id, block.words) for block in before], body)
    causes = _causes(proposal)
    changed = []
    for place, one in enumerate(found.placed):
        words = old.get(one.id or 0, "")
        if one.id is not None and same(words, one.words) and len(one.sources) < 2:
            continue
        what = What.NEW if not one.sources else found.fates[one.sources[0]].what
        offered = [cause for id in one.sources for cause in causes.get(id, ())]
        changed.append(
            _changed(f"because-{place}", what, pieces(words, one.words), offered or _all(causes))
        )
    return changed + [
        _changed(f"gone-{id}", What.DELETED, pieces(old[id], ""), list(causes.get(id, ())))
        for id in _taken_out(found)
    ]


def _taken_out(found: Matched) -> list[int]:
    return [id for id, fate in found.fates.items() if fate.what is What.DELETED]


def _changed(field: str, what: What, changes: list[Piece], offered: list[Cause]) -> Changed:
    """With what was ticked of what is offered; nothing else counts."""
    ticked = set(request.form.getlist(field))
    chosen = [one.id for one in offered if str(one.id) in ticked]
    return Changed(field, what, changes, offered, chosen)


def _all(causes: Mapping[int, Sequence[Cause]]) -> list[Cause]:
    return [one for some in causes.values() for one in some]


def _causes(proposal: Proposal) -> dict[int, list[Cause]]:
    """What everybody can read about each paragraph: amendments, then comments."""
    found: dict[int, list[Cause]] = {}
    for block_id, amendments in amended.of_text(proposal.id, ANYBODY).items():
        for one in amendments:
            name = one.organisation.name if one.organisation else one.author.display_name
            label = _("Amendment by %(name)s: %(words)s", name=name, words=summary(one.new, SHORT))
            found.setdefault(block_id, []).append(Cause(one.id, label))
    for block_id, comments in said.of_text(proposal.id).items():
        for comment in comments:
            who = comment.organisation or None
            name = who.name if who else _written_by(comment)
            words = summary(comment.body, SHORT)
            label = _("Comment by %(name)s: %(words)s", name=name, words=words)
            found.setdefault(block_id, []).append(Cause(comment.id, label))
    return found


def _written_by(comment: Any) -> str:
    return str(comment.author.display_name if comment.author else comment.guest_name)


def _page(
    proposal: Proposal,
    form: NextDraftForm,
    changed: list[Changed] | None = None,
    *,
    back: bool = False,
    overtaken: bool = False,
) -> ResponseReturnValue:
    html = render_template(
        "proposals/next_draft.html",
        proposal=proposal,
        form=form,
        changed=[] if back else changed or [],
        overtaken=overtaken,
    )
    return html, 409 if overtaken else 422 if form.errors else 200
