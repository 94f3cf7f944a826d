"""The method round: two ways of working compete, and one becomes the rules of what follows."""

from dataclasses import replace

from app.amendments import commands as amendments
from app.amendments import queries as read_amendments
from app.core.transactions import transaction
from app.pages.cli import acts, votes
from app.pages.cli.acts import Said, Written
from app.pages.cli.finished_outcome import SECRET
from app.pages.cli.rounds import begin_round, step
from app.pages.cli.stage import Stage, settle
from app.proposals import commands as proposals
from app.rounds import commands as rounds
from app.rounds.models import Audience, ModerationMode, Procedure, RoundKind
from app.rounds.states import Activity
from app.voting.commands import Draft
from app.voting.commands import method as voting
from app.voting.queries.method import decision

USUAL = Procedure(
    who_votes=Audience.PERSONS,
    languages=["de", "ar"],
    open_to_influence="Nach welchen Regeln die nächsten Runden laufen.",
    not_open="Dass beide Kammern gehört werden und die Verwaltung auf jeden Vorschlag antwortet.",
    who_decides="Beide Kammern. Was beide wollen, gilt.",
)
ADOPTED = Procedure(
    who_proposes=Audience.PERSONS,
    languages=["de", "ar", "en", "tr"],
    open_to_influence="Welche neuen Maßnahmen in den Plan kommen und was zuerst geschieht.",
    not_open="Gesetze des Bundes und des Landes. Die Höhe des städtischen Haushalts.",
    who_decides="Beide Kammern geben ein Votum ab. Die Fachbereiche entscheiden und antworten auf "
    "jeden Vorschlag mit einem Grund. Über Geld entscheidet der Rat.",
)
CAREFUL = replace(
    ADOPTED,
    who_proposes=Audience.ORGANISATIONS,
    moderation=ModerationMode.BEFORE,
    reaction_hours=48,
    languages=["de"],
)

PROPOSALS = [
    Written(
        key="offen",
        day=-171.5,
        who="frauen",
        of="frauen",
        title="Alle schlagen vor, in vier Sprachen",
        body="Wer in der Unterkunft wohnt, gehört selten zu einem Verein. Deshalb sollen auch "
        "Einzelne vorschlagen können, in der Sprache, die sie am besten können.",
        people=("yasmin", "omar", "grace"),
        partners=("bruecken", "jugend"),
        in_field=False,
    ),
    Written(
        key="ruhig",
        day=-170.4,
        who="wohlfahrt",
        of="wohlfahrt",
        title="Organisationen schlagen vor, gelesen wird vorher",
        body="Wenn Organisationen bündeln, was sie hören, bleibt es übersichtlich. Und wenn die "
        "Moderation vorher liest, bleibt der Ton freundlich.",
        people=("kroepcke",),
        partners=("freiwillig",),
        in_field=False,
    ),
]
RULES = {"offen": replace(ADOPTED, proposals_per_author=3), "ruhig": CAREFUL}

COMMENTS = [
    Said(
        key="m1",
        day=-168.5,
        on="ruhig",
        who="yasmin",
        body="Dann hört niemand, was wir selbst sagen. Nicht jede Idee braucht einen Verein.",
    ),
    Said(
        key="m2",
        day=-168.1,
        on="offen",
        who="familie",
        of="familie",
        body="Vier Sprachen sind viel Arbeit für die Moderation. Wir helfen beim Übersetzen.",
    ),
]


def play(stage: Stage) -> None:
    stage.go(-174.4)
    begin_round(
        stage,
        kind=RoundKind.METHOD,
        title="Wie wir miteinander arbeiten",
        summary="Bevor es um Inhalte geht, entscheiden alle, nach welchen Regeln die nächsten "
        "Runden laufen.",
        procedure=USUAL,
        windows={
            Activity.PROPOSE: (-172, -164),
            Activity.AMEND: (-172, -164),
            Activity.COMMENT: (-172, -160),
            Activity.SUPPORT: (-172, -160),
            Activity.VOTE: (-158, -151),
        },
    )
    stage.method_round_id = stage.round_id
    stage.go(-172.0)
    step(stage, rounds.open_)
    for written in PROPOSALS:
        stage.go(written.day)
        _propose(stage, written)
    _change_a_rule(stage)
    for said in COMMENTS:
        stage.go(said.day)
        acts.say(stage, said)
    for written in PROPOSALS:
        acts.support(stage, written)
    _vote(stage)
    stage.go(-150.4)
    step(stage, rounds.close)


def finish(stage: Stage) -> None:
    """Once its rules are those of another round."""
    here, stage.round_id = stage.round_id, stage.method_round_id
    step(stage, rounds.mark_answered)
    step(stage, rounds.archive)
    stage.round_id = here


def _propose(stage: Stage, written: Written) -> None:
    """Handed in with the rules."""
    acts.draft(stage, written)
    by = stage.actor(written.who, written.of)
    with transaction():
        made = stage.proposal(written.key)
        words = replace(proposals.words_of(made), procedure=RULES[written.key])
        proposals.save(made, words, edition=made.edition, by=by)
        proposals.submit(made, edition=made.edition, by=by)


def _change_a_rule(stage: Stage) -> None:
    """One rule is suggested otherwise, and taken over before anybody supports the proposal."""
    stage.go(-170.0)
    with transaction():
        about = stage.proposal("offen")
        made = amendments.make_rules(
            about,
            ADOPTED,
            version=about.version_number,
            reason="Eine große Familie hat mehr als drei Ideen.",
            language="de",
            form_key="demo-rules-offen",
            by=stage.actor("omar"),
        )
        amendment_id = made.id
    stage.go(-169.2)
    with transaction():
        found = read_amendments.get(amendment_id)
        assert found is not None  # noqa: S101 — made just now
        amendments.accept_rules(
            found,
            list(found.rules or ()),
            edition=found.proposal.edition,
            note="Das stimmt. Fünf sind besser.",
            by=stage.actor("frauen", "frauen"),
        )


def _vote(stage: Stage) -> None:
    """Both chambers want the same."""
    stage.go(-159.5)
    question_id = votes.ask(
        stage,
        Draft(
            method="approval",
            title="Nach welchen Regeln arbeiten wir?",
            text="Die Regeln, die beide Kammern wollen, gelten für die nächsten Runden.",
            seats=1,
            proposal_ids=[stage.proposals[one.key] for one in PROPOSALS],
        ),
    )
    stage.go(-157.5)
    number = {one.proposal_id: one.id for one in votes.question(question_id).options}
    open_, quiet = (number[stage.proposals[one.key]] for one in PROPOSALS)
    for place, who in enumerate(SECRET):
        wanted = [open_, quiet] if place % 4 == 3 else [open_]
        votes.cast(stage, question_id, {"approved": wanted}, stage.actor(who))
    for which, who in acts.REPRESENTS.items():
        wanted = [quiet] if which == "wohlfahrt" else [open_]
        votes.cast(stage, question_id, {"approved": wanted}, stage.actor(who, which))
    stage.go(-150.9)
    settle()


def give_rules(stage: Stage) -> None:
    """What was decided becomes the rules of the round that is being played."""
    with transaction():
        found = decision(stage.method_round_id)
        voting.give_rules(found, [stage.round()], by=stage.actor("moderation"))
