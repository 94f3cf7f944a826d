"""The package of a counted vote, made once and kept as a file."""

import os
import zipfile
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from flask import current_app

from app.core.db import db
from app.core.jobs import job
from app.voting import queries
from app.voting.methods.package import write
from app.voting.models import Question
from app.voting.queries.package import members
from app.voting.states import QuestionState
from config import Settings


class Package(NamedTuple):
    """Where it lies, how many bytes it has, and which files it holds."""

    path: Path
    size: int
    files: list[str]

    def has(self, name: str) -> bool:
        return any(file.startswith(name) for file in self.files)


def known(question: Question) -> Package | None:
    """The package, if it is there."""
    path = _path(question)
    try:
        with zipfile.ZipFile(path) as archive:
            return Package(path, path.stat().st_size, archive.namelist())
    except FileNotFoundError:
        return None


def made(question: Question) -> Package:
    """The package; whoever asks first makes it. Others never see half of it."""
    if (found := known(question)) is not None:
        return found
    path = _path(question)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{token_hex(8)}")
    try:
        with unfinished.open("xb") as file:
            write(members(question), file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    with zipfile.ZipFile(path) as archive:
        return Package(path, path.stat().st_size, archive.namelist())


def _path(question: Question) -> Path:
    """Named by the hash of the result, so that no other one is ever shown instead."""
    settings: Settings = current_app.config["SETTINGS"]
    name = f"question-{question.id}-{question.result_hash[:16]}.zip"
    return settings.data_path / "packages" / name


@job("voting.package")
def package(question_id: int) -> None:
    db.session.rollback()
    question = queries.get(question_id)
    if question is not None and question.state is QuestionState.COUNTED:
        made(question)
