"""The whole job: a round is called, talked about, voted on, answered, and stands in the plan.

Five roles at five browsers: a representative, a registered person, a guest on a phone, a moderator,
somebody of the administration. What an operator has done before is set up by commands.
"""

import re
from datetime import timedelta

import pytest

from app.core import clock
from tests.journeys.before import PASSWORD, UNIT, VEREIN, before_it_begins, others_vote
from tests.journeys.browser import PHONE, Somebody

pytestmark = pytest.mark.journey

ROUND = "Vorschläge für das Ankommen"
TITLE = "Sprachtandems in jedem Stadtbezirk"
QUESTION = "Soll es Sprachtandems in jedem Stadtbezirk geben?"
KIND = "فكرة جميلة، ابنتي تتعلم هكذا بسرعة"
UNKIND = "كلام فارغ من أناس لا يعرفون شيئا"
REASON = "Der Fachbereich hat das Geld dafür und beginnt im Herbst."
WINDOWS = {
    "propose": ("2027-03-01T12:00", "2027-03-12T18:00"),
    "comment": ("2027-03-01T12:00", "2027-03-12T18:00"),
    "support": ("2027-03-01T12:00", "2027-03-12T18:00"),
    "vote": ("2027-03-15T08:00", "2027-03-20T18:00"),
}


def until(day: int, hour: int, run_jobs) -> None:
    """Let time pass until then in March, on the city's clock, and do what came due."""
    now = clock.local(clock.now())
    clock.tick(now.replace(day=day, hour=hour, minute=0) - now)
    run_jobs()


def step(mo: Somebody, round_: str, name: str) -> None:
    """The moderator takes the round a step further."""
    mo.go(f"{round_}/manage")
    mo.follow(name)
    mo.press(name)
    mo.see("Done.")


def call_a_round(mo: Somebody, dialogue: str) -> str:
    """Words and rules, the windows, the announcement. The address of the round."""
    mo.go(f"{dialogue}/moderate")
    mo.follow("New round")
    mo.fill("Title", ROUND)
    mo.tick("Call for proposals")
    mo.fill("Open to influence", "Welche Maßnahmen in den Plan kommen.")
    mo.fill("Who decides in the end", "Die Fachbereiche, über Geld der Rat.")
    mo.press("Create the draft")
    mo.see("The round is there as a draft. Next, say what is possible when.")
    round_ = mo.path.removesuffix("/manage")
    for name, (opens, closes) in WINDOWS.items():
        mo.go(f"{round_}/windows/{name}")
        mo.fill("From", opens)
        mo.fill("Until", closes)
        mo.press("Save")
    step(mo, round_, "Announce")
    return round_


def take_part(rep: Somebody, mo: Somebody, dialogue: str) -> None:
    """The organisation asks, the moderator accredits it."""
    rep.go(dialogue)
    rep.follow("Ask to take part as %(name)s", name=VEREIN)
    rep.press("Ask to take part")
    rep.see("The moderators have been asked. You will be told what they decide.")
    mo.go(f"{dialogue}/moderate")
    mo.page.locator(f"main a[href$='{dialogue}/accreditations']").click()
    mo.press("Let %(name)s take part", name=VEREIN)
    rep.go(f"{dialogue}/organisations")
    rep.see(VEREIN)


def propose(rep: Somebody, round_: str, field: str) -> str:
    """A draft, changed once more, looked at, handed in. The address of the proposal."""
    rep.go(round_)
    rep.follow("Make a proposal")
    rep.fill("Title", "Sprachtandems")
    rep.fill("What is it about?", "Zwei Menschen lernen **voneinander**.")
    rep.press("Save as draft")
    rep.see("Your text is kept as a draft.")
    draft = rep.path
    rep.go(f"{round_}/drafts")
    rep.go(draft)
    rep.fill("Title", TITLE)
    rep.choose("Field of action", field)
    rep.press("Continue to the preview")
    rep.see(TITLE)
    rep.press("Hand in")
    rep.see("Thank you. Your proposal is published.")
    return rep.path


def support_and_comment(robin: Somebody, proposal: str) -> None:
    robin.go(proposal)
    robin.press("Support")
    robin.see("Thank you. Your support is counted.")
    robin.tick("A question")
    robin.fill("Your comment", "Gibt es die Treffen auch abends?")
    robin.press("Send the comment")
    robin.see("Your comment is published.")
    robin.see("Gibt es die Treffen auch abends?")


def comment_as_guest(guest: Somebody, proposal: str, words: str) -> None:
    """Without an account; whoever sends faster than a person can write is asked to send again."""
    guest.go(proposal)
    guest.follow("Comment without an account")
    guest.fill("The name under which you write", "أم سامر")
    guest.fill("Your comment", words)
    guest.press("Send the comment")
    guest.see("That was very quick. Please read your text again and send it once more.")
    assert guest.field("Your comment").input_value() == words
    clock.tick(timedelta(seconds=20))
    guest.press("Send the comment")
    assert guest.path.startswith("/guest-comments/")
    guest.see(words)
    guest.go(proposal)
    guest.see_not(words)


def keep_order(mo: Somebody, guest: Somebody, dialogue: str, proposal: str) -> None:
    """One comment is published from the queue, the other is hidden with a reason."""
    mo.go(f"{dialogue}/moderate")
    mo.follow("Reports and held contributions")
    mo.see(UNKIND)
    mo.press("Publish")
    mo.see_not(KIND)
    mo.follow("Decide with a reason")
    mo.tick("Hide it")
    mo.page.get_by_label(mo.say("Which rule is broken?")).select_option(index=1)
    mo.fill("The facts in plain words", "Hier werden Menschen beschimpft.")
    mo.press("Decide")
    mo.see("Nothing waits")
    guest.go(proposal)
    guest.see(KIND)
    guest.see_not(UNKIND)


