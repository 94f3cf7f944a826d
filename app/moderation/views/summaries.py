"""What moderators sum up, of a round or a paragraph: read, disputed, a minority beside it."""

from typing import Any, NamedTuple

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Invalid
from app.core.text.markdown import summary as beginning
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
)
from app.moderation.models import (
    COLUMNS,
    OF_PARAGRAPH,
    OF_ROUND,
    Dispute,
    Ending,
    Part,
    Summary,
    SummaryVersion,
)
from app.moderation.queries import disputes, minority, summaries
from app.moderation.views import bp
from app.proposals import queries as proposals
from app.proposals.queries import texts
from app.proposals.queries.texts import DraftParagraph
from app.rounds import queries as rounds
from app.rounds.models import Round
from app.rounds.views.translations import told

SHORT = 60


class About(NamedTuple):
    """What is summed up: a round, or one paragraph of a text under review in it."""

    round: Round
    paragraph: DraftParagraph | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        return OF_ROUND if self.paragraph is None else OF_PARAGRAPH

    @property
    def summary(self) -> Summary | None:
        """Fresh, where there is one."""
        if self.paragraph is None:
            return summaries.of_round(self.round.id)
        return summaries.of_paragraph(self.paragraph.id)

    @property
    def heading(self) -> str:
        return str(_("Summary of the round") if self.paragraph is None else PARTS[Part.WHOLE])

    @property
    def title(self) -> str:
        """Of the round, or the beginning of the paragraph."""
        if self.paragraph is None:
            return self.round.title
        return beginning(self.paragraph.block.words, SHORT)

    @property
    def may_sum_up(self) -> bool:
        if self.paragraph is None:
            return can("moderation.sum-up", self.round)
        return can("moderation.sum-up-paragraph", self.paragraph)

    def url(self, edit: bool = False, **more: Any) -> str:
        ending = f"{'edit_' if edit else ''}{'' if self.paragraph is None else 'paragraph_'}summary"
        id = self.round.id if self.paragraph is None else self.paragraph.id
        return url_for(f"moderation.{ending}", id=id, **more)


def about(summary: Summary) -> About:
    """What one that is loaded with its round is about."""
    paragraph = texts.get(summary.block_id) if summary.block_id is not None else None
    return About(paragraph.proposal.round if paragraph else summary.round, paragraph)


@bp.get("/rounds/<int:id>/summary")
@guard("moderation.summary", round_=rounds.get)
def summary(round_: Round) -> ResponseReturnValue:
    """Agreement, dissent, open questions with their sources; disputes and minorities."""
    return _page(About(round_))


@bp.get("/draft-paragraphs/<int:id>/summary")
@guard("moderation.paragraph-summary", paragraph=texts.get)
def paragraph_summary(paragraph: DraftParagraph) -> ResponseReturnValue:
    """The same of one paragraph of a text under review."""
    return _page(About(paragraph.proposal.round, paragraph))


def _page(
    about: About, dispute: DisputeForm | None = None, said: MinorityForm | None = None
) -> ResponseReturnValue:
    found = about.summary
    versions = summaries.versions(found.id) if found is not None else []
    known = versions[0] if versions else None
    here = told(found.id, summaries.words_of_version(known)) if found and known else None
    page = render_template(
        "moderation/summary.html",
        about=about,
        round=about.round,
        paragraph=about.paragraph,
        quoted=to_html(about.paragraph.block.words) if about.paragraph else None,
        summary=found,
        told=here,
        said=[
            (part, to_html(here.words[column]))
            for part, column in COLUMNS.items()
            if column in here.words
        ]
        if here
        else [],
        versions=[(one, _parts(one)) for one in versions],
        sources=summaries.sources([found.id])[found.id] if found is not None else {},
        parts=PARTS,
        endings=ENDINGS,
        disputes=disputes.disputes(found.id) if found is not None else [],
        minority=minority.beside([found.id]).get(found.id, []) if found is not None else [],
        dispute_form=(dispute or DisputeForm(about.parts, formdata=None))
        if found is not None and can("moderation.dispute", found)
        else None,
        minority_form=said or MinorityForm(formdata=None),
        speaks_for=[
            {"value": one.id, "label": one.name}
            for one in proposals.speakers(about.round.dialogue_id, actor())
            if found is not None
        ],
    )
    wrong = (dispute is not None and dispute.errors) or (said is not None and said.errors)
    return page, 422 if wrong else 200


def _parts(version: SummaryVersion) -> list[tuple[Part, str]]:
    return [(part, to_html(words)) for part, words in version.words.items()]


@bp.post("/summaries/<int:id>/disputes")
@guard("moderation.dispute", summary=summaries.get)
def dispute_summary(summary: Summary) -> ResponseReturnValue:
    """Somebody who took part says that a part is not right."""
    place = about(summary)
    form = DisputeForm(place.parts)
    if not form.validate_on_submit():
        return _page(place, dispute=form)
    page = place.url(_anchor="disputes")
    with transaction(asking="moderation.dispute", of=summary):
        commands.dispute(summary, Part(form.part.data), form.words.data, by=actor())
    flash(_("The moderators have it. How they decide stands here and in your inbox."))
    return redirect(page, 303)


@bp.post("/summaries/<int:id>/minority")
@guard("moderation.minority", summary=summaries.get)
def minority_statement(summary: Summary) -> ResponseReturnValue:
    """In an organisation's own words; empty ones take it back."""
    form, place = MinorityForm(), about(summary)
    if not form.validate_on_submit():
        return _page(place, said=form)
    page = place.url(_anchor="minority-statements")
    with transaction(asking="moderation.minority", of=summary):
        commands.say_as_minority(
            summary, actor().organisation_id or 0, form.minority.data or "", by=actor()
        )
    flash(_("Saved."))
    return redirect(page, 303)


@bp.route("/summary-disputes/<int:id>", methods=["GET", "POST"])
@guard("moderation.end-dispute", dispute=disputes.dispute)
def end_dispute(dispute: Dispute) -> ResponseReturnValue:
    """Moderators read the words and say how it ends, and why."""
    form, id, place = EndDisputeForm(), dispute.id, about(dispute.summary)
    page = place.url(_anchor="disputes")
    if form.validate_on_submit():
        try:
            with transaction(asking="moderation.end-dispute", of=dispute):
                commands.end_dispute(
                    dispute, Ending(form.ending.data), form.reason.data, by=actor()
                )
            flash(_("Published."))
            return redirect(page, 303)
        except Invalid as refused:
            form.reason.errors = [str(refused)]
    found = disputes.dispute(id)
    html = render_template(
        "moderation/end_dispute.html",
        form=form,
        dispute=found,
        about=about(found.summary) if found else place,
        parts=PARTS,
    )
    return html, 422 if form.errors else 200
