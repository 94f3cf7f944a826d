"""Accounts in the browser."""

from typing import Any

from flask import Blueprint, url_for
from flask_babel import lazy_gettext as _

from app.core.web.context import context, menu

bp = Blueprint("accounts", __name__)

menu("account", _("Settings"), "accounts.settings", 80)
menu("account", _("People and roles"), "accounts.people", 90, "accounts.people")


@context
def addresses() -> dict[str, Any]:
    """Where the header's buttons lead."""
    return {
        "sign_in_url": url_for("accounts.sign_in"),
        "sign_up_url": url_for("accounts.sign_up"),
        "sign_out_url": url_for("accounts.sign_out"),
    }


from app.accounts.views import (  # noqa: E402, F401 — they register on bp
    deletion,
    identity,
    links,
    people,
    profile,
    settings,
    sign_in,
    sign_up,
)
