"""The directory, the page of an organisation, and one's own organisations."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.comments import queries as comments
from app.core.districts import DISTRICTS
from app.core.languages import SPOKEN
from app.core.subjects import describe
from app.core.text.markdown import summary, to_html
from app.core.web import actor, guard
from app.core.web.shared import shared_by_strangers
from app.organisations import queries
from app.organisations.forms import KINDS as KIND
from app.organisations.forms import ROLES
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.states import OrganisationState
from app.organisations.views import bp
from app.organisations.views.words import (
    KINDS,
    STATES,
    district_words,
    language_words,
    searched,
)
from app.proposals import queries as proposals
from app.proposals.queries import cosponsors, positions
from app.rounds import queries as rounds
from app.trace.queries.ways import ways
from app.voting.queries import organisations as voting


@bp.get("/organisations")
@shared_by_strangers
@guard("organisations.index")
def index() -> ResponseReturnValue:
    """Verified organisations by name; searched, and filtered. The dissolved ones on demand."""
    q = searched(request.args.get("q", ""))
    filters: dict[str, Any] = {
        "kind": _kind(request.args.get("kind", "")),
        "district": _district(request.args.get("district", "")),
        "language": _language(request.args.get("language", "")),
    }
    gone = request.args.get("state") == OrganisationState.DISSOLVED
    found = queries.directory(
        q=q,
        **filters,
        state=OrganisationState.DISSOLVED if gone else OrganisationState.VERIFIED,
        after=request.args.get("after", ""),
        spoken=SPOKEN,
    )
    chosen: dict[str, Any] = {
        "q": q or None,
        **filters,
        "state": OrganisationState.DISSOLVED if gone else None,
    }
    return render_template(
        "organisations/index.html",
        found=found,
        q=q,
        chosen=chosen,
        filtered=any(value is not None for value in chosen.values()),
        facets=_facets(found, chosen),
        next_url=url_for("organisations.index", **chosen, after=found.next_key)
        if found.next_key
        else "",
        kind_words=KIND,
        district_words=district_words,
    )


def _kind(value: str) -> OrganisationKind | None:
    return OrganisationKind(value) if value in set(OrganisationKind) else None


def _district(value: str) -> int | None:
    known = value.isascii() and value.isdecimal() and len(value) < 3 and int(value) in DISTRICTS
    return int(value) if known else None


def _language(value: str) -> str | None:
    return value if value in SPOKEN else None


def _facets(found: queries.Directory, chosen: dict[str, Any]) -> list[dict[str, Any]]:
    """Filters with what each would leave; an active one's link takes it off."""
    kinds = [(k.value, str(KINDS[k]), found.kinds.get(k, 0)) for k in OrganisationKind]
    districts = [(n, name, found.districts[n]) for n, name in DISTRICTS.items()]
    languages = [(tag, name, found.languages[tag]) for tag, name in SPOKEN.items()]
    gone = OrganisationState.DISSOLVED
    states = [(gone, str(STATES[gone][0]), found.states.get(gone, 0))]

    def options(name: str, rows: list[Any]) -> list[dict[str, Any]]:
        return [
            {
                "label": label,
                "count": count,
                "active": chosen[name] == value,
                "url": url_for(
                    "organisations.index",
                    **{**chosen, name: None if chosen[name] == value else value},
                ),
            }
            for value, label, count in rows
            if count or chosen[name] == value
        ]

    return [
        {"label": _("Kind"), "options": options("kind", kinds)},
        {"label": _("Districts"), "options": options("district", districts)},
        {"label": _("Languages"), "options": options("language", languages)},
        {"label": _("State"), "options": options("state", states)},
    ]


@bp.get("/organisations/<int:id>")
@shared_by_strangers
@guard("organisations.show", organisation=queries.get)
def show(organisation: Organisation) -> ResponseReturnValue:
    """Who it is, where it takes part, what it proposed, where it stands, how it voted."""
    proposed = proposals.of_organisation(organisation.id)
    behind = positions.stands_behind(organisation.id)
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        kind=KIND[organisation.kind],
        state=STATES[organisation.state],
        description=to_html(organisation.description),
        districts=district_words(organisation.districts),
        spoken=language_words(organisation.languages),
        proposals=proposed,
        ways=ways([*(one.id for one in proposed), *(id for id, _title, _at in behind)]),
        dialogues=rounds.dialogues_of(organisation.id),
        behind=behind,
        supports=positions.supports(organisation.id),
        said=_said(organisation.id),
        votes=voting.count_votes(organisation.id),
        formerly=queries.former_names(organisation.id),
        belongs=actor().belongs_to(organisation.id),
    )


def _said(organisation_id: int) -> list[tuple[int, str, str, datetime, str]]:
    """Its newest comments: beginning, address, when, and the title of what each stands under."""
    found = comments.of_organisation(organisation_id)
    places = describe([one.target_id for one in found])
    return [
        (
            one.id,
            summary(one.body, 160) or _("Comment"),
            url_for("comments.show", id=one.id),
            one.published_at or one.at,
            places[one.target_id].title if one.target_id in places else "",
        )
        for one in found
    ]


@bp.get("/my/organisations")
@guard("organisations.mine")
def mine() -> ResponseReturnValue:
    """The organisations one belongs to today, with one's role."""
    return render_template(
        "organisations/mine.html",
        mandates=queries.mine(actor().person_id or 0),
        asked=cosponsors.asked(actor().places("representative", "deputy")),
        roles=ROLES,
        states=STATES,
    )
