"""Anybody asks; the unit of the box answers. What was asked is private until it is reworded."""

from flask_babel import lazy_gettext as _

from app.core.policy import HIDDEN, SIGN_IN, Actor, Verdict, first_refusal, rule
from app.enquiries.models import Enquiry, Faq, QuestionBox


@rule("enquiries.index")
def index(actor: Actor) -> Verdict:
    """Everybody."""
    return True


@rule("enquiries.box")
def box(actor: Actor, box: QuestionBox) -> Verdict:
    """Everybody, closed ones too: their answers stay."""
    return True


@rule("enquiries.ask")
def ask(actor: Actor, box: QuestionBox) -> Verdict:
    """Anybody, with an account or not, as long as the box is open."""
    return box.closed_at is None or _("No questions are taken here any more.")


@rule("enquiries.private")
def private(actor: Actor, enquiry: Enquiry) -> Verdict:
    """Whoever has the private link."""
    return True


@rule("enquiries.confirm")
def confirm(actor: Actor, enquiry: Enquiry) -> Verdict:
    """Whoever has the link of the mail, which shows that the address is theirs."""
    return enquiry.email is not None or _("The words of this question are deleted.")


@rule("enquiries.mine")
def mine(actor: Actor) -> Verdict:
    """Whoever is signed in: one's own questions."""
    return True if actor.signed_in else SIGN_IN


@rule("enquiries.own")
def own(actor: Actor, enquiry: Enquiry) -> Verdict:
    """Whoever asked it with an account."""
    if not actor.signed_in:
        return SIGN_IN
    return True if enquiry.person_id == actor.person_id else HIDDEN


@rule("enquiries.desk")
def desk(actor: Actor) -> Verdict:
    """The people of the administration's units."""
    if actor.places("unit"):
        return True
    return _("Only people of the administration's units.") if actor.signed_in else SIGN_IN


@rule("enquiries.answer")
def answer(actor: Actor, enquiry: Enquiry) -> Verdict:
    """The people of the box's unit; nobody else learns that the question exists."""
    if not actor.signed_in:
        return SIGN_IN
    if not actor.has("unit", enquiry.box.unit_id):
        return HIDDEN
    if enquiry.forgotten_at is not None:
        return _("The words of this question are deleted.")
    return True


@rule("enquiries.open-box")
def open_box(actor: Actor) -> Verdict:
    """The people of a unit for their own, operators for any."""
    return True if actor.has("operator") else desk(actor)


@rule("enquiries.change-box")
def change_box(actor: Actor, box: QuestionBox) -> Verdict:
    """The people of its unit, and operators."""
    if actor.has("operator") or actor.has("unit", box.unit_id):
        return True
    if not actor.signed_in:
        return SIGN_IN
    return _("Only the unit that answers here can do this.")


@rule("enquiries.faq")
def faq(actor: Actor, faq: Faq) -> Verdict:
    """Everybody; one that was withdrawn the people of its unit."""
    if faq.withdrawn_at is None or actor.has("unit", faq.box.unit_id):
        return True
    return HIDDEN


@rule("enquiries.change-faq")
def change_faq(actor: Actor, faq_: Faq) -> Verdict:
    """The people of its unit, as long as it is not withdrawn."""
    gone = faq_.withdrawn_at is None or _("This was withdrawn.")
    return first_refusal(faq(actor, faq_), _in_unit(actor, faq_.box), gone)


@rule("enquiries.write-faq")
def write_faq(actor: Actor, box: QuestionBox) -> Verdict:
    """The people of its unit, without anybody having asked."""
    return _in_unit(actor, box)


def _in_unit(actor: Actor, box: QuestionBox) -> Verdict:
    if actor.has("unit", box.unit_id):
        return True
    if not actor.signed_in:
        return SIGN_IN
    return _("Only the unit that answers here can do this.")
