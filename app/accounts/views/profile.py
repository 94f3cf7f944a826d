"""What a person wrote in public, on one page, with what became of it; only if they want that."""

from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import commands, queries
from app.accounts.models import Person
from app.accounts.views import bp
from app.accounts.views.settings import myself
from app.amendments import queries as amendments
from app.comments import queries as comments
from app.core.subjects import describe
from app.core.text.markdown import summary
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.shared import shared_by_strangers
from app.proposals import queries as proposals
from app.trace.queries.ways import ways


class Said(NamedTuple):
    """A comment or an amendment: its beginning, and the title of what it stands under."""

    id: int
    words: str
    url: str
    at: object
    place: str


@bp.get("/people/<int:id>")
@shared_by_strangers
@guard("accounts.profile", person=queries.get)
def profile(person: Person) -> ResponseReturnValue:
    """The newest proposals, amendments and comments that the person wrote for themselves."""
    proposed = proposals.of_person(person.id)
    return render_template(
        "accounts/profile.html",
        person=person,
        own=actor().person_id == person.id,
        proposals=proposed,
        ways=ways([one.id for one in proposed]),
        amendments=_amendments(person.id),
        comments=_comments(person.id),
    )


def _comments(person_id: int) -> list[Said]:
    found = comments.of_person(person_id)
    places = describe([one.target_id for one in found])
    return [
        Said(
            one.id,
            summary(one.body, 160) or _("Comment"),
            url_for("comments.show", id=one.id),
            one.published_at or one.at,
            places[one.target_id].title if one.target_id in places else "",
        )
        for one in found
    ]


def _amendments(person_id: int) -> list[Said]:
    return [
        Said(
            one.id,
            summary(one.reason, 160) or _("Amendment"),
            url_for("amendments.show", id=one.id),
            one.published_at or one.submitted_at,
            one.proposal.title,
        )
        for one in amendments.of_person(person_id)
    ]


@bp.post("/account/profile")
@guard("accounts.own")
def change_profile() -> ResponseReturnValue:
    """Show the page to everybody, or to nobody any more."""
    person = myself()
    shown = request.form.get("show") == "yes"
    with transaction(asking="accounts.own", of=person):
        if shown:
            commands.show_profile(person, by=actor())
        else:
            commands.hide_profile(person, by=actor())
    flash(_("Everybody can see your page now.") if shown else _("Nobody sees your page any more."))
    return redirect(url_for("accounts.settings"), 303)
