"""The inbox, following, and the number in the header."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from app.core.subjects import Subject, describe
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.context import context, number
from app.core.web.shared import slot
from app.notifications import commands, queries
from app.notifications.jobs import address
from app.notifications.models import Notice
from app.notifications.states import SENTENCES

bp = Blueprint("notifications", __name__)


@context
def in_the_header() -> dict[str, Any]:
    """The inbox, for people."""
    return {"inbox_url": url_for("notifications.inbox")} if actor().signed_in else {}


@slot("unread")
def what_is_new() -> str:
    """How many notices the reader has not read; nothing where there are none."""
    me = actor().person_id
    if me is None:
        return ""
    try:
        # The inbox itself has counted already.
        unread = g.unread_notices if "unread_notices" in g else queries.unread(me)
    except SQLAlchemyError:
        return ""  # this may be the page that says that the database is in trouble
    if not unread:
        return ""
    said = ngettext("%(num)s unread", "%(num)s unread", unread)
    return str(_BADGE.format(number(unread), said))


_BADGE = Markup(
    ' <span class="count"><span aria-hidden="true">{}</span>'
    '<span class="kern-sr-only">{}</span></span>'
)


def _me() -> int:
    """The signed-in person; every view that asks is guarded."""
    me = actor().person_id
    if me is None:
        raise LookupError("the guard lets nobody in here who is not signed in")
    return me


@bp.get("/inbox")
@guard("notifications.inbox")
def inbox() -> ResponseReturnValue:
    page = queries.inbox(_me(), after=request.args.get("after", ""))
    g.unread_notices = page.unread
    return render_template(
        "notifications/inbox.html",
        page=page,
        sentences=SENTENCES,
        address=address,
        first_page="after" not in request.args,
    )


@bp.get("/inbox/following")
@guard("notifications.inbox")
def following() -> ResponseReturnValue:
    """What one follows, and whether one wants mails."""
    followed, further = queries.followed(_me(), after=request.args.get("after", ""))
    return render_template(
        "notifications/following.html",
        followed=followed,
        further=further,
        wants_mail=queries.wants_mail(_me()),
    )


@bp.post("/inbox/<int:notice_id>/read")
@guard("notifications.read", notice=queries.notice)
def read(notice: Notice) -> ResponseReturnValue:
    with transaction(asking="notifications.read", of=notice):
        commands.mark_read(notice)
    return redirect(url_for("notifications.inbox"), 303)


@bp.post("/inbox/read")
@guard("notifications.inbox")
def read_all() -> ResponseReturnValue:
    """Everything that stood on the page, and before."""
    until = request.form.get("until", "")
    if until.isdecimal() and len(until) < 19:
        with transaction(asking="notifications.inbox"):
            commands.mark_all_read(_me(), until=int(until))
        flash(_("Everything is marked as read."))
    return redirect(url_for("notifications.inbox"), 303)


@bp.post("/inbox/mails")
@guard("notifications.inbox")
def mail() -> ResponseReturnValue:
    wanted = request.form.get("wanted") == "yes"
    with transaction(asking="notifications.inbox"):
        commands.choose_mail(_me(), wanted=wanted)
    flash(
        _("From now on you also get a mail.")
        if wanted
        else _("From now on you get no mails. Everything still stands in your inbox.")
    )
    return redirect(url_for("notifications.following"), 303)


@bp.post("/subjects/<int:subject_id>/follow")
@guard("notifications.follow", subject=queries.subject)
def follow(subject: Subject) -> ResponseReturnValue:
    with transaction(asking="notifications.follow", of=subject):
        commands.follow(person_id=_me(), subject_id=subject.id)
    flash(_("You follow this now. What happens to it stands in your inbox."))
    return _back(subject.id)


@bp.post("/subjects/<int:subject_id>/unfollow")
@guard("notifications.unfollow", subject=queries.subject)
def unfollow(subject: Subject) -> ResponseReturnValue:
    with transaction(asking="notifications.unfollow", of=subject):
        commands.unfollow(person_id=_me(), subject_id=subject.id)
    flash(_("You do not follow this any more."))
    return _back(subject.id)


def _back(subject_id: int) -> ResponseReturnValue:
    found = describe([subject_id]).get(subject_id)
    public = found is not None and found.visible
    return redirect(found.url if found and public else url_for("notifications.inbox"), 303)