def ask(mo: Somebody, round_: str) -> str:
    """A question about the proposal. Its address."""
    mo.go(f"{round_}/manage")
    mo.follow("New vote")
    mo.tick("One proposal or one text: is it adopted?")
    mo.press("Continue")
    mo.fill("The question", QUESTION)
    mo.fill("What it decides, and what not", "Eine Empfehlung. Über Geld entscheidet der Rat.")
    mo.tick("More yes than no")
    mo.page.get_by_label(TITLE).check()
    mo.press("Keep and look at it")
    mo.press("Publish")
    mo.see(
        "The question is published. For seven days one can object to its method; it opens "
        "after that, when the time for voting comes."
    )
    return mo.path


def vote(rep: Somebody, robin: Somebody, round_: str, question: str) -> str:
    """Openly for the organisation, in secret for oneself. The check code."""
    rep.go(question)
    rep.page.locator("main a[href*='/vote?for=']").click()
    rep.tick("Yes")
    rep.fill("Reason", "Wir haben gute Erfahrungen damit.")
    rep.press("Go on to look it over")
    rep.press("Cast the vote")
    rep.see("The vote of your organisation is cast. You can change it until the close.")

    robin.go(round_)
    robin.follow("Vote")
    robin.follow("Vote")
    robin.tick("No")
    robin.press("Go on to look it over")
    robin.see("Keep this check code before you cast the vote")
    code = robin.page.locator("#code").inner_text()
    robin.press("Cast the vote")
    robin.see("Your vote is cast. Keep your check code: we do not know it.")
    robin.see_not("See the result")
    return code


def read_the_result(reader: Somebody, question: str, code: str) -> None:
    """Both chambers side by side; the check code finds the vote."""
    reader.go(question)
    for chamber in ("Organisations", "People"):
        reader.see("Votes: %(chamber)s", chamber=reader.say(chamber))
    reader.see("both agree")
    reader.follow("How each organisation voted, with reasons")
    reader.see("Wir haben gute Erfahrungen damit.")
    reader.go(question)
    reader.fill("Check code", code)
    reader.press("Check")
    reader.see("Your vote is in the count")


def refused(mo: Somebody, round_: str, name: str, label: str) -> None:
    """The moderator tries a step that cannot be taken yet."""
    mo.go(f"{round_}/manage/{name}")
    with mo.page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        mo.press(label)
    assert sent.value.status == 409


def name_the_unit(mo: Somebody, round_: str) -> None:
    mo.go(f"{round_}/manage")
    mo.follow("Answers: which unit answers what")
    mo.page.get_by_label(TITLE).check()
    mo.page.get_by_role("combobox", name=mo.say("Responsible unit")).select_option(label=UNIT)
    mo.press("Name the unit")
    mo.see(UNIT)


def answer(kim: Somebody, field: str) -> None:
    """Adopted: prepared, looked at, published; it makes a measure of the plan."""
    kim.go("/answers")
    kim.follow(TITLE)
    kim.tick("adopted")
    kim.fill("Reason, in plain words", REASON)
    kim.choose("Measure of the plan", "A new measure")
    kim.press("Preview")
    kim.see("There is a new measure:")
    kim.see(field)
    kim.press("Publish")
    kim.see("The answer is published.")


def read_the_outcome(rep: Somebody, proposal: str) -> None:
    """The inbox leads to the proposal with its answer and its way, and this to the measure."""
    rep.go("/inbox")
    rep.see("The administration has answered")
    rep.follow(TITLE)
    assert rep.path == proposal
    rep.see(REASON)
    rep.see("The way of this proposal")
    rep.see("Result of the vote")
    rep.see("Answer of the city: %(outcome)s", outcome=rep.say("adopted"))
    rep.follow("See it in the plan: %(title)s", title=TITLE)
    assert re.fullmatch(r"/measures/\d+", rep.path)
    rep.see("Because of")
    rep.follow(TITLE)
    assert rep.path == proposal


def test_from_the_call_to_the_plan(somebody, platform, run_jobs):
    start = before_it_begins(platform)
    mo, rep, robin, kim = (somebody() for _ in range(4))
    guest = somebody("ar", width=PHONE)
    for who, name in ((mo, "moderation"), (rep, "samira"), (robin, "robin"), (kim, "kim")):
        who.sign_in(f"{name}@example.org", PASSWORD)

    round_ = call_a_round(mo, start.dialogue)
    take_part(rep, mo, start.dialogue)
    until(1, 12, run_jobs)
    step(mo, round_, "Open")

    proposal = propose(rep, round_, start.field)
    support_and_comment(robin, proposal)
    comment_as_guest(guest, proposal, KIND)
    comment_as_guest(guest, proposal, UNKIND)
    keep_order(mo, guest, start.dialogue, proposal)

    question = ask(mo, round_)
    until(15, 9, run_jobs)
    code = vote(rep, robin, round_, question)
    others_vote(platform, question, start.others)
    until(20, 19, run_jobs)
    read_the_result(guest, question, code)

    step(mo, round_, "Close")
    refused(mo, round_, "answer", "Mark as answered")
    refused(mo, round_, "archive", "Archive")
    name_the_unit(mo, round_)
    run_jobs()
    answer(kim, start.field)
    run_jobs()
    read_the_outcome(rep, proposal)
    step(mo, round_, "Mark as answered")
    step(mo, round_, "Archive")
    guest.go(round_)
    guest.see("This round is archived. Nothing changes any more.")
