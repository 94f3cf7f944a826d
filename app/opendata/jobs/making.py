"""The package, step by step: first the proposals in blocks, at last everything around them."""

import logging
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from flask import current_app
from flask_babel import gettext as _

from app.core import clock, pdf
from app.core.languages import LANGUAGES
from app.core.subjects import describe_kinds
from app.opendata.jobs import contributions, dialogue, overview, records, tables
from app.opendata.jobs import rounds as rounds_
from app.opendata.jobs import votes as votes_
from app.opendata.jobs.folder import Folder, as_json
from app.opendata.jobs.paper import Paper, as_html, as_pdf, speaking
from app.opendata.jobs.records import Record
from app.opendata.queries import blocks, talk, whole
from app.rounds.models import Dialogue, Round
from app.voting.jobs import packages
from app.voting.models import Question
from app.voting.views.words.base import apart
from config import ROOT, Settings

log = logging.getLogger(__name__)

FORMAT = "plandialog-archive/1"
_BEHIND_PROPOSALS = 900_000  # blocks of other things are numbered from here on
TEMPLATES = ROOT / "templates/opendata/archive"


class Block(NamedTuple):
    """Proposals as they are written, with their amendments, and what was said about either."""

    said: list[Record]
    changes: dict[int, list[Record]]
    talk: dict[int, list[Record]]


