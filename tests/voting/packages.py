"""Votes that are counted, and their packages taken apart and put together again."""

import hashlib
import io
import zipfile

from app.core.db import db
from app.core.transactions import transaction
from app.voting.models import Elector
from app.voting.states import Chamber, QuestionState
from tests.factories import voting
from tests.factories.accounts import person


def people_vote(question, *groups):
    """(how many, ballot) each; returns the people."""
    people = [person() for times, _content in groups for _ in range(times)]
    with transaction():
        for one in people:
            db.session.add(
                Elector(question_id=question.id, chamber=Chamber.PERSONS, person_id=one.id)
            )
    contents = [content for times, content in groups for _ in range(times)]
    for one, content in zip(people, contents, strict=True):
        voting.cast_secret(question, one.id, content)
    return people


def counted(question):
    voting.advance(question, QuestionState.COUNTED)
    db.session.rollback()
    return voting.fresh(question.id)


def files_of(package):
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files):
    """A package of these files, with its checksums put right."""
    out = io.BytesIO()
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in files.items()
        if name != "SHA256SUMS"
    )
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {**files, "SHA256SUMS": sums.encode()}.items():
            archive.writestr(name, content)
    return out.getvalue()
