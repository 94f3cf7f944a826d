"""Running dialogues and rounds."""

from app.rounds.commands.accreditation import accredit, ask_accreditation, refuse_accreditation
from app.rounds.commands.clock import catch_up
from app.rounds.commands.copying import copy_dialogue, copy_round
from app.rounds.commands.desk import hope_for, remove_note, write_note
from app.rounds.commands.dialogues import (
    TitleTaken,
    appoint_moderator,
    change_dialogue,
    create_dialogue,
    end_moderator,
    publish_dialogue,
)
from app.rounds.commands.holding import Holding, set_holding
from app.rounds.commands.method import apply_method, go_without_method, take_rules_of
from app.rounds.commands.rules import RulesOvertaken, change_rules
from app.rounds.commands.running import (
    announce,
    archive,
    change_round,
    close,
    create_round,
    mark_answered,
    open_,
    pause,
    resume,
)
from app.rounds.commands.suspending import end_suspension, suspend
from app.rounds.commands.translating import translate
from app.rounds.commands.windows import remove_window, set_roughly, set_window

__all__ = [
    "Holding",
    "RulesOvertaken",
    "TitleTaken",
    "accredit",
    "announce",
    "apply_method",
    "appoint_moderator",
    "archive",
    "ask_accreditation",
    "catch_up",
    "change_dialogue",
    "change_round",
    "change_rules",
    "close",
    "copy_dialogue",
    "copy_round",
    "create_dialogue",
    "create_round",
    "end_moderator",
    "end_suspension",
    "go_without_method",
    "hope_for",
    "mark_answered",
    "open_",
    "pause",
    "publish_dialogue",
    "refuse_accreditation",
    "remove_note",
    "remove_window",
    "resume",
    "set_holding",
    "set_roughly",
    "set_window",
    "suspend",
    "take_rules_of",
    "translate",
    "write_note",
]
