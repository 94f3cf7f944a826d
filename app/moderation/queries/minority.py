"""What organisations say beside a summary, in their own words."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.policy import Actor
from app.core.states import Visibility
from app.moderation.models import MinorityStatement, Summary
from app.moderation.queries import summaries
from app.organisations.models import Organisation
from app.rounds import queries as rounds
from app.rounds.models import Round


def beside(ids: Iterable[int]) -> dict[int, list[MinorityStatement]]:
    """By summary, with their organisations, by name; of those that are hidden everybody reads why.

    One statement.
    """
    rows = db.session.scalars(
        select(MinorityStatement)
        .join(Organisation, Organisation.id == MinorityStatement.organisation_id)
        .options(joinedload(MinorityStatement.organisation))
        .where(
            MinorityStatement.summary_id.in_(list(ids)),
            MinorityStatement.withdrawn_at.is_(None),
            MinorityStatement.visibility.in_(SHOWN),
        )
        .order_by(Organisation.name_sort, Organisation.id)
    )
    found: dict[int, list[MinorityStatement]] = defaultdict(list)
    for one in rows:
        found[one.summary_id].append(one)
    return found


SHOWN = (Visibility.VISIBLE, Visibility.HIDDEN)


def statement_of(summary_id: int, organisation_id: int) -> MinorityStatement | None:
    """What an organisation has said beside a summary, taken back or not."""
    return db.session.scalar(
        select(MinorityStatement)
        .where(
            MinorityStatement.summary_id == summary_id,
            MinorityStatement.organisation_id == organisation_id,
        )
        .execution_options(populate_existing=True)
    )


def get_statement(id: int) -> MinorityStatement | None:
    """With its author, organisation, round and dialogue; fresh."""
    return db.session.scalar(
        _whole_statements()
        .where(MinorityStatement.id == id)
        .execution_options(populate_existing=True)
    )


def statements(ids: Iterable[int]) -> dict[int, MinorityStatement]:
    """The same of several, in one statement."""
    rows = db.session.scalars(_whole_statements().where(MinorityStatement.id.in_(list(ids))))
    return {found.id: found for found in rows}


def _whole_statements() -> Select[tuple[MinorityStatement]]:
    return select(MinorityStatement).options(
        joinedload(MinorityStatement.author),
        joinedload(MinorityStatement.organisation),
        joinedload(MinorityStatement.round).joinedload(Round.dialogue),
        joinedload(MinorityStatement.round).selectinload(Round.windows),
    )


def statement_is_visible(id: int, actor: Actor) -> bool:
    """Everybody where it is shown; its organisation's members and the moderators in any case."""
    query = select(
        MinorityStatement.visibility,
        MinorityStatement.withdrawn_at,
        MinorityStatement.organisation_id,
        Round.id,
        Round.dialogue_id,
        summaries.text_is_public().label("text_is_public"),
    ).join(Summary, Summary.id == MinorityStatement.summary_id)
    row = db.session.execute(summaries.joined(query).where(MinorityStatement.id == id)).first()
    if row is None:
        return False
    if actor.moderates(row.dialogue_id) or actor.belongs_to(row.organisation_id):
        return True
    shown = row.visibility is Visibility.VISIBLE and row.withdrawn_at is None
    return shown and row.text_is_public and rounds.is_visible(row.id, actor)


class Named(NamedTuple):
    """A statement, and the summary beside which it stands."""

    id: int
    beside: summaries.Named
    public: bool


def statement_names(ids: Iterable[int]) -> list[Named]:
    """Two statements."""
    rows = db.session.execute(
        select(
            MinorityStatement.id,
            MinorityStatement.summary_id,
            and_(
                MinorityStatement.visibility == Visibility.VISIBLE,
                MinorityStatement.withdrawn_at.is_(None),
            ),
        ).where(MinorityStatement.id.in_(list(ids)))
    ).all()
    beside = {one.id: one for one in summaries.names(id for _id, id, _shown in rows)}
    return [Named(id, beside[of], bool(shown) and beside[of].public) for id, of, shown in rows]
