"""Changes to accounts."""

from app.accounts.commands.links import LinkGone, make_link, use_link
from app.accounts.commands.people import (
    NameTaken,
    add_person,
    change_email,
    change_language,
    change_name,
    confirm,
    delete,
    hide_profile,
    set_password,
    show_profile,
)
from app.accounts.commands.roles import end_role, give_role
from app.accounts.commands.sessions import end_session, end_sessions, start_session

__all__ = [
    "LinkGone",
    "NameTaken",
    "add_person",
    "change_email",
    "change_language",
    "change_name",
    "confirm",
    "delete",
    "end_role",
    "end_session",
    "end_sessions",
    "give_role",
    "hide_profile",
    "make_link",
    "set_password",
    "show_profile",
    "start_session",
    "use_link",
]
