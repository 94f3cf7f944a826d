"""Where an operator starts: everything that keeps the instance running."""

from typing import NamedTuple

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.web import guard
from app.core.web.context import menu
from app.pages.queries import health as queries
from app.pages.views import bp

menu("account", _l("Operator's pages"), "pages.operator", 80, "pages.operate")


class Entry(NamedTuple):
    label: LazyString
    text: LazyString
    endpoint: str


ENTRIES = (
    Entry(_l("People and roles"), _l("Appoint operators and registry."), "accounts.people"),
    Entry(
        _l("Dialogues and moderators"),
        _l("Create a dialogue for a plan and appoint who moderates it."),
        "rounds.index",
    ),
    Entry(
        _l("Registry"), _l("Verify organisations that have registered."), "organisations.registry"
    ),
    Entry(
        _l("Units of the administration"),
        _l("Who answers proposals and carries out measures."),
        "organisations.units",
    ),
    Entry(
        _l("Legal texts"),
        _l("Imprint, privacy, rules, accessibility statement."),
        "pages.legal_texts",
    ),
    Entry(_l("Reports about barriers"), _l("What people could not do or read."), "pages.barriers"),
    Entry(
        _l("Statements of reasons for the EU (JSON)"),
        _l("What moderators restricted in the last quarter. Nothing is sent by itself."),
        "moderation.statements_file",
    ),
    Entry(_l("Log"), _l("Every event, one line each."), "audit.index"),
)


@bp.get("/operator")
@guard("pages.operate")
def operator() -> ResponseReturnValue:
    known = current_app.view_functions
    return render_template(
        "pages/operator.html",
        entries=[(e, url_for(e.endpoint)) for e in ENTRIES if e.endpoint in known],
        health=queries.health(),
    )
