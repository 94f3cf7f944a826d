"""What operators type about dialogues, and moderators about rounds, windows and procedures."""

from app.rounds.forms.copying import CopyDialogueForm, CopyRoundForm, copy_dialogue_form
from app.rounds.forms.desk import HopesForm, Known, ModeratorNoteForm, hopes_form
from app.rounds.forms.dialogues import (
    AppointForm,
    DialogueForm,
    NewDialogueForm,
    RefuseForm,
    dialogue_form,
    new_dialogue_form,
)
from app.rounds.forms.ready import READY, Ready
from app.rounds.forms.rules import (
    AUDIENCES,
    KIND_HINTS,
    KINDS,
    ChangedRulesForm,
    RoundForm,
    RulesFields,
    changed_rules_form,
    round_form,
    rules_in,
)
from app.rounds.forms.translations import TEXTS, TranslationForm, translation_form
from app.rounds.forms.windows import (
    RemoveWindowForm,
    ResumeForm,
    RoughWindowForm,
    RunningRemoveWindowForm,
    RunningWindowForm,
    WindowForm,
)

__all__ = [
    "AUDIENCES",
    "KINDS",
    "KIND_HINTS",
    "READY",
    "TEXTS",
    "AppointForm",
    "ChangedRulesForm",
    "CopyDialogueForm",
    "CopyRoundForm",
    "DialogueForm",
    "HopesForm",
    "Known",
    "ModeratorNoteForm",
    "NewDialogueForm",
    "Ready",
    "RefuseForm",
    "RemoveWindowForm",
    "ResumeForm",
    "RoughWindowForm",
    "RoundForm",
    "RulesFields",
    "RunningRemoveWindowForm",
    "RunningWindowForm",
    "TranslationForm",
    "WindowForm",
    "changed_rules_form",
    "copy_dialogue_form",
    "dialogue_form",
    "hopes_form",
    "new_dialogue_form",
    "round_form",
    "rules_in",
    "translation_form",
]
