"""sitemap.xml: an index, and parts that list every public page in every language."""

from collections.abc import Iterator

from flask import Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.core.languages import LANGUAGES
from app.core.web import guard
from app.pages.queries import sitemap as queries
from app.pages.views import root_bp

ALWAYS = (
    "pages.home",
    "plan.index",
    "rounds.index",
    "organisations.index",
    "pages.rules",
    "pages.imprint",
    "pages.privacy",
    "pages.accessibility",
    "pages.barrier",
)


def _xml(template: str, **values: object) -> ResponseReturnValue:
    base = current_app.config["SETTINGS"].server_url.rstrip("/")
    return Response(render_template(template, base=base, **values), mimetype="application/xml")


@root_bp.get("/sitemap.xml")
@guard("pages.read")
def sitemap() -> ResponseReturnValue:
    return _xml("pages/sitemap.xml", parts=range(queries.parts()))


@root_bp.get("/sitemap-<int:part>.xml")
@guard("pages.read")
def sitemap_part(part: int) -> ResponseReturnValue:
    if part >= queries.parts():
        raise NotFound
    return _xml("pages/sitemap_part.xml", addresses=_addresses(part))


def _addresses(part: int) -> Iterator[str]:
    if part == 0:
        for endpoint in ALWAYS:
            for tag in LANGUAGES:
                yield url_for(endpoint, lang=tag)
    for endpoint, id_ in queries.public_pages(part):
        for tag in LANGUAGES:
            yield url_for(endpoint, lang=tag, id=id_)


@root_bp.get("/robots.txt")
@guard("pages.read")
def robots() -> ResponseReturnValue:
    base = current_app.config["SETTINGS"].server_url.rstrip("/")
    return Response(
        f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n", mimetype="text/plain"
    )
