"""The running round goes on: one amendment is taken over, another waits for its answer; members of
an organisation talk about it among themselves.
"""

from app.amendments import commands, queries
from app.amendments.models import Amendment
from app.core.errors import NotFound
from app.core.transactions import transaction
from app.organisations import commands as organisations
from app.organisations.states import Stand
from app.pages.cli.stage import Stage


def play(stage: Stage) -> None:
    stage.go(-2.2)
    taken = _suggest(
        stage,
        "gaerten",
        "maschsee",
        "Gemüse, Kräuter und eine lange Bank. Wer gärtnert, kommt ins Gespräch, auch ohne "
        "viele Worte. Werkzeug und Erde stellen wir; ein Beet bleibt für den Kindergarten frei.",
        "Kinder bringen ihre Eltern mit.",
    )
    _suggest(
        stage,
        "sprechstunde",
        "roderbruch",
        "Beratung soll dort sein, wo Menschen wohnen. Jeden Dienstag, auch am Abend, kommt eine "
        "Beraterin in einen anderen Stadtbezirk, immer an denselben Ort und zur selben Zeit.",
        "Wer arbeitet, kann tagsüber nicht kommen.",
    )
    stage.go(-2.0)
    by = stage.actor("nachbarn", "nachbarn")
    with transaction():
        found = _amendment(taken)
        commands.accept(
            found, found.new, edition=found.proposal.edition, note="Gute Idee, gern!", by=by
        )

    _talk(stage)


def _talk(stage: Stage) -> None:
    by = stage.actor("vertretung", "bruecken")
    about = stage.proposals["gaerten"]
    with transaction():
        organisations.write_note(
            stage.organisations["bruecken"],
            about,
            "Gefällt uns. Wer hat Zeit, am Donnerstag im Vorstand darüber zu sprechen?",
            by=by,
        )
        organisations.take_position(stage.organisations["bruecken"], about, Stand.AGREEING, by=by)


def _suggest(stage: Stage, name: str, who: str, new: str, reason: str) -> int:
    with transaction():
        proposal = stage.proposal(name)
        made = commands.make(
            proposal,
            version=proposal.version_number,
            paragraph=0,
            new=new,
            reason=reason,
            language="de",
            form_key=f"demonstration-{name}",
            by=stage.actor(who),
        )
        return made.id


def _amendment(id: int) -> Amendment:
    found = queries.get(id)
    if found is None:
        raise NotFound
    return found
