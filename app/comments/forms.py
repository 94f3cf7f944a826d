"""What is typed into a comment."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString
from wtforms import HiddenField, RadioField, SelectField

from app.accounts.forms import DisplayNameField, NamedForm
from app.comments import queries
from app.comments.models import Comment, Stance, Translation
from app.comments.queries import threads, translations
from app.comments.queries.targets import Target
from app.core.errors import SignInFirst
from app.core.forms import EmailField, Form, TextField, choices, choices_of, label_text
from app.core.languages import LANGUAGES, SPOKEN
from app.core.policy import allowed, verdict
from app.core.states import Visibility
from app.core.text.numbers import small_number
from app.core.text.recognising import recognised
from app.core.web import actor
from app.core.web.tickets import TicketForm
from app.organisations.models import Organisation
from app.rounds import queries as rounds
from app.rounds.models import Round

LONGEST = 3000

STANCES: dict[Stance, LazyString] = {
    Stance.FOR: _l("For it"),
    Stance.AGAINST: _l("Against it"),
    Stance.QUESTION: _l("A question"),
    Stance.SUGGESTION: _l("A suggestion"),
}


ORDERS: dict[threads.Order, LazyString] = {
    threads.Order.NEWEST: _l("Newest first"),
    threads.Order.OLDEST: _l("Oldest first"),
    threads.Order.HELPFUL: _l("Most helpful first"),
    threads.Order.UNANSWERED: _l("Without an answer"),
}


def _written() -> list[tuple[str, str]]:
    """Those of the interface first, then all others, by their own names."""
    first = [(tag, one.native_name) for tag, one in LANGUAGES.items()]
    return [*first, *(pair for pair in SPOKEN.items() if pair[0] not in LANGUAGES)]


class _CommentFields(Form):
    stance = RadioField(
        label_text(_l("Your stance")),
        choices=choices_of(Stance, STANCES, none=_l("None of these")),
        default="",
    )
    body = TextField(_l("Your comment"), most=LONGEST)
    language = SelectField(
        label_text(_l("In which language do you write?")),
        choices=choices([("", _l("Recognise it by the text"))], _written()),
        default="",
    )
    parent_id = HiddenField()

    @property
    def chosen_stance(self) -> Stance | None:
        return Stance(self.stance.data) if self.stance.data else None

    @property
    def chosen_language(self) -> str:
        """As chosen, else as the text tells, else that of the page."""
        return self.language.data or recognised(self.body.data or "") or actor().language

    @property
    def parent(self) -> int | None:
        """The comment that is answered; what is no number answers none."""
        return small_number(str(self.parent_id.data or ""))


class CommentForm(_CommentFields):
    """Of a signed-in person. `form_key` makes that sending twice gives one comment."""

    form_key = HiddenField()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if not self.form_key.data or len(self.form_key.data) > 64:
            self.form_key.data = secrets.token_hex(16)


class GuestForm(_CommentFields, NamedForm, TicketForm):
    """Of somebody without an account."""

    name = DisplayNameField(
        _l("The name under which you write"),
        description=_l("Whatever you like. It need not be your real name."),
    )


class AddressForm(Form):
    """Where a link to confirm a guest's comment is sent."""

    email = EmailField(
        _l("Your e-mail address"),
        description=_l(
            "A link is sent there. Nobody sees the address, and we keep only a fingerprint of it."
        ),
    )


class ConfirmedGuestForm(GuestForm, AddressForm):
    """Where the round's rules ask for an address."""


def guest_form(*, confirmed: bool, **values: Any) -> GuestForm | ConfirmedGuestForm:
    return ConfirmedGuestForm(**values) if confirmed else GuestForm(**values)


class RewriteForm(Form):
    """Another text; its language is chosen by whoever wrote it where it was not recognised."""

    body = TextField(_l("Your comment"), most=LONGEST)
    language = SelectField(
        label_text(_l("In which language is it written?")), choices=choices(_written())
    )


def rewrite_form(comment: Comment) -> RewriteForm:
    """With the present text, or with what was sent."""
    form = RewriteForm(data={"body": comment.body, "language": comment.language})
    if comment.language not in SPOKEN:  # of a language that has gone since
        form.language.choices = choices([(comment.language, comment.language)], _written())
    return form


class TranslationForm(Form):
    language = SelectField(
        label_text(_l("Into which language do you translate?")), choices=choices(_written())
    )
    body = TextField(_l("Your translation"), most=2 * LONGEST)


def translation_form(comment: Comment, language: str, known: str) -> TranslationForm:
    """Into any language but its own; with what the actor has offered there, or what was sent."""
    others = [pair for pair in _written() if pair[0] != comment.language]
    form = TranslationForm(data={"language": language, "body": known})
    form.language.choices = choices(others)
    return form


