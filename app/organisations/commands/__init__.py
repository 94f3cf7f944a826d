"""Changes to organisations, mandates, invitations and units."""

from app.organisations.commands.invitations import (
    accept_invitation,
    invite,
    send_again,
    withdraw_invitation,
)
from app.organisations.commands.mandates import (
    change_role,
    end_mandate,
    give_mandate,
    hand_over,
    leave_all,
    limit,
)
from app.organisations.commands.organisations import (
    Profile,
    ask_again,
    change,
    dissolve,
    refuse,
    register,
    rename,
    verify,
)
from app.organisations.commands.units import (
    appoint_to_unit,
    create_unit,
    end_unit,
    end_unit_mandate,
    rename_unit,
)

__all__ = [
    "Profile",
    "accept_invitation",
    "appoint_to_unit",
    "ask_again",
    "change",
    "change_role",
    "create_unit",
    "dissolve",
    "end_mandate",
    "end_unit",
    "end_unit_mandate",
    "give_mandate",
    "hand_over",
    "invite",
    "leave_all",
    "limit",
    "refuse",
    "register",
    "rename",
    "rename_unit",
    "send_again",
    "verify",
    "withdraw_invitation",
]
