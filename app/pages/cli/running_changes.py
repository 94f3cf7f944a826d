"""The running round goes on: one amendment is taken over, one waits for its answer, one is put to
the vote; two proposals that want nearly the same are merged, and what was asked of one of them
ends; members of an organisation talk about it among themselves.
"""

from app.amendments import commands, queries
from app.amendments.models import Amendment
from app.core.errors import NotFound
from app.core.transactions import transaction
from app.merging import commands as merging
from app.organisations import commands as organisations
from app.organisations.states import Stand
from app.pages.cli import plan_translated, translated, votes
from app.pages.cli.stage import Stage
from app.voting.commands import Draft


def play(stage: Stage) -> None:
    stage.go(-2.2)
    translated.play(stage)
    plan_translated.play(stage)
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

    _merge(stage)
    _put_to_vote(stage)
    _talk(stage)


def _merge(stage: Stage) -> None:
    _suggest(
        stage,
        "hochbeete",
        "tilda",
        "Zehn Hochbeete, auch in Höhe eines Rollstuhls, an denen Kinder und Eltern zusammen "
        "gärtnern. Wir bringen die Setzlinge mit.",
        "Alle sollen mitmachen können.",
    )
    stage.go(-1.9)
    with transaction():
        source, target = stage.proposal("hochbeete"), stage.proposal("gaerten")
        merging.merge(
            source,
            target,
            title=target.title,
            body=f"{target.body}\n\n{source.body}",
            reason="Beide wollen Beete an derselben Stelle. Zusammen reicht ein Werkzeugschuppen.",
            edition=target.edition,
            by=stage.actor("moderation"),
        )


def _put_to_vote(stage: Stage) -> None:
    """The proposer would rather have a vote: on which day the walks should be."""
    suggested = _suggest(
        stage,
        "english",
        "ahmet",
        "A two-hour walk for newcomers, every other Saturday: the library, the market, the clinic, "
        "the playground. Guides are people who arrived a few years ago.",
        "Once a month is not enough for those who arrive now.",
    )
    with transaction():
        commands.want_vote(_amendment(suggested), by=stage.actor("grace"))
    stage.go(-1.7)
    question_id = votes.ask(
        stage,
        Draft(
            method="yes-no",
            title="Should the walks through the neighbourhood be every other Saturday?",
            text="If yes wins, the words of the proposal change at once; if no wins, they stay.",
            amendment_id=suggested,
        ),
    )
    votes.cast(stage, question_id, {"choice": "yes"}, stage.actor("freiwillig", "freiwillig"))


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
