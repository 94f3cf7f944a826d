"""How anybody can count again: the page, the check of a code, the files."""

import json

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue

from app.core.web import guard
from app.core.web.shared import shared_by_strangers
from app.voting import queries
from app.voting.forms import CheckForm
from app.voting.jobs import packages
from app.voting.methods.chain import nonce_of, tidy
from app.voting.models import Question
from app.voting.queries import counting, proof
from app.voting.states import Chamber
from app.voting.views import bp, words


@bp.get("/questions/<int:id>/recount")
@shared_by_strangers
@guard("voting.check", question=queries.get)
def recount(question: Question) -> ResponseReturnValue:
    """How anybody can count again, and what this vote does not protect against."""
    return _recount(question, CheckForm(formdata=None))


def _recount(question: Question, form: CheckForm) -> str:
    package = packages.made(question)
    chambers = [
        (words.CHAMBERS[chamber], chamber, package.has(f"ballots-{chamber}."))
        for chamber in question.chambers
    ]
    return render_template(
        "voting/recount.html",
        question=question,
        form=form,
        package=package,
        chambers=chambers,
        secret=Chamber.PERSONS in question.chambers,
        heads=proof.heads(question.id),
        recounts=proof.sealed_recounts(question.id),
    )


@bp.post("/questions/<int:id>/check")
@guard("voting.check", question=queries.get)
def check(question: Question) -> ResponseReturnValue:
    """Whether a check code's vote is in the log. By POST: a code stands in no address."""
    form = CheckForm()
    if not form.validate_on_submit():
        return _recount(question, form), 422
    nonce = nonce_of(question.manifest_hash, tidy(form.code.data))
    found = queries.ballot_by_nonce(question.id, nonce)
    batch = None
    if found is not None:
        batches = queries.batches(question.id)
        batch = next((b for b in batches if found.commitment in b.commitments), None)
    return render_template("voting/checked.html", question=question, ballot=found, batch=batch)


@bp.get("/questions/<int:id>/export.zip")
@guard("voting.check", question=queries.get)
def package(question: Question) -> ResponseReturnValue:
    """All that is needed to count again; sent in pieces, and only the rest to who has a part."""
    return send_file(
        packages.made(question).path,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"question-{question.id}.zip",
    )


@bp.get("/questions/<int:id>/export.json")
@guard("voting.check", question=queries.get)
def export(question: Question) -> ResponseReturnValue:
    """Manifest, result and log in one file, which `flask recount` reads too."""
    content = {
        "manifest": counting.manifest(question),
        "result": question.result,
        "result_hash": question.result_hash,
        "log": counting.log(question),
    }
    headers = {"Content-Disposition": f'attachment; filename="question-{question.id}.json"'}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return Response(text, content_type="application/json; charset=utf-8", headers=headers)
