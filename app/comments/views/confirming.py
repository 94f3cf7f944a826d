"""A guest confirms the address they gave; until then their words wait and nobody else sees them."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.commands import LinkGone
from app.accounts.views.paths import settings
from app.comments import commands, queries
from app.comments.forms import AddressForm
from app.comments.models import Comment, Unconfirmed
from app.comments.queries import unconfirmed
from app.comments.views import bp
from app.comments.views.keys import private_key
from app.comments.views.post import promise
from app.core.forms import Form
from app.core.jobs import enqueue
from app.core.limits import hit_mail
from app.core.subjects import describe
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.languages import current


def ask(waiting: Unconfirmed, address: str, *, again: bool = False) -> None:
    """Have the mail sent, in the language of the page. A form sent twice sends it once."""
    enqueue(
        "comments.ask-to-confirm",
        key=None if again else f"confirm-comment:{waiting.guest_key_hash}",
        unconfirmed_id=waiting.id,
        email=address,
        language=current().tag,
    )


def page(waiting: Unconfirmed, form: AddressForm | None = None) -> ResponseReturnValue:
    """Behind the private link: the text, and what is to be done."""
    form = form or AddressForm(formdata=None)
    # In the demonstration mails can be read on a page.
    mails = settings().demonstration and "pages.mails" in current_app.view_functions
    html = render_template(
        "comments/unconfirmed.html",
        waiting=waiting,
        about=describe([waiting.target_id]).get(waiting.target_id),
        token=(request.view_args or {})["token"],
        form=form,
        mails_url=url_for("pages.mails") if mails else "",
    )
    return html, 422 if form.errors else 200


@bp.post("/guest-comments/<string:token>/address")
@guard("comments.private", waiting=unconfirmed.by_private_link)
def send_again(waiting: Unconfirmed) -> ResponseReturnValue:
    """One more mail, also to another address: the first may have been mistyped."""
    form = AddressForm()
    if not form.validate_on_submit():
        return page(waiting, form)
    token, address = (request.view_args or {})["token"], form.email.data
    hit_mail(request.remote_addr or "", address)
    with transaction(asking="comments.private", of=waiting):
        commands.change_address(waiting, address)
        ask(waiting, address, again=True)
    flash(_("The mail is on its way. Only the link in the newest one works."))
    return redirect(url_for("comments.private", token=token), 303)


def _mailed(token: str) -> Unconfirmed:
    found = unconfirmed.by_mailed_link(token)
    if found is None:
        raise LinkGone
    return found


@bp.route("/confirm-comment/<string:token>", methods=["GET", "POST"])
@guard("comments.confirm", waiting=_mailed)
def confirm(waiting: Unconfirmed) -> ResponseReturnValue:
    """The page behind the mailed link: it shows what one is about to say, and asks."""
    if not Form().validate_on_submit():
        return render_template(
            "comments/confirm.html",
            waiting=waiting,
            about=describe([waiting.target_id]).get(waiting.target_id),
            token=(request.view_args or {})["token"],
        )
    form_key = waiting.form_key
    with transaction(asking="comments.confirm", of=waiting):
        due = promise(waiting.round)
        commands.confirm(waiting)
    flash(
        _(
            "Thank you. Comments without an account are read by a moderator first. Yours is read "
            "by %(moment)s; then it stands here, or it is hidden with a reason.",
            moment=due,
        ),
        "info",
    )
    return redirect(url_for("comments.private", token=private_key(form_key)), 303)


@bp.post("/confirm-comment/<string:token>/not-mine")
@guard("comments.private", waiting=_mailed)
def not_mine(waiting: Unconfirmed) -> ResponseReturnValue:
    """Somebody else gave this address: what they wrote is deleted unread."""
    target_id = waiting.target_id
    with transaction(asking="comments.private", of=waiting):
        commands.discard(waiting)
    flash(_("It is deleted. Nobody has read it."))
    about = describe([target_id]).get(target_id)
    return redirect(about.url if about and about.visible else url_for("rounds.index"), 303)


@bp.post("/comments/<int:id>/claim")
@guard("comments.claim-by-address", comment=queries.get)
def claim_by_address(comment: Comment) -> ResponseReturnValue:
    """It was confirmed by the address of one's account: from now on it stands under its name."""
    comment_id = comment.id
    with transaction(asking="comments.claim-by-address", of=comment):
        commands.claim(comment, by=actor())
    flash(_("This comment is yours now. It stands under the name of your account."))
    return redirect(url_for("comments.show", id=comment_id), 303)
