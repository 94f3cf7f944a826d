"""`flask recount`: an export of a vote, counted again."""

from pathlib import Path
from typing import Any

import click

from app.voting.methods.package import BrokenPackage, read
from app.voting.methods.recounting import NoExport, Wrong
from app.voting.methods.recounting import recount as counted

DIFFERS, BROKEN = 1, 2
"""How the command ends where it does not agree; 0 where it does."""

LONGEST = 400
"""Characters of one line about what is wrong."""


@click.command("recount")
@click.option("--head", "heads", multiple=True, help="A head of the chain that you have kept.")
@click.argument("file", type=click.Path(path_type=Path))
def recount(file: Path, heads: tuple[str, ...]) -> None:
    """Count FILE again: the export of a vote, as ZIP or JSON, sealed or not. Prints the hash of the
    result, which the page of the result shows too; or where it differs, and ends with 1.

    A file that cannot be read ends it with 2.
    """
    try:
        export = read(file)
        found = counted(export, heads)
    except Wrong as wrong:
        for difference in wrong.found:
            click.echo(f"{file}: {_plain(str(difference))}", err=True)
        raise SystemExit(DIFFERS)
    except (BrokenPackage, NoExport) as broken:
        click.echo(f"{file}: {_plain(str(broken))}", err=True)
        raise SystemExit(BROKEN)
    click.echo(_said(export), err=True)
    click.echo(found)


def _plain(text: str) -> str:
    """What a foreign file says, fit for a terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)[:LONGEST]


def _said(export: dict[str, Any]) -> str:
    if "sealed" not in export:
        return (
            "Yes: question, figures, log and result belong together. Compare the hash below with "
            "the one on the page of the result."
        )
    roll = export["sealed"].get("roll")
    return (
        "Yes: every ballot opens its commitment, none is missing, none was added, and they count "
        "to this result. "
        + (
            f"They are as many as the people on the roll ({roll})."
            if roll is not None
            else "The roll was forgotten already, so their number could not be compared with it."
        )
    )
