"""`flask voting`: the sealed ballots for a recount before witnesses, and what they found."""

import hashlib
import os
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core.errors import AppError
from app.core.transactions import transaction
from app.voting import commands, queries
from app.voting.methods.package import write
from app.voting.models import Question
from app.voting.queries import proof
from app.voting.queries.package import sealed_members
from app.voting.states import Finding, QuestionState

group = AppGroup("voting", help="Recounts before witnesses (docs/votes.md).")


@group.command("seal-export")
@click.argument("question", type=int)
@click.option("--witness", "witnesses", multiple=True, help='"Name, organisation"; at least two.')
@click.option("--out", type=click.Path(path_type=Path), help="The file to make.")
def seal_export(question: int, witnesses: tuple[str, ...], out: Path | None) -> None:
    """Write the sealed ballots of QUESTION into a file that only you can read.

    That it was made, when, and for whom is public from then on. Delete the file after the recount.
    """
    asked = _question(question)
    path = out or Path(f"question-{question}-sealed.zip")
    try:
        named = commands.witnesses_of(asked, witnesses)
        found = _written(asked, path, named)
    except AppError as error:
        raise click.ClickException(str(error))
    try:
        with transaction():
            made = commands.hand_out(_question(question), named, package_hash=found)
            recount_id = made.id
    except BaseException:
        path.unlink()
        raise
    click.echo(f"{path} is made. Its SHA-256, for the witnesses:\n{found}")
    click.echo(f"To recount: flask recount {path}")
    click.echo(f"Afterwards: flask voting record-recount {recount_id} --found agrees")


def _written(question: Question, path: Path, witnesses: list[dict[str, object]]) -> str:
    """Make the file, readable by its owner alone from its first byte on; returns its SHA-256."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}")
    try:
        with os.fdopen(handle, "w+b") as file:
            write(sealed_members(question, witnesses), file)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            return hashlib.file_digest(file, "sha256").hexdigest()
    except BaseException:
        path.unlink()
        raise


@group.command("record-recount")
@click.argument("recount", type=int)
@click.option(
    "--found",
    type=click.Choice([Finding.AGREES.value, Finding.DIFFERS.value]),
    required=True,
    help="What the witnesses have found.",
)
@click.option("--note", default="", help="Where it differs, in a sentence; it is public.")
def record_recount(recount: int, found: str, note: str) -> None:
    """Publish what the witnesses of RECOUNT have found."""
    try:
        with transaction():
            known = proof.sealed_recount(recount)
            if known is None:
                raise click.ClickException(f"There is no recount {recount}.")
            question = _question(known.question_id)
            commands.record_finding(known, question, Finding(found), note=note.strip())
    except AppError as error:
        raise click.ClickException(str(error))
    click.echo("It stands on the page of the vote now.")


def _question(id: int) -> Question:
    found = queries.get(id)
    if found is None:
        raise click.ClickException(f"There is no question {id}.")
    if found.state is not QuestionState.COUNTED:
        raise click.ClickException("The votes are not counted yet.")
    return found
