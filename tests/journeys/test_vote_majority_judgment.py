"""Grades in words: an organisation openly at a desk, a person in Arabic on a phone."""

import pytest

from tests.journeys import votes
from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey


def test_grades_in_words(somebody, platform, run_jobs):
    start = votes.begin(platform, "majority-judgment")
    tandem, reading, garden = start.options.values()
    rep, robin = somebody(), somebody("ar", width=PHONE)

    votes.go_to_the_ballot(rep, start, "samira", organisation=start.verein)
    for option, grade in ((tandem, 5), (reading, 3)):
        rep.pick_by_keyboard(rep.page.locator(f"[name=option-{option}][value='{grade}']"))
    votes.cast_by_keyboard(rep, secret=False)

    votes.go_to_the_ballot(robin, start, "robin")
    robin.press("Go on to look it over")
    robin.see("Please grade at least one, or abstain.")
    robin.pick_by_keyboard(robin.page.locator(f"[name=option-{garden}][value='0']"))
    code = votes.cast_by_keyboard(robin, secret=True)
    robin.see_not("Middle grade: %(grade)s", grade=robin.say("Excellent"))

    grades = {str(tandem): 5, str(reading): 3, str(garden): 1}
    votes.others_vote(platform, start, {"grades": grades})
    votes.close(platform, start, run_jobs)
    for reader in (rep, robin):
        reader.go(start.question)
        reader.see("Middle grade: %(grade)s", grade=reader.say("Excellent"))
        reader.see("Nobody has graded this.")  # the organisation had no opinion on the garden
    votes.find_by_code(robin, start, code)