class Making:
    """One making of the package of a dialogue; `rounds` are those that are over."""

    def __init__(self, about: Dialogue, rounds: list[Round], folder: Folder) -> None:
        self.about = about
        self.rounds = {one.id: one for one in rounds}
        self.folder = folder
        settings: Settings = current_app.config["SETTINGS"]
        self.home = settings.default_language

    @property
    def day(self) -> date:
        """The documents' date: when the last round ended, so that equal content stays equal."""
        ends = [one.archived_at or one.closed_at for one in self.rounds.values()]
        known: list[datetime] = [one for one in ends if one is not None]
        return clock.local(max(known, default=self.about.created_at)).date()

    def block(self, step: int, after: int) -> int | None:
        """Writes the next proposals; the key of the next block, None where this was the last."""
        found = blocks.block(list(self.rounds), after)
        if not found.proposals:
            return None
        said = [records.proposal(one, found, self.rounds[one.round_id]) for one in found.proposals]
        number_of = {one.id: self.rounds[one.round_id] for one in found.proposals}
        changes = {
            id: [records.amendment(one, number_of[id]) for one in some]
            for id, some in found.amendments.items()
        }
        on = {id: ("proposal", one.number) for id, one in number_of.items()}
        on |= {one["id"]: ("amendment", one["round"]) for some in changes.values() for one in some}
        block = Block(said, changes, records.talk(found.talk, on))
        self._keep(step, block)
        places = self._places(step, said)
        titles = {one["id"]: contributions.title_of(one) for one in said}
        for tag in LANGUAGES:
            with speaking(tag):
                self._pages(tag, block)
                for place in places:
                    one = self._round(place["round"])
                    pairs = [(id, titles[id]) for id in place["ids"]]
                    self._page(rounds_.list_page(pairs, place, one, tag), tag)
        with speaking(self.home):
            self._volume(step, block)
        return found.proposals[-1].id

    def _keep(self, step: int, block: Block) -> None:
        folder, said, changes, talk = self.folder, *block
        folder.part("proposals", step, said, map(tables.proposal_row, said))
        flat = [one for record in said for one in changes.get(record["id"], [])]
        folder.part("amendments", step, flat, map(tables.amendment_row, flat))
        spoken = [one for record in (*said, *flat) for one in talk.get(record["id"], [])]
        folder.part("comments", step, spoken, map(tables.comment_row, spoken))

    def _places(self, step: int, said: list[Record]) -> list[Record]:
        """A page of titles for each round in the block, remembered for the rounds' own pages."""
        places: list[Record] = []
        for number in sorted({one["round"] for one in said}):
            ids = [one["id"] for one in said if one["round"] == number]
            path = f"{{tag}}/rounds/{number}-proposals-{step:04}.html"
            place = {"round": number, "path": path, "ids": ids, "first": ids[0], "last": ids[-1]}
            places.append(place)
        self.folder.part("places", step, places, [])
        return places

    def _round(self, number: int) -> Record:
        title = next(one.title for one in self.rounds.values() if one.number == number)
        return {"number": number, "title": title}

    def _pages(self, tag: str, block: Block) -> None:
        for one in block.said:
            changes = block.changes.get(one["id"], [])
            paper = contributions.proposal(one, changes, block.talk, tag, self._round(one["round"]))
            self._page(paper, tag)

    def _page(self, paper: Paper, tag: str) -> None:
        self.folder.write(paper.path, as_html(paper, tag))

    def _volume(self, step: int, block: Block) -> None:
        """The block as a document, in the language of the instance."""
        paper = Paper(f"pdf/proposals-{step:04}.pdf", f"{self.about.title} · {step}")
        for one in block.said:
            changes = block.changes.get(one["id"], [])
            contributions.fill(paper, one, changes, block.talk, self.home, level=3)
        self._document(paper, self.home)

    def _document(self, paper: Paper, tag: str) -> None:
        """Where a document cannot be written, the package is complete without it, and says so."""
        if not pdf.available():
            return
        try:
            self.folder.write(paper.path, as_pdf(paper, tag, self.day))
        except pdf.PdfFailed:
            log.exception("no document", extra={"path": paper.path})

    def finish(self) -> None:
        """Everything around the proposals."""
        about = dialogue.dialogue(self.about, list(self.rounds))
        with speaking(self.home):  # things are named in a language
            rounds = [dialogue.round_(one) for one in self.rounds.values()]
            plan = [dialogue.change_of_plan(one) for one in whole.plan_changes(list(self.rounds))]
        questions = [one for round_ in self.rounds.values() for one in whole.counted(round_)]
        votes = [dialogue.vote(one) for one in questions]
        decisions = [dialogue.decision(one) for one in whole.decisions(self.about.id)]
        for question in questions:
            package = packages.made(question)
            self.folder.copy(package.path, f"votes/question-{question.id}.zip")
        self._elsewhere()
        counts = self._data(about, rounds, votes, decisions, plan)
        places = list(self.folder.records("places"))
        for tag in LANGUAGES:
            with speaking(tag):
                self._around(tag, about, rounds, places, list(zip(votes, questions, strict=True)))
                self._page(overview.plan_page(plan, tag), tag)
                self._page(overview.register_page(decisions, tag), tag)
                self._page(overview.rules_page(about, tag), tag)
                self._page(overview.meetings_page(about, tag), tag)
                self._page(overview.questions_page(about, tag), tag)
        self._frame(about, counts)

    def _elsewhere(self) -> None:
        """Comments on paragraphs and reports, a thousand at a time."""
        step, after = _BEHIND_PROPOSALS, (0, 0)
        while True:
            found, kinds = talk.elsewhere(list(self.rounds), after)
            if not kinds:
                return
            number_of = {
                target: self.rounds[some[0].round_id].number
                for target, some in found.comments.items()
            }
            said = records.talk(found, {id: (kinds[id], number_of[id]) for id in kinds})
            flat = [one for some in said.values() for one in some]
            self.folder.part("comments", step, flat, map(tables.comment_row, flat))
            for number in sorted(set(number_of.values())):
                mine = {id: some for id, some in said.items() if number_of[id] == number}
                self._talk_page(mine, kinds, number, step)
            after = (flat[-1]["on"]["id"], flat[-1]["id"])
            step += 1

    def _talk_page(
        self, said: dict[int, list[Record]], kinds: dict[int, str], number: int, step: int
    ) -> None:
        path = f"{{tag}}/rounds/{number}-comments-{step - _BEHIND_PROPOSALS + 1:04}.html"
        place = {"round": number, "path": path, "ids": []}
        self.folder.part(f"places-{number:04}", step, [place], [])
        for tag in LANGUAGES:
            with speaking(tag):
                known = describe_kinds({id: kinds[id] for id in said})
                titles = {id: one.title for id, one in known.items()}
                self._page(rounds_.talk_page(said, titles, path, self._round(number), tag), tag)

    def _data(
        self,
        about: Record,
        rounds: list[Record],
        votes: list[Record],
        decisions: list[Record],
        plan: list[Record],
    ) -> dict[str, int]:
        folder = self.folder
        folder.write("data/dialogue.json", as_json(about) + b"\n")
        folder.write("data/rounds.json", as_json(rounds) + b"\n")
        folder.part("votes", 0, votes, map(tables.vote_row, votes))
        folder.part(
            "register",
            0,
            decisions,
            ([one[c] for c in tables.COLUMNS["register"]] for one in decisions),
        )
        folder.part("plan", 0, plan, map(tables.plan_row, plan))
        counts = {name: folder.together(name, columns) for name, columns in tables.COLUMNS.items()}
        return {"rounds": len(rounds), **counts}

    def _around(
        self,
        tag: str,
        about: Record,
        rounds: list[Record],
        places: list[Record],
        votes: list[tuple[Record, Question]],
    ) -> None:
        document = Paper(f"{tag}/dialogue.pdf", about["title"])
        beginning = overview.beginning(about, [], tag, [])
        document.section(_("What it was about"), *beginning.sections[0].parts)
        for one in rounds:
            mine = [vote for vote, _question in votes if vote["round"] == one["number"]]
            lists = [place for place in places if place["round"] == one["number"]]
            self._page(rounds_.round_page(one, mine, lists, tag), tag)
            document.section(f"{one['number']}. {apart(one['title'])}")
            _below(document, one, [pair for pair in votes if pair[0]["round"] == one["number"]])
        for vote, question in votes:
            title = self._round(vote["round"])["title"]
            self._page(votes_.vote_page(vote, question, title, tag), tag)
        self._document(document, tag)
        self._page(overview.beginning(about, rounds, tag, self._files(tag)), tag)

    def _files(self, tag: str) -> list[tuple[str, str]]:
        """What there is beside the pages, with the words for it."""
        tree = self.folder.tree
        found = [(path, path) for path in _below_tree(tree, "data")]
        found += [(path, path) for path in _below_tree(tree, "pdf")]
        if (tree / f"{tag}/dialogue.pdf").is_file():
            found.insert(0, (_("The dialogue as a document (PDF)"), f"{tag}/dialogue.pdf"))
        return found

    def _frame(self, about: Record, counts: dict[str, int]) -> None:
        tree = self.folder.tree
        for name in ("style.css", "README.txt"):
            self.folder.write(name, (TEMPLATES / name).read_bytes())
        chosen = current_app.jinja_env.get_template("opendata/archive/index.html").render(
            title=about["title"], languages=LANGUAGES.values()
        )
        self.folder.write("index.html", chosen.encode())
        manifest = {
            "format": FORMAT,
            "dialogue": {"id": about["id"], "title": about["title"]},
            "rounds": sorted(one.number for one in self.rounds.values()),
            "languages": list(LANGUAGES),
            "counts": counts,
            "documents": [
                *_below_tree(tree, "pdf"),
                *sorted(
                    f"{t}/dialogue.pdf" for t in LANGUAGES if (tree / f"{t}/dialogue.pdf").is_file()
                ),
            ],
        }
        self.folder.write("manifest.json", as_json(manifest) + b"\n")


def _below(document: Paper, one: Record, votes: list[tuple[Record, Question]]) -> None:
    """A round and its votes as smaller sections of the document."""
    start = len(document.sections)
    rounds_.fill_round(document, one)
    for vote, question in votes:
        made = len(document.sections)
        votes_.fill_vote(document, vote, question)
        document.sections[made].title += f": {apart(vote['title'])}"
    for section in document.sections[start:]:
        section.level = 3


def _below_tree(tree: Path, folder: str) -> list[str]:
    return sorted(path.relative_to(tree).as_posix() for path in (tree / folder).glob("*"))
