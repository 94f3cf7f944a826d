"""The unit's desk: what is due first, answering, setting aside."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.comments.forms import language_name
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.enquiries import commands, queries
from app.enquiries.forms import ReplyForm, SetAsideForm
from app.enquiries.models import Enquiry
from app.enquiries.states import EnquiryState
from app.enquiries.views import bp


@bp.get("/desk/questions")
@guard("enquiries.desk")
def desk() -> ResponseReturnValue:
    """Twenty at a time."""
    closed = request.args.get("closed") == "1"
    found, following = queries.desk(actor(), closed=closed, after=request.args.get("after", ""))
    return render_template(
        "enquiries/desk.html",
        found=found,
        closed=closed,
        tabs=[
            {"label": _("To answer"), "url": url_for("enquiries.desk"), "current": not closed},
            {
                "label": _("Done"),
                "url": url_for("enquiries.desk", closed="1"),
                "current": closed,
            },
        ],
        next_url=url_for("enquiries.desk", closed="1" if closed else None, after=following)
        if following
        else "",
    )


@bp.route("/desk/questions/<int:id>", methods=["GET", "POST"])
@guard("enquiries.answer", enquiry=queries.get)
def reply(enquiry: Enquiry) -> ResponseReturnValue:
    """The question, and the form for its answer; afterwards the answer can be corrected."""
    answered = enquiry.state is EnquiryState.ANSWERED
    form = ReplyForm(data={"reply": enquiry.reply if answered else ""})
    id = enquiry.id
    if form.validate_on_submit():
        with transaction(asking="enquiries.answer", of=enquiry):
            commands.answer(enquiry, enquiry.box, form.reply.data, by=actor())
        flash(_("Whoever asked gets the answer."))
        return redirect(url_for("enquiries.reply", id=id), 303)
    page = render_template(
        "enquiries/reply.html",
        enquiry=enquiry,
        form=form,
        answered=answered,
        aside=enquiry.state is EnquiryState.SET_ASIDE,
        said=to_html(enquiry.reply),
        published=queries.faq_of(enquiry.id),
        foreign="" if enquiry.language == actor().language else language_name(enquiry.language),
    )
    return page, 422 if form.errors else 200


@bp.route("/desk/questions/<int:id>/set-aside", methods=["GET", "POST"])
@guard("enquiries.answer", enquiry=queries.get)
def set_aside(enquiry: Enquiry) -> ResponseReturnValue:
    """No question for this role; with a reason for whoever asked."""
    form = SetAsideForm()
    if form.validate_on_submit():
        with transaction(asking="enquiries.answer", of=enquiry):
            commands.set_aside(enquiry, enquiry.box, form.reply.data, by=actor())
        flash(_("Whoever asked reads your reason."))
        return redirect(url_for("enquiries.desk"), 303)
    page = render_template("enquiries/set_aside.html", enquiry=enquiry, form=form)
    return page, 422 if form.errors else 200
