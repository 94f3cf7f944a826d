"""Asking other servers for papers of the council, while nobody waits."""

from datetime import timedelta

from flask import current_app
from flask_babel import force_locale

from app.core import clock
from app.core.db import db
from app.core.errors import AppError
from app.core.fetching import Allowed, Fetcher
from app.core.jobs import job
from app.core.languages import LANGUAGES
from app.core.transactions import transaction
from app.plan import commands
from app.plan.commands.exchange.oparl import Found, papers_at
from app.plan.queries import lookups
from app.plan.states import LookupState
from config import Settings

KEPT = timedelta(days=1)


@job("plan.look-for-papers")
def look_for_papers(lookup_id: int) -> None:
    """No transaction is open while the other server is asked. Again: what is known stays."""
    lookup = lookups.lookup(lookup_id)
    if lookup is None or lookup.state is not LookupState.ASKED:
        return
    address, words, language = lookup.address, lookup.words, lookup.language
    db.session.rollback()
    result = _asked(address, words, language)
    with transaction():
        lookup = lookups.locked(lookup_id)
        if lookup is not None and lookup.state is LookupState.ASKED:
            commands.end_lookup(lookup, result)


def _asked(address: str, words: str, language: str) -> Found | str:
    """The papers, or why there are none in the language of whoever wants to know."""
    settings: Settings = current_app.config["SETTINGS"]
    known = LANGUAGES.get(language, LANGUAGES[settings.default_language])
    fetcher = Fetcher(Allowed.of(settings.fetch_hosts, settings.fetch_private_hosts))
    with force_locale(known.locale):
        try:
            return papers_at(address, words, fetcher.json)
        except AppError as refused:
            return str(refused)


@job("plan.forget-lookups", every=timedelta(hours=6))
def forget() -> None:
    """What was found is chosen from within a day, or looked for again."""
    with transaction():
        lookups.forget(clock.now() - KEPT)
