"""Asking, with an account or without one, and one's own question behind its link."""

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import work
from app.core.jobs import enqueue
from app.core.limits import hit
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard, tickets
from app.enquiries import commands, queries
from app.enquiries.forms import AskForm, GuestAskForm
from app.enquiries.models import Enquiry, QuestionBox
from app.enquiries.states import EnquiryState
from app.enquiries.views import bp
from config import Settings

PURPOSE = "enquiry-guest"
MAILS_A_DAY = 5
QUESTIONS_A_DAY = 20


@bp.route("/question-boxes/<int:id>/ask", methods=["GET", "POST"])
@guard("enquiries.ask", box=queries.get_box)
def ask(box: QuestionBox) -> ResponseReturnValue:
    return _with_account(box) if actor().signed_in else _as_guest(box)


def _with_account(box: QuestionBox) -> ResponseReturnValue:
    form = AskForm()
    if not form.validate_on_submit():
        return _page(box, form)
    with transaction(asking="enquiries.ask", of=box):
        hit("enquiry.person", str(actor().person_id), most=QUESTIONS_A_DAY, per=timedelta(days=1))
        made = commands.ask(
            box,
            body=form.body.data,
            language=form.language.data,
            email="",
            form_key=form.form_key.data or "",
            by=actor(),
        )
        id = made.id
    flash(_("Your question is on its way. You are told when it is answered."))
    return redirect(url_for("enquiries.own", id=id), 303)


def _as_guest(box: QuestionBox) -> ResponseReturnValue:
    form = GuestAskForm()
    if not form.validate_on_submit() or not tickets.by_a_person(form, PURPOSE):
        tickets.prepare(form, PURPOSE)
        return _page(box, form)
    tickets.count(form, PURPOSE, most=30, without_work=10)
    email = (form.email.data or "").strip().lower()
    with transaction(asking="enquiries.ask", of=box):
        if email:
            hit("enquiry.address", email, most=MAILS_A_DAY, per=timedelta(days=1))
        made = commands.ask(
            box,
            body=form.body.data,
            language=form.language.data,
            email=email,
            form_key=tickets.key(form, PURPOSE),
            by=actor(),
        )
        if made.email is not None:
            key = f"enquiries.confirm:{made.id}"
            enqueue("enquiries.mail", key=key, enquiry_id=made.id, template="confirm")
        token = queries.token_of(made)
    flash(_("Your question is on its way."))
    return redirect(url_for("enquiries.private", token=token), 303)


def _page(box: QuestionBox, form: AskForm | GuestAskForm) -> ResponseReturnValue:
    html = render_template(
        "enquiries/ask.html",
        box=box,
        form=form,
        guest=isinstance(form, GuestAskForm),
        days=_settings().retention_enquiry_days,
        work_bits=work.BITS,
    )
    return html, 422 if form.errors else 200


@bp.get("/enquiries/<string:token>")
@guard("enquiries.private", enquiry=queries.by_token)
def private(enquiry: Enquiry) -> ResponseReturnValue:
    """A guest's own question. Opening it changes nothing."""
    return _own(enquiry, queries.token_of(enquiry))


@bp.route("/enquiries/mail/<string:token>", methods=["GET", "POST"])
@guard("enquiries.confirm", enquiry=queries.by_mail)
def confirm(enquiry: Enquiry) -> ResponseReturnValue:
    """Who got the mail wants the answer there; at once where it is given already.

    Opening the link changes nothing: programs that look at mails open links too.
    """
    token = queries.token_of(enquiry)
    if request.method == "GET":
        return render_template("enquiries/confirm.html", enquiry=enquiry)
    with transaction(asking="enquiries.confirm", of=enquiry):
        if commands.confirm_email(enquiry) and enquiry.state is not EnquiryState.OPEN:
            key = f"enquiries.answered:{enquiry.id}:late"
            enqueue("enquiries.mail", key=key, enquiry_id=enquiry.id, template="answered")
    flash(_("We send the answer to your address."))
    return redirect(url_for("enquiries.private", token=token), 303)


@bp.get("/my/questions")
@guard("enquiries.mine")
def mine() -> ResponseReturnValue:
    return render_template("enquiries/mine.html", found=queries.mine(actor().person_id or 0))


@bp.get("/my/questions/<int:id>")
@guard("enquiries.own", enquiry=queries.get)
def own(enquiry: Enquiry) -> ResponseReturnValue:
    return _own(enquiry, "")


def _own(enquiry: Enquiry, token: str) -> ResponseReturnValue:
    return render_template(
        "enquiries/own.html",
        enquiry=enquiry,
        token=token,
        reply=to_html(enquiry.reply),
        waits=enquiry.state is EnquiryState.OPEN,
        aside=enquiry.state is EnquiryState.SET_ASIDE,
        published=queries.faq_of(enquiry.id),
    )


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
