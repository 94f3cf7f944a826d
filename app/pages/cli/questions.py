"""A question box: one answer for everybody, one question that waits, one that is late."""

from app.core.policy import ANYBODY, Actor
from app.core.transactions import transaction
from app.enquiries import commands
from app.enquiries.models import Enquiry, QuestionBox
from app.pages.cli.stage import Stage, settle


def begin(stage: Stage) -> QuestionBox:
    """The unit says in which role it answers, and for how long one waits."""
    with transaction():
        box = commands.open_box(
            title="Ehrenamt rund ums Ankommen (Beispiel)",
            about="Versicherung, Fahrtkosten, Dolmetschen, Räume: Was möchten Sie wissen?\n\n"
            "Fragen zu einem einzelnen Verfahren beantwortet die Stelle, die es führt.",
            language="de",
            role="Ansprechperson für Ehrenamtliche",
            unit_id=stage.units["soziales"],
            days=7,
            by=stage.actor("betrieb"),
        )
    clerk = stage.actor("verwaltung")
    asked = "Ich begleite Familie B. am Montag zum Amt. Bin ich dabei versichert?"
    answer = "Ja. Wer im Auftrag eines Vereins begleitet, ist über die Stadt unfallversichert."
    enquiry = _ask(box, asked, "lindenblatt", stage.actor("lindenblatt"))
    with transaction():
        commands.answer(enquiry, box, answer, by=clerk)
        commands.publish_faq(
            box,
            question="Bin ich versichert, wenn ich jemanden zum Amt begleite?",
            answer=answer,
            language="de",
            enquiry=enquiry,
            by=clerk,
        )
        commands.publish_faq(
            box,
            question="هل أنا مؤمَّن عندما أرافق شخصًا إلى إحدى الدوائر؟",
            answer="نعم. من يرافق بتكليف من جمعية فهو مؤمَّن ضد الحوادث عن طريق المدينة.",
            language="ar",
            by=clerk,
        )
    _ask(box, "Wer zahlt die Fahrkarte, wenn ich zum Arzt mitfahre?", "guest", ANYBODY)
    settle()
    return box


def go_on(stage: Stage, box: QuestionBox) -> None:
    """Somebody asks in these days; the one before is late meanwhile."""
    asked = "أين يمكنني أن أتعلم الترجمة الشفوية للمبتدئين؟"
    _ask(box, asked, "yasmin", stage.actor("yasmin"), language="ar")


def _ask(box: QuestionBox, body: str, key: str, by: Actor, language: str = "de") -> Enquiry:
    with transaction(of=box):
        return commands.ask(box, body=body, language=language, email="", form_key=key, by=by)
