"""Changes to organisations, mandates, invitations and units."""

from app.organisations.commands.inside import remove_note, take_position, write_note
from app.organisations.commands.invitations import (
    InvitationGone,
    accept_invitation,
    invite,
    refuse_gone,
    send_again,
    withdraw_invitation,
)
from app.organisations.commands.mandates import (
    BelongsAlready,
    change_role,
    end_mandate,
    give_mandate,
    hand_over,
    leave_all,
    limit,
)
from app.organisations.commands.organisations import (
    NameTaken,
    Profile,
    ask_again,
    change,
    dissolve,
    refuse,
    register,
    rename,
    verify,
)
from app.organisations.commands.releases import (
    Keeper,
    refuse_release,
    set_four_eyes,
    take_back_release,
)
from app.organisations.commands.units import (
    UnitNameTaken,
    appoint_to_unit,
    create_unit,
    end_unit,
    end_unit_mandate,
    rename_unit,
)

__all__ = [
    "BelongsAlready",
    "InvitationGone",
    "Keeper",
    "NameTaken",
    "Profile",
    "UnitNameTaken",
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
    "refuse_gone",
    "refuse_release",
    "register",
    "remove_note",
    "rename",
    "rename_unit",
    "send_again",
    "set_four_eyes",
    "take_back_release",
    "take_position",
    "verify",
    "withdraw_invitation",
    "write_note",
]
