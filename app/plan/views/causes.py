"""Saying later what a paragraph of the plan stands there because of."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import blocks
from app.core.blocks import TextCause
from app.core.forms import AddressesField
from app.core.subjects import describe_kinds, kinds_of
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.moderation.queries import summaries
from app.plan import commands
from app.plan.forms import CausesForm, refuse_unknown
from app.plan.forms.causes import KINDS
from app.plan.queries import paragraphs
from app.plan.queries.paragraphs import Paragraph
from app.plan.views import bp


def public(field: AddressesField) -> dict[int, int]:
    """Which of the things that are named can be a cause and be read by everybody, in their order.

    The keys are the numbers that were typed, the values what they mean: a summary has the address
    of its round or its paragraph.
    """
    kinds = kinds_of(field.numbers)
    meant = {id: id for id, kind in kinds.items() if kind in KINDS}
    of = {"round": summaries.of_round, "draft-paragraph": summaries.of_paragraph}
    for id in [id for id, kind in kinds.items() if kind in of]:
        found = of[kinds[id]](id)
        if found is not None:
            meant[id], kinds[found.id] = found.id, "summary"
    named = describe_kinds({id: kinds[id] for id in meant.values()})
    return {
        id: meant[id]
        for id in field.numbers
        if id in meant and meant[id] in named and named[meant[id]].visible
    }


@bp.route("/paragraphs/<int:id>/causes", methods=["GET", "POST"])
@guard("plan.name-causes", paragraph=paragraphs.get)
def name_causes(paragraph: Paragraph) -> ResponseReturnValue:
    """All of them, one on each line; an emptied line takes one away."""
    block = paragraph.block
    form = CausesForm(data={"causes": "\n".join(_addresses(block.id))})
    if not form.validate_on_submit() or refuse_unknown(form.causes, public(form.causes)):
        page = render_template(
            "plan/causes.html",
            form=form,
            block=block,
            measure=paragraph.measure,
            html=to_html(block.words),
        )
        return page, 422 if form.errors else 200
    with transaction(asking="plan.name-causes", of=paragraph.measure):
        found = paragraphs.get(block.id)
        if found is not None:
            commands.name_causes(found, public(form.causes).values(), by=actor())
    flash(_("It is kept what the paragraph stands there because of."))
    return redirect(url_for("plan.paragraph", id=block.id), 303)


def _addresses(block_id: int) -> list[str]:
    """Of the causes, also of those that cannot be read any more."""
    causes = blocks.causes_of(TextCause.block_id == block_id).get(block_id, [])
    named = describe_kinds({cause.id: cause.kind for cause in causes})
    return [named[cause.id].url for cause in causes if cause.id in named]
