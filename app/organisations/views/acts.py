"""Acts that a second person releases, in words: what each is, and what was sent."""

from collections.abc import Callable

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.organisations import queries
from app.organisations.models import Release

Line = tuple[str, str]
"""What a field is called, and what was sent in it."""
Reader = Callable[[Release], list[Line]]

ACTS: dict[str, LazyString] = {
    "amendments.accept": _l("Accept an amendment"),
    "amendments.decline": _l("Decline an amendment"),
    "amendments.make": _l("Suggest a change"),
    "amendments.support": _l("Support an amendment"),
    "amendments.unsupport": _l("Take support for an amendment back"),
    "amendments.want_vote": _l("Ask for a vote about an amendment"),
    "amendments.withdraw": _l("Withdraw an amendment"),
    "comments.post": _l("Comment"),
    "comments.edit": _l("New text of a comment"),
    "comments.rewrite": _l("New text of a comment"),
    "merging.object_to": _l("Object to a merging or splitting"),
    "moderation.dispute_summary": _l("Dispute a summary"),
    "moderation.minority_statement": _l("Minority statement"),
    "organisations.edit": _l("Change our profile"),
    "organisations.four_eyes": _l("Change whether a second person releases"),
    "organisations.rename": _l("Change our name"),
    "proposals.answer_cosponsor": _l("Answer whether we stand behind a proposal"),
    "proposals.ask_cosponsors": _l("Ask an organisation to stand behind our proposal"),
    "proposals.publish_change": _l("New version of our proposal"),
    "proposals.submit": _l("Hand in a proposal"),
    "proposals.support": _l("Support a proposal"),
    "proposals.unsupport": _l("Take support for a proposal back"),
    "proposals.withdraw": _l("Withdraw our proposal"),
    "rounds.ask": _l("Ask to take part in a dialogue"),
    "voting.cast": _l("Cast our vote"),
    "voting.object_to_method": _l("Object to the method of a vote"),
    "voting.take_objection_back": _l("Take an objection to a method back"),
}
"""By endpoint."""

LOOK_AT: dict[str, Callable[[Release], str]] = {
    "proposals.submit": lambda one: url_for("proposals.preview", **one.arguments),
    "proposals.publish_change": lambda one: url_for("proposals.preview_change", **one.arguments),
}
"""Where the text stands that goes out, where it is not in the form itself."""

FIELDS: dict[str, LazyString] = {
    "action": _l("Answer"),
    "body": _l("Text"),
    "contact_email": _l("Contact address"),
    "description": _l("Description"),
    "minority": _l("Minority statement"),
    "name": _l("Name"),
    "new": _l("New words"),
    "note": _l("Note"),
    "organisation": _l("Organisation"),
    "reason": _l("Reason"),
    "stance": _l("Your stance"),
    "title": _l("Title"),
    "words": _l("Text"),
    "wanted": _l("What goes out in our name"),
    "website": _l("Website"),
}

VALUES: dict[tuple[str, str], LazyString] = {
    ("action", "accept"): _l("yes, we stand behind it"),
    ("action", "decline"): _l("no"),
    ("action", "leave"): _l("we leave it"),
    ("stance", "for"): _l("For"),
    ("stance", "against"): _l("Against"),
    ("stance", "question"): _l("A question"),
    ("stance", "suggestion"): _l("A suggestion"),
    ("wanted", "yes"): _l("goes out when a second person has released it"),
    ("wanted", "no"): _l("goes out at once"),
}

UNSAID = ("speaking_as", "form_key", "edition", "version", "seen", "manifest", "paragraph")
"""What the program itself put into the form."""

_readers: dict[str, Reader] = {}


def reads(endpoint: str) -> Callable[[Reader], Reader]:
    """Register who says in words what a form holds, where its fields alone do not."""

    def register(reader: Reader) -> Reader:
        _readers[endpoint] = reader
        return reader

    return register


def words(release: Release) -> list[Line]:
    """All that was sent: nothing that goes out is hidden from who releases it."""
    reader = _readers.get(release.endpoint, _plain)
    return reader(release)


def _plain(release: Release) -> list[Line]:
    return [
        (str(FIELDS.get(name, name)), _said(name, value))
        for name, value in release.fields
        if name not in UNSAID and value.strip() and (name, value) != ("action", "send")
    ]


def _said(name: str, value: str) -> str:
    if name == "organisation" and value.isdecimal():
        found = queries.get(int(value[:9]))
        return found.name if found else value
    known = VALUES.get((name, value))
    return str(known) if known is not None else value
