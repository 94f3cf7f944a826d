"""Boxes and published answers as everybody reads them."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.comments.forms import language_name
from app.core.languages import LANGUAGES
from app.core.text.markdown import summary, to_html
from app.core.web import can, guard
from app.core.web.shared import shared_by_strangers
from app.enquiries import queries
from app.enquiries.models import Faq, QuestionBox
from app.enquiries.views import bp


@bp.get("/questions-and-answers")
@shared_by_strangers
@guard("enquiries.index")
def index() -> ResponseReturnValue:
    """All boxes, with who answers there and what is late."""
    return render_template(
        "enquiries/index.html", rows=queries.boxes(), may_open=can("enquiries.open-box")
    )


@bp.get("/question-boxes/<int:id>")
@shared_by_strangers
@guard("enquiries.box", box=queries.get_box)
def box(box: QuestionBox) -> ResponseReturnValue:
    """Who answers and by when, and what has been answered for everybody."""
    language = request.args.get("language", "")
    language = language if language in LANGUAGES else ""
    found, following = queries.faqs(box.id, language=language, after=request.args.get("after", ""))
    waiting, late = queries.open_and_late(box.id)
    there = queries.faq_languages(box.id)
    return render_template(
        "enquiries/box.html",
        box=box,
        about=to_html(box.about),
        faqs=[(one, summary(one.answer, 200)) for one in found],
        waiting=waiting,
        late=late,
        languages=[
            (tag, language_name(tag), url_for("enquiries.box", id=box.id, language=tag))
            for tag in there
        ]
        if len(there) > 1
        else [],
        language_chosen=language,
        next_url=url_for("enquiries.box", id=box.id, language=language or None, after=following)
        if following
        else "",
        may_ask=can("enquiries.ask", box),
        may_change=can("enquiries.change-box", box),
        may_write=can("enquiries.write-faq", box),
    )


@bp.get("/faqs/<int:id>")
@shared_by_strangers
@guard("enquiries.faq", faq=queries.get_faq)
def faq(faq: Faq) -> ResponseReturnValue:
    return render_template(
        "enquiries/faq.html",
        faq=faq,
        answer=to_html(faq.answer),
        may_change=can("enquiries.change-faq", faq),
    )
