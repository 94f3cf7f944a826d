"""The unit lets everybody read an answer, corrects it, takes it back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Invalid
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.enquiries import commands, queries
from app.enquiries.forms import FaqForm
from app.enquiries.models import Enquiry, Faq, QuestionBox
from app.enquiries.views import bp


@bp.route("/desk/questions/<int:id>/publish", methods=["GET", "POST"])
@guard("enquiries.answer", enquiry=queries.get)
def publish(enquiry: Enquiry) -> ResponseReturnValue:
    """The question is said in other words: what somebody wrote stays private."""
    form, id = FaqForm(data={"answer": enquiry.reply, "language": enquiry.language}), enquiry.id
    if form.validate_on_submit():
        try:
            with transaction(asking="enquiries.answer", of=enquiry):
                made_id = commands.publish_faq(
                    enquiry.box, **_words(form), enquiry=enquiry, by=actor()
                ).id
            flash(_("Everybody can read and find it now."))
            return redirect(url_for("enquiries.faq", id=made_id), 303)
        except Invalid as wrong:
            form.question.errors = [str(wrong.message)]
            queries.get(id)  # fills the same object afresh: nothing of it was kept
    return _page(form, enquiry.box, url_for("enquiries.reply", id=enquiry.id), enquiry=enquiry)


@bp.route("/question-boxes/<int:id>/faqs/new", methods=["GET", "POST"])
@guard("enquiries.write-faq", box=queries.get_box)
def write(box: QuestionBox) -> ResponseReturnValue:
    """What is asked often anyway, or the same in another language."""
    form = FaqForm()
    if form.validate_on_submit():
        with transaction(asking="enquiries.write-faq", of=box):
            made_id = commands.publish_faq(box, **_words(form), by=actor()).id
        flash(_("Everybody can read and find it now."))
        return redirect(url_for("enquiries.faq", id=made_id), 303)
    return _page(form, box, url_for("enquiries.box", id=box.id))


@bp.route("/faqs/<int:id>/edit", methods=["GET", "POST"])
@guard("enquiries.change-faq", faq=queries.get_faq)
def edit_faq(faq: Faq) -> ResponseReturnValue:
    form, id = FaqForm(obj=faq), faq.id
    if form.validate_on_submit():
        with transaction(asking="enquiries.change-faq", of=faq):
            commands.change_faq(faq, faq.box, **_words(form), by=actor())
        flash(_("Saved."))
        return redirect(url_for("enquiries.faq", id=id), 303)
    return _page(form, faq.box, url_for("enquiries.faq", id=id))


@bp.route("/faqs/<int:id>/withdraw", methods=["GET", "POST"])
@guard("enquiries.change-faq", faq=queries.get_faq)
def withdraw_faq(faq: Faq) -> ResponseReturnValue:
    if request.method == "GET":
        return render_template("enquiries/withdraw.html", faq=faq)
    box_id = faq.box_id
    with transaction(asking="enquiries.change-faq", of=faq):
        commands.withdraw_faq(faq, faq.box, by=actor())
    flash(_("Nobody finds it any more."))
    return redirect(url_for("enquiries.box", id=box_id), 303)


def _words(form: FaqForm) -> dict[str, Any]:
    return {
        "question": form.question.data,
        "answer": form.answer.data,
        "language": form.language.data,
    }


def _page(
    form: FaqForm, box: QuestionBox, back: str, *, enquiry: Enquiry | None = None
) -> ResponseReturnValue:
    page = render_template(
        "enquiries/edit_faq.html", form=form, box=box, back=back, enquiry=enquiry
    )
    return page, 422 if form.errors else 200
