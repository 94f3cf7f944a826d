"""amendments put to the vote, closed and moved with their proposal; draws that wait"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0019"
branch_labels = None
depends_on = None

_KINDS = (
    "proposal-published",
    "proposal-returned",
    "proposal-hidden",
    "proposal-withdrawn",
    "cosponsor-asked",
    "cosponsor-answered",
    "proposal-changed",
    "change-returned",
    "amendment-made",
    "amendment-decided",
    "amendment-hidden",
    "proposals-merged",
    "proposal-split",
    "merging-objected",
    "objection-decided",
    "merging-undone",
    "proposal-in-round",
    "comment",
    "comment-returned",
    "comment-hidden",
    "question-opened",
    "result",
    "answered",
    "measure-changed",
    "round-announced",
    "round-opened",
    "window-changed",
    "procedure-changed",
    "accredited",
    "accreditation-refused",
    "organisation-verified",
    "organisation-refused",
    "appeal-made",
    "appeal-decided",
    "moderated",
)
_NEW = (
    "amendment-vote-wanted",
    "amendment-to-vote",
    "amendment-owed",
    "amendment-closed",
    "draw-due",
)
_BEFORE = "'open', 'accepted', 'in_part', 'declined', 'withdrawn'"
_AFTER = "'open', 'voting', 'voted', 'accepted', 'in_part', 'declined', 'withdrawn', 'closed'"


def _notices_of(*kinds: str) -> None:
    """The kinds of notices that there are."""
    known = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_constraint("kind_known", type_="check")
        batch_op.create_check_constraint("kind_known", f"kind IN ({known})")


def _states(known: str, undecided: str) -> None:
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.drop_constraint("state_known", type_="check")
        batch_op.create_check_constraint("state_known", f"state IN ({known})")
        batch_op.drop_constraint("decided_at_known", type_="check")
        batch_op.create_check_constraint(
            "decided_at_known", f"({undecided}) = (decided_at IS NULL)"
        )


def upgrade() -> None:
    _notices_of(*_KINDS[:11], *_NEW[:-1], *_KINDS[11:22], _NEW[-1], *_KINDS[22:])
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("vote_wanted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("vote_says", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("moved_from_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_amendments_moved_from_id"), "amendments", ["moved_from_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_amendments_moved_from_id"), ["moved_from_id"])
        batch_op.create_check_constraint(
            "vote_says_known", "vote_says IN ('adopted', 'rejected', 'differs', 'unknown')"
        )
        batch_op.create_check_constraint(
            "vote_says_after_the_vote", "state NOT IN ('open', 'voting') OR vote_says IS NULL"
        )
        batch_op.create_check_constraint(
            "voted_with_a_result", "state != 'voted' OR vote_says IS NOT NULL"
        )
    _states(_AFTER, "state IN ('open', 'voting', 'voted')")
    with op.batch_alter_table("options", schema=None) as batch_op:
        batch_op.add_column(sa.Column("amendment_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_options_amendment_id"), "amendments", ["amendment_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_options_amendment_id"), ["amendment_id"])
        batch_op.create_check_constraint("one_thing", "amendment_id IS NULL OR proposal_id IS NULL")


def downgrade() -> None:
    """What is being voted on, or was closed with its proposal, is open as before this."""
    with op.batch_alter_table("options", schema=None) as batch_op:
        batch_op.drop_constraint("one_thing", type_="check")
        batch_op.drop_index(op.f("ix_options_amendment_id"))
        batch_op.drop_constraint(op.f("fk_options_amendment_id"), type_="foreignkey")
        batch_op.drop_column("amendment_id")
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        for name in ("voted_with_a_result", "vote_says_after_the_vote", "vote_says_known"):
            batch_op.drop_constraint(name, type_="check")
        batch_op.drop_constraint(op.f("fk_amendments_moved_from_id"), type_="foreignkey")
        batch_op.drop_index(op.f("ix_amendments_moved_from_id"))
        batch_op.drop_column("moved_from_id")
        batch_op.drop_column("vote_says")
        batch_op.drop_column("vote_wanted_at")
    op.execute(
        "UPDATE amendments SET state = 'open', decided_at = NULL, decided_by_id = NULL"
        " WHERE state IN ('voting', 'voted', 'closed')"
    )
    _states(_BEFORE, "state = 'open'")
    new = ", ".join(f"'{kind}'" for kind in _NEW)
    op.execute(f"DELETE FROM notices WHERE kind IN ({new})")  # noqa: S608 — our own words
    _notices_of(*_KINDS)
