"""Imprint, privacy, rules of the dialogue, accessibility statement."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from app.core.languages import LANGUAGES, Language
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.context import menu
from app.core.web.languages import current
from app.core.web.shared import shared_by_strangers
from app.pages import commands
from app.pages.forms import LegalTextForm
from app.pages.handlers import TITLES
from app.pages.models import LegalKind
from app.pages.queries import legal as queries
from app.pages.views import bp

menu("footer", TITLES[LegalKind.RULES], "pages.rules", 10)
menu("footer", TITLES[LegalKind.IMPRINT], "pages.imprint", 20)
menu("footer", TITLES[LegalKind.PRIVACY], "pages.privacy", 30)
menu("footer", TITLES[LegalKind.ACCESSIBILITY], "pages.accessibility", 40)


class InLanguage(NamedTuple):
    kind: LegalKind
    language: Language


def _kind(slug: str) -> LegalKind | None:
    return LegalKind(slug) if slug in set(LegalKind) else None


def _shipped(kind: LegalKind) -> str:
    """What stands there until the operator writes a text, in the language of the request."""
    settings = current_app.config["SETTINGS"]
    return render_template(f"pages/legal/{kind}.md", settings=settings)


def _show(kind: LegalKind, at: datetime | None = None) -> ResponseReturnValue:
    default = current_app.config["SETTINGS"].default_language
    found = queries.in_force(kind, current().tag, default, at)
    body = found.body if found is not None else _shipped(kind)
    return render_template(
        "pages/legal.html",
        title=TITLES[kind],
        kind=kind,
        html=to_html(body, start_level=2),
        found=found,
        text_language=LANGUAGES.get(found.language) if found else None,
        at=at,
    )


@bp.get("/legal/imprint")
@shared_by_strangers
@guard("pages.read")
def imprint() -> ResponseReturnValue:
    return _show(LegalKind.IMPRINT)


@bp.get("/legal/privacy")
@shared_by_strangers
@guard("pages.read")
def privacy() -> ResponseReturnValue:
    return _show(LegalKind.PRIVACY)


@bp.get("/legal/rules")
@shared_by_strangers
@guard("pages.read")
def rules() -> ResponseReturnValue:
    """In force now, or `at` the moment when a decision was made."""
    return _show(LegalKind.RULES, _moment(request.args.get("at", "")))


def _moment(typed: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(typed)
        return found.astimezone(UTC) if found.tzinfo is not None else None
    return None


@bp.get("/legal/accessibility")
@shared_by_strangers
@guard("pages.read")
def accessibility() -> ResponseReturnValue:
    return _show(LegalKind.ACCESSIBILITY)


@bp.get("/operator/legal")
@guard("pages.operate")
def legal_texts() -> ResponseReturnValue:
    return render_template("pages/legal_texts.html", titles=TITLES, shipped_languages=LANGUAGES)


@bp.route("/operator/legal/<string:slug>/<string:tag>", methods=["GET", "POST"])
@guard("pages.operate", kind=_kind)
def edit_legal_text(kind: LegalKind, tag: str) -> ResponseReturnValue:
    """Write a new version, with a preview before it is in force."""
    language = LANGUAGES.get(tag) or current()
    versions = queries.versions(kind, language.tag)
    form = LegalTextForm(body=versions[0].body if versions else _shipped(kind))
    preview: Markup | None = None
    if form.validate_on_submit():
        if "preview" not in request.form:
            with transaction(asking="pages.operate"):
                commands.change_legal_text(kind, language.tag, form.body.data, by=actor())
            flash(_("The new version is in force."))
            return redirect(url_for("pages.legal_texts"), 303)
        preview = to_html(form.body.data, start_level=3)
    page = render_template(
        "pages/edit_legal_text.html",
        form=form,
        title=TITLES[kind],
        text_language=language,
        versions=versions,
        preview=preview,
    )
    return page, 422 if form.errors else 200
