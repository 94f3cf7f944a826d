"""A package is made when a round is archived, and made anew when something in it is not the same.

What is not public any more goes at once: until the new package is there, nobody gets the old one.
"""

from app.accounts.events import AccountDeleted
from app.amendments.events import (
    AmendmentCut,
    AmendmentEvent,
    AmendmentHidden,
    AmendmentRestored,
    AmendmentReturned,
    AmendmentShownAgain,
)
from app.answers.events import AnswerChanged
from app.comments.events import (
    CommentCut,
    CommentEvent,
    CommentHidden,
    CommentRestored,
    CommentReturned,
    CommentShownAgain,
    CommentTakenBack,
    TranslationTakenAway,
)
from app.core.events import on
from app.core.subjects import kind_of
from app.enquiries import queries as enquiries
from app.enquiries.events import BoxChanged, FaqChanged, FaqPublished, FaqWithdrawn
from app.opendata import commands, queries
from app.opendata.queries import asked
from app.proposals.events import (
    EarlierTextsRestored,
    EarlierTextsShortened,
    ProposalCut,
    ProposalEvent,
    ProposalHidden,
    ProposalRestored,
    ProposalReturned,
    ProposalShownAgain,
)
from app.rounds.events import RoundArchived, TextTranslated


@on(RoundArchived)
def archived(event: RoundArchived) -> None:
    commands.ask(event.dialogue_id, by=event.by)


@on(
    CommentHidden,
    CommentReturned,
    CommentCut,
    CommentTakenBack,
    EarlierTextsShortened,
    ProposalCut,
    AmendmentCut,
    ProposalHidden,
    ProposalReturned,
    AmendmentHidden,
    AmendmentReturned,
)
def text_gone(event: CommentEvent | ProposalEvent | AmendmentEvent) -> None:
    dialogue_id = queries.dialogue_of_round(event.round_id)
    if dialogue_id is not None:
        commands.ask(dialogue_id, by=event.by, withhold=True)


@on(TranslationTakenAway)
def translation_gone(event: TranslationTakenAway) -> None:
    if queries.archive_of(event.dialogue_id) is not None:
        commands.ask(event.dialogue_id, by=event.by, withhold=True)


@on(TextTranslated)
def answer_translated(event: TextTranslated) -> None:
    """Answers stand in the package in every language in which their units have written them."""
    archived = queries.archive_of(event.dialogue_id) is not None
    if archived and kind_of(event.subject_id) == "answer":
        commands.ask(event.dialogue_id, by=event.by)


@on(AccountDeleted)
def account_gone(event: AccountDeleted) -> None:
    """The name goes from every package in which the person wrote."""
    for dialogue_id in queries.archived_with(event.person_id):
        commands.ask(dialogue_id, by=event.by, withhold=True)


@on(
    CommentShownAgain,
    CommentRestored,
    ProposalShownAgain,
    ProposalRestored,
    EarlierTextsRestored,
    AmendmentShownAgain,
    AmendmentRestored,
    AnswerChanged,
)
def text_back(event: CommentEvent | ProposalEvent | AmendmentEvent | AnswerChanged) -> None:
    dialogue_id = queries.dialogue_of_round(event.round_id)
    if dialogue_id is not None:
        commands.ask(dialogue_id, by=event.by)


@on(FaqWithdrawn)
def faq_gone(event: FaqWithdrawn) -> None:
    for dialogue_id in asked.archives_with(event.faq_id):
        commands.ask(dialogue_id, by=event.by, withhold=True)


@on(FaqPublished, FaqChanged)
def faq_said(event: FaqPublished | FaqChanged) -> None:
    for dialogue_id in asked.archives_with(event.faq_id):
        commands.ask(dialogue_id, by=event.by)


@on(BoxChanged)
def box_moved(event: BoxChanged) -> None:
    """What is asked there may belong to another dialogue now."""
    box = enquiries.get_box(event.box_id)
    if box is None:
        return
    before, now = (event.was_of, event.was_about), (box.unit_id, box.measure_id)
    for dialogue_id in sorted({*asked.archives_about(*before), *asked.archives_about(*now)}):
        commands.ask(dialogue_id, by=event.by)
