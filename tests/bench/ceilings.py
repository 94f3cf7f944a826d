"""What Flask and SQLAlchemy can do here at most: a bare view, a page of 50 rows, an insert.

Served by the bench as `tests.bench.ceilings:app`. Same durability as ours: WAL, FULL, one writer
at a time behind a file lock.
"""

import fcntl
import os
from pathlib import Path

from flask import Flask, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from sqlalchemy import create_engine, event, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.core import db

FOLDER = Path(os.environ["BENCH_FOLDER"])
ROWS = 50

app = Flask(__name__)
engine = create_engine(
    os.environ.get("BENCH_DATABASE") or f"sqlite:///{FOLDER / 'ceiling.sqlite3'}",
    module=db.sqlite,  # type: ignore[attr-defined]  # the driver ours uses, too
    connect_args={"check_same_thread": False, "isolation_level": None},
)


@event.listens_for(engine, "connect")
def prepare(connection, _record) -> None:
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


class Base(DeclarativeBase):
    pass


class Version(Base):
    __tablename__ = "version"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class Row(Base):
    __tablename__ = "rows"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    words: Mapped[str]
    name: Mapped[str]
    count: Mapped[int]


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[int]
    words: Mapped[str]


TEMPLATE = """<!doctype html><html lang="de"><head><title>Rows</title></head><body><h1>Rows</h1><ul>
{% for row in rows %}<li><h2><a href="/rows/{{ row.id }}">{{ row.title }}</a></h2>
<p>{{ row.name }}</p><p>{{ row.words }}</p><p>{{ row.count }}</p></li>
{% endfor %}</ul></body></html>"""


def fill() -> None:
    """The tables and their rows; called once by the bench."""
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Version(id=1, number=1))
        session.add_all(
            Row(title=f"Proposal number {n}", words="Words " * 30, name=f"Name {n}", count=n)
            for n in range(1000)
        )
        session.commit()


@app.get("/health")
def health() -> ResponseReturnValue:
    return "ok"


@app.get("/same-bytes")
def same_bytes() -> ResponseReturnValue:
    """One version row read, then the bytes of our page."""
    with engine.connect() as connection:
        connection.execute(text("SELECT number FROM version WHERE id = 1")).scalar_one()
    return PAGE


PAGE = (FOLDER / "page.html").read_bytes() if (FOLDER / "page.html").exists() else b""


@app.get("/rows")
def rows() -> ResponseReturnValue:
    with Session(engine) as session:
        found = session.scalars(select(Row).order_by(Row.id.desc()).limit(ROWS)).all()
        return render_template_string(TEMPLATE, rows=found)


@app.post("/notes")
def note() -> ResponseReturnValue:
    with (FOLDER / "ceiling.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with Session(engine) as session:
            session.execute(text("BEGIN IMMEDIATE"))
            session.add(Note(who=1, words=request.form["body"]))
            session.commit()
    return redirect("/rows", 303)
