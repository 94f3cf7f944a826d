"""The operator's list of people, and their roles for the whole instance."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts import commands, queries
from app.accounts.forms import RoleForm
from app.accounts.models import Person, RoleName
from app.accounts.views import bp
from app.core.errors import Invalid
from app.core.text.clean import TextRefused, clean_line
from app.core.transactions import transaction
from app.core.web import actor, guard

ROLES = {
    RoleName.REGISTRY: _l("Registry"),
    RoleName.OPERATOR: _l("Operator"),
}
DUTIES = {
    RoleName.REGISTRY: _l("Verifies organisations before they take part."),
    RoleName.OPERATOR: _l("Runs the platform: roles, units, legal texts, the log."),
}


@bp.get("/operator/people")
@guard("accounts.people")
def people() -> ResponseReturnValue:
    """Everybody with an account, newest first; found by name or address."""
    words = _searched()
    page = queries.people(words, after=request.args.get("after", ""))
    more = url_for("accounts.people", q=words or None, after=page.next) if page.next else ""
    return render_template(
        "accounts/people.html", page=page, words=words, next_url=more, labels=ROLES
    )


def _searched() -> str:
    try:
        return clean_line(request.args.get("q", ""), 200)
    except TextRefused:
        return request.args["q"][:200]


@bp.get("/operator/people/<int:id>")
@guard("accounts.person", person=queries.get)
def person(person: Person) -> ResponseReturnValue:
    """One person's roles, each with a button to give or end it."""
    held = queries.roles_of_people([person.id]).get(person.id, [])
    return render_template(
        "accounts/person.html", person=person, held=held, labels=ROLES, duties=DUTIES
    )


@bp.post("/operator/people/<int:id>/roles")
@guard("accounts.appoint", person=queries.get)
def give_role(person: Person) -> ResponseReturnValue:
    role = _role()
    with transaction(asking="accounts.appoint", of=person):
        commands.give_role(person, role, by=actor())
    flash(_("The role is given."))
    return redirect(url_for("accounts.person", id=person.id), 303)


@bp.post("/operator/people/<int:id>/roles/end")
@guard("accounts.appoint", person=queries.get)
def end_role(person: Person) -> ResponseReturnValue:
    role = _role()
    with transaction(asking="accounts.appoint", of=person):
        commands.end_role(person, role, by=actor())
    flash(_("The role is ended."))
    return redirect(url_for("accounts.person", id=person.id), 303)


def _role() -> RoleName:
    form = RoleForm()
    if not form.validate_on_submit():
        raise Invalid(_("There is no such role."))
    return RoleName(form.role.data)
