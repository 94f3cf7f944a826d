"""Moderators sum up what was said about one paragraph of a text under review."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Conflict
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.moderation import commands
from app.moderation.forms.paragraphs import ParagraphSummaryForm
from app.moderation.queries import paragraphs
from app.moderation.views import bp
from app.proposals.queries import texts
from app.proposals.queries.texts import DraftParagraph


@bp.route("/draft-paragraphs/<int:id>/summary", methods=["GET", "POST"])
@guard("moderation.sum-up-paragraph", paragraph=texts.get)
def sum_up_paragraph(paragraph: DraftParagraph) -> ResponseReturnValue:
    known = paragraphs.of_paragraph(paragraph.id)
    form, id = ParagraphSummaryForm(obj=known), paragraph.id
    if form.validate_on_submit():
        try:
            with transaction(asking="moderation.sum-up-paragraph", of=paragraph.block):
                commands.sum_up_paragraph(
                    paragraph, form.words.data, edition=form.edition, by=actor()
                )
            flash(_("Published."))
            return redirect(url_for("proposals.paragraph", id=id), 303)
        except Conflict as refused:
            form.form_errors.append(str(refused))
            paragraph = texts.get(id) or paragraph
            known = paragraphs.of_paragraph(id)
    elif request.method == "GET":
        form.seen.data = str(known.edition if known is not None else 0)
    html = render_template(
        "moderation/sum_up_paragraph.html",
        paragraph=paragraph,
        html=to_html(paragraph.block.words),
        known=known,
        form=form,
    )
    return html, 422 if form.errors else 200
