"""What every template can use: the site, the languages, the actor, the navigation, formats."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from babel import dates as babel_dates
from babel import numbers as babel_numbers
from flask import Flask, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from app.core import clock, freshness
from app.core.languages import LANGUAGES
from app.core.named import NamedMixin
from app.core.web.actors import actor
from app.core.web.guard import can
from app.core.web.languages import current, same_page_in
from config import ROOT, Settings


class NavItem(NamedTuple):
    """An entry of a menu. `rule`, where given, decides whether the actor sees it."""

    label: LazyString
    endpoint: str
    order: int
    rule: str | None = None


MENUS: dict[str, list[NavItem]] = {"nav": [], "account": [], "footer": []}
_extra: list[Callable[[], dict[str, Any]]] = []


def menu(name: str, label: LazyString, endpoint: str, order: int, rule: str | None = None) -> None:
    """Add an entry to the menu `nav`, `account` or `footer`."""
    item = NavItem(label, endpoint, order, rule)
    if item.endpoint not in {known.endpoint for known in MENUS[name]}:
        MENUS[name].append(item)
        MENUS[name].sort(key=lambda known: known.order)


def context(function: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """Register what a feature adds to every page (at most one query, none for strangers)."""
    if function not in _extra:
        _extra.append(function)
    return function


def _menu(name: str) -> list[dict[str, Any]]:
    here = (request.endpoint or "").partition(".")[0]
    return [
        {
            "label": item.label,
            "url": url_for(item.endpoint),
            "current": item.endpoint == request.endpoint
            or (name == "nav" and item.endpoint.partition(".")[0] == here != "pages"),
        }
        for item in MENUS[name]
        if item.rule is None or can(item.rule)
    ]


class Site(NamedTuple):
    """Who runs this instance, for the header and footer."""

    name: str
    city: str
    contact_email: str
    demonstration: bool
    production: bool


@cache
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def asset(path: str) -> str:
    """The address of a static file; changes with its content, so it may be cached for good."""
    file = ROOT / "app" / "static" / path
    return f"/static/{path}?v={_digest(file, file.stat().st_mtime_ns)}"


def init(app: Flask, settings: Settings) -> None:
    site = Site(
        settings.site_name,
        settings.city_name,
        settings.contact_email,
        settings.demonstration,
        settings.production,
    )

    @app.context_processor
    def base() -> dict[str, Any]:
        values: dict[str, Any] = {
            "site": site,
            "language": current(),
            "languages": [
                {"tag": x.tag, "native_name": x.native_name, "url": same_page_in(x.tag)}
                for x in LANGUAGES.values()
            ],
            "actor": actor(),
            "nav": _menu("nav"),
            "account_nav": _menu("account") if actor().signed_in else [],
            "footer_nav": _menu("footer"),
            "can": can,
            "asset": asset,
            "now": clock.now(),
        }
        for extra in _extra:
            values.update(extra())
        return values

    app.jinja_env.filters.update(
        said=said,
        named=named,
        localdate=localdate,
        localdatetime=localdatetime,
        localtime=localtime,
        relative=relative,
        money=money,
        number=number,
        percent=percent,
        isolate=isolate,
        listed=listed,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _locale() -> str:
    return current().locale


def localdate(value: date | datetime | None, form: str = "long") -> str:
    """A day in the reader's language: 30. November 2026."""
    if value is None:
        return ""
    day = clock.local(value).date() if isinstance(value, datetime) else value
    return babel_dates.format_date(day, form, locale=_locale())


def localdatetime(value: datetime | None, form: str = "long") -> str:
    """Day and time of day on the city's clock: 30. November 2026, 23:59."""
    return f"{localdate(value, form)}, {localtime(value)}" if value is not None else ""


def localtime(value: datetime | None) -> str:
    if value is None:
        return ""
    return babel_dates.format_time(clock.local(value), "short", locale=_locale())


def relative(value: datetime | None) -> str:
    """Distance to now: in 12 days, 3 hours ago."""
    if value is None:
        return ""
    freshness.met(clock.now() + timedelta(minutes=1))
    distance: timedelta = value - clock.now()
    return babel_dates.format_timedelta(distance, add_direction=True, locale=_locale())


def listed(items: Iterable[object]) -> str:
    """One after the other, parted as the reader's language does it."""
    # i18n: Between the entries of a list.
    return _(", ").join(map(str, items))


def money(cents: int | None, currency: str = "EUR") -> str:
    """Integer cents as money, without the cents where they are zero: 495.016 €."""
    if cents is None:
        return ""
    whole = cents % 100 == 0
    return (
        babel_numbers.format_currency(
            Decimal(cents) / 100,
            currency,
            locale=_locale(),
            format=None,
            currency_digits=not whole,
            decimal_quantization=True,
        )
        if not whole
        else babel_numbers.format_currency(
            Decimal(cents) / 100,
            currency,
            locale=_locale(),
            format=_whole_money(_locale()),
            currency_digits=False,
        )
    )


@cache
def _whole_money(locale: str) -> str:
    from babel import Locale

    pattern: str = Locale.parse(locale).currency_formats["standard"].pattern
    return pattern.replace("0.00", "0")


def number(value: int | float | None) -> str:
    return "" if value is None else babel_numbers.format_decimal(value, locale=_locale())


def percent(value: float | None) -> str:
    """A share of one as whole per cent: 0.82 → 82 %."""
    return "" if value is None else babel_numbers.format_percent(value, locale=_locale())


def said(thing: NamedMixin, what: str = "title") -> str:
    """Its title (or question) as somebody has written it in the reader's language, if anybody."""
    return thing.said(what, current().tag)


def named(thing: NamedMixin, what: str = "title") -> Markup:
    """The same between words of another direction, with its language where it is the reader's."""
    words, language = said(thing, what), current()
    if words == getattr(thing, what):
        return isolate(words)
    return Markup('<bdi dir="auto" lang="{}">{}</bdi>').format(language.locale, words)


def isolate(text: object) -> Markup:
    """A name or title between words of another direction."""
    return Markup('<bdi dir="auto">{}</bdi>').format(escape(text))


__all__ = ["asset", "context", "init", "menu", "render_template"]
