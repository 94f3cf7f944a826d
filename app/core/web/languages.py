"""The language stands in the address: /de/…, /ar/…."""

from typing import Any

from flask import Flask, Request, g, has_request_context, request, url_for
from flask_babel import Babel
from werkzeug.routing import BaseConverter

from app.core.languages import LANGUAGES, Language
from config import ROOT, Settings

babel = Babel()


class LanguageConverter(BaseConverter):
    """Matches the tags of the shipped languages and nothing else."""

    regex = "|".join(sorted(LANGUAGES, key=len, reverse=True))
    part_isolating = True


def current() -> Language:
    """The language of this request; the default outside of one."""
    return LANGUAGES[g.get("language_tag", "de") if has_request_context() else "de"]


def preferred(request: Request, default: str) -> Language:
    """What the browser asks for, among what is shipped."""
    best = request.accept_languages.best_match(list(LANGUAGES), default=default)
    return LANGUAGES[best or default]


def init(app: Flask, settings: Settings) -> None:
    app.url_map.converters["lang"] = LanguageConverter
    babel.init_app(
        app,
        default_locale=settings.default_language,
        default_timezone=settings.timezone,
        default_translation_directories=str(ROOT / "translations"),
        locale_selector=lambda: current().locale,
        timezone_selector=lambda: settings.timezone,
    )

    @app.url_value_preprocessor
    def take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
        tag = values.pop("lang", None) if values else None
        if endpoint is None and (start := request.path.split("/")[1]) in LANGUAGES:
            tag = start  # nothing at this address, but it says in which language to say so
        g.language_tag = tag or preferred(request, settings.default_language).tag

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.get("language_tag", settings.default_language)


def same_page_in(tag: str) -> str:
    """This address in another language (its query kept); the start page for POST-only addresses."""
    if request.endpoint is None or request.view_args is None or request.method != "GET":
        return f"/{tag}/"
    values = {**request.view_args, "lang": tag}
    if not request.path.startswith(f"/{g.get('language_tag')}/"):
        return f"/{tag}/"
    return url_for(request.endpoint, **values, **request.args.to_dict(flat=False))  # type: ignore[arg-type]  # lists become repeated keys