@dataclass(frozen=True)
class Talk:
    """What the fragment `comments/_thread.html` shows under a thing."""

    target: Target
    here: str
    parts: dict[str, threads.Part]
    total: int
    asked: threads.Asked
    languages: Mapping[str, int]
    form: CommentForm | None
    voices: list[threads.Voice]
    what_happens: str
    guests: bool
    asks_sign_in: bool
    refusal: str
    translated: Mapping[int, Translation]

    @property
    def stance(self) -> bool:
        return self.target.round.procedure.stance

    @property
    def some(self) -> bool:
        """Whether there is anything to put in order, on this page or before it."""
        narrowed = self.asked.language or self.asked.order is threads.Order.UNANSWERED
        return bool(self.asked.keys or narrowed) or any(
            part.threads for part in self.parts.values()
        )

    def reads(self, comment: Comment) -> bool:
        """Whether the actor may read the text of a comment that is listed here."""
        return comment.visibility is not Visibility.HIDDEN or queries.is_own_or_moderated(
            comment, actor(), self.target.round.dialogue_id
        )

    def reply_url(self, comment: Comment) -> str:
        if self.form is not None:
            return url_for("comments.new", id=self.target.id, parent=comment.id)
        if self.guests:
            return url_for("comments.guest", id=self.target.id, parent=comment.id)
        return ""

    def more_url(self, part: threads.Part) -> str:
        """This page with the next comments of one part; the others stay where they are."""
        here = _in_address(self.asked.order, self.asked.language)
        values = {**self.asked.keys, **here, part.name: str(part.after)}
        return f"{self.here}?{urlencode(values)}#comments"

    @property
    def orders(self) -> list[dict[str, Any]]:
        """What the reader can choose among, for `nav.orders`."""
        return [
            {
                "label": label,
                "url": self._url(order, self.asked.language),
                "current": order is self.asked.order,
            }
            for order, label in ORDERS.items()
        ]

    @property
    def filters(self) -> list[dict[str, Any]]:
        """All languages or one; nothing to choose where all is written in one."""
        if len(self.languages) < 2 and not self.asked.language:
            return []
        return [
            {
                "label": language_name(tag) if tag else _("All languages"),
                "url": self._url(self.asked.order, tag),
                "current": tag == self.asked.language,
            }
            for tag in ("", *sorted(self.languages))
        ]

    def foreign(self, comment: Comment) -> str:
        """The name of its language, where the reader reads in another."""
        return foreign(comment)

    def _url(self, order: threads.Order, language: str) -> str:
        query = urlencode(_in_address(order, language))
        return f"{self.here}{'?' + query if query else ''}#comments"


def _in_address(order: threads.Order, language: str) -> dict[str, str]:
    """The newest first, in all languages, is what stands there without asking."""
    found = {} if order is threads.Order.NEWEST else {"order": order.value}
    return {**found, "language": language} if language else found


def language_name(tag: str) -> str:
    return SPOKEN.get(tag, tag)


def foreign(comment: Comment) -> str:
    """The name of a comment's language, where the reader reads in another; else empty."""
    return "" if comment.language == actor().language else language_name(comment.language)


def talk(
    target: Target,
    *,
    here: str,
    total: int,
    args: Mapping[str, str],
    speakers: Sequence[Organisation] | None = None,
) -> Talk:
    """Read what stands under a thing: three statements, one more for who speaks for others.

    `speakers`, the organisations for which the actor may speak here, spares that one.
    """
    stance, wanted = target.round.procedure.stance, args.get("order", "")
    order = threads.Order(wanted) if wanted in set(threads.Order) else threads.Order.NEWEST
    names = threads.names(stance=stance)
    keys = {name: args[name] for name in names if small_number(args.get(name)) is not None}
    tag = args.get("language", "")
    asked = threads.Asked(order, tag if tag in SPOKEN else "", keys)
    found = threads.columns_of(target, actor(), stance=stance, asked=asked)
    may = verdict("comments.could-post", actor(), target)
    guests = not actor().signed_in and allowed("comments.post-as-guest", actor(), target)
    asks_sign_in = may is not True and may.error is SignInFirst
    return Talk(
        target=target,
        here=here,
        parts=found.parts,
        languages=found.languages,
        total=total,
        asked=asked,
        form=CommentForm(formdata=None) if may is True else None,
        voices=threads.voices(target.round, actor(), speakers) if may is True else [],
        what_happens=_what_happens(target.round),
        guests=guests,
        asks_sign_in=asks_sign_in,
        refusal="" if may is True or asks_sign_in else str(may.message),
        translated=translations.for_reader(found.comments, actor().language),
    )


def _what_happens(round_: Round) -> str:
    procedure = round_.procedure
    if not rounds.moderators_read_first(round_):
        return _("Your comment is published at once. Moderators read along.")
    return ngettext(
        "A moderator reads your comment within %(num)s hour. Then everybody can read it here.",
        "A moderator reads your comment within %(num)s hours. Then everybody can read it here.",
        procedure.reaction_hours,
    )
