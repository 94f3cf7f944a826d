"""`flask tally` counts a file of ballots, foreign ones too."""

import json
from pathlib import Path
from typing import Any

import click

from app.voting.methods import METHODS, Malformed, Method, Result, files


@click.command("tally")
@click.option("--method", "name", type=click.Choice(list(METHODS)), required=True)
@click.option("--seats", type=click.IntRange(1), help="Approval: how many options are in.")
@click.option("--majority", type=click.Choice(["simple", "two-thirds"]), help="Yes/no.")
@click.option("--status-quo", help="Schulze: the option that the winner must beat.")
@click.option("--fill", is_flag=True, help="Equal shares: spend greedily what is left.")
@click.argument("file", type=click.Path(path_type=Path))
def tally(name: str, file: Path, **chosen: Any) -> None:
    """Count FILE: Pabulib .pb, PrefLib .soc .soi .toc .toi, a Debian tally sheet .txt, polis .csv,
    or our own .json. Winners, order, counts (or pairwise, or payments) and hash go to stdout."""
    try:
        poll = files.read(file)
        result = _count(METHODS[name], poll, {**poll.parameters, **_parameters(chosen, poll)})
    except (files.BrokenFile, Malformed) as wrong:
        click.echo(f"{file}: {wrong}", err=True)
        raise SystemExit(2)
    click.echo(json.dumps(result.to_json(), ensure_ascii=False, indent=2))


def _count(method: Method, poll: files.Poll, parameters: dict[str, Any]) -> Result:
    for number, (ballot, _times) in enumerate(poll.ballots, 1):
        try:
            method.check(ballot, poll.options, parameters)
        except Malformed as malformed:
            raise files.BrokenFile(0, f"ballot {number}: {malformed}")
    statistic = method.statistic(poll.ballots, poll.options, parameters)
    return method.tally(statistic, poll.options, parameters)


def _parameters(chosen: dict[str, Any], poll: files.Poll) -> dict[str, Any]:
    """What was asked for on the command line; it goes before what the file says."""
    given = {key: value for key, value in chosen.items() if value}
    if quo := given.get("status_quo"):
        by_text = {str(option): option for option in poll.options}
        if quo not in by_text:
            raise files.BrokenFile(0, f"there is no option {quo}")
        given["status_quo"] = by_text[quo]
    return given
