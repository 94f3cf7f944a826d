"""What people are told, and in which words."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class Kind(StrEnum):
    PROPOSAL_PUBLISHED = "proposal-published"
    PROPOSAL_RETURNED = "proposal-returned"
    PROPOSAL_HIDDEN = "proposal-hidden"
    PROPOSAL_WITHDRAWN = "proposal-withdrawn"
    COSPONSOR_ASKED = "cosponsor-asked"
    COSPONSOR_ANSWERED = "cosponsor-answered"
    PROPOSAL_CHANGED = "proposal-changed"
    CHANGE_RETURNED = "change-returned"
    AMENDMENT_MADE = "amendment-made"
    AMENDMENT_DECIDED = "amendment-decided"
    AMENDMENT_HIDDEN = "amendment-hidden"
    AMENDMENT_VOTE_WANTED = "amendment-vote-wanted"
    AMENDMENT_TO_VOTE = "amendment-to-vote"
    AMENDMENT_OWED = "amendment-owed"
    AMENDMENT_CLOSED = "amendment-closed"
    PROPOSALS_MERGED = "proposals-merged"
    PROPOSAL_SPLIT = "proposal-split"
    MERGING_OBJECTED = "merging-objected"
    OBJECTION_DECIDED = "objection-decided"
    MERGING_UNDONE = "merging-undone"
    PROPOSAL_IN_ROUND = "proposal-in-round"
    COMMENT = "comment"
    COMMENT_RETURNED = "comment-returned"
    COMMENT_HIDDEN = "comment-hidden"
    QUESTION_OPENED = "question-opened"
    RESULT = "result"
    DRAW_DUE = "draw-due"
    ANSWERED = "answered"
    MEASURE_CHANGED = "measure-changed"
    ROUND_ANNOUNCED = "round-announced"
    ROUND_OPENED = "round-opened"
    WINDOW_CHANGED = "window-changed"
    PROCEDURE_CHANGED = "procedure-changed"
    ACCREDITED = "accredited"
    ACCREDITATION_REFUSED = "accreditation-refused"
    ORGANISATION_VERIFIED = "organisation-verified"
    ORGANISATION_REFUSED = "organisation-refused"
    APPEAL_MADE = "appeal-made"
    APPEAL_DECIDED = "appeal-decided"
    MODERATED = "moderated"
    SECOND_NEEDED = "second-needed"
    RELEASE_ASKED = "release-asked"
    RELEASE_DECIDED = "release-decided"
    ANSWER_CHANGED = "answer-changed"
    MILESTONE_REACHED = "milestone-reached"
    MEETING_ANNOUNCED = "meeting-announced"
    MEETING_MOVED = "meeting-moved"
    MEETING_CANCELLED = "meeting-cancelled"
    MEETING_PLACE = "meeting-place"
    MINUTES_PUBLISHED = "minutes-published"
    METHOD_ANNOUNCED = "method-announced"
    METHOD_CONTESTED = "method-contested"
    METHOD_SETTLED = "method-settled"
    REPORT_OWED = "report-owed"
    REPORT_PUBLISHED = "report-published"
    REPORT_CORRECTED = "report-corrected"
    ENQUIRY_ASKED = "enquiry-asked"
    ENQUIRY_LATE = "enquiry-late"
    ENQUIRY_ANSWERED = "enquiry-answered"
    TEXT_BECAUSE = "text-because"
    SECOND_ANSWERED = "second-answered"
    SUMMARY = "summary"
    IN_THE_PLAN = "in-the-plan"
    MEETING_SOON = "meeting-soon"
    CORRECTION_REFUSED = "correction-refused"
    SHORTENED = "shortened"
    CORRECTION_WAITS = "correction-waits"


SENTENCES: dict[Kind, LazyString] = {
    Kind.PROPOSAL_PUBLISHED: _l("A proposal has been published"),
    Kind.PROPOSAL_RETURNED: _l("Your proposal has come back to you with a reason"),
    Kind.PROPOSAL_HIDDEN: _l("Your proposal has been hidden with a reason"),
    Kind.PROPOSAL_WITHDRAWN: _l("A proposal has been withdrawn"),
    Kind.COSPONSOR_ASKED: _l("Your organisation is asked to stand behind a proposal"),
    Kind.COSPONSOR_ANSWERED: _l("An organisation has answered whether it stands behind it"),
    Kind.PROPOSAL_CHANGED: _l("A proposal that you support or follow has a new version"),
    Kind.CHANGE_RETURNED: _l("Your change to a proposal has come back to you with a reason"),
    Kind.AMENDMENT_MADE: _l("Somebody suggests a change to a proposal"),
    Kind.AMENDMENT_DECIDED: _l("A change that was suggested to a proposal is decided"),
    Kind.AMENDMENT_HIDDEN: _l("Your amendment is not shown, with a reason"),
    Kind.AMENDMENT_VOTE_WANTED: _l("Those who made a proposal ask for a vote about an amendment"),
    Kind.AMENDMENT_TO_VOTE: _l("A change that was suggested to a proposal is put to the vote"),
    Kind.AMENDMENT_OWED: _l("A vote about a change to your proposal is over: please decide"),
    Kind.AMENDMENT_CLOSED: _l("Your amendment is closed, as its proposal does not go on"),
    Kind.PROPOSALS_MERGED: _l("Proposals have been merged, with a reason"),
    Kind.PROPOSAL_SPLIT: _l("A proposal has been split, with a reason"),
    Kind.MERGING_OBJECTED: _l("Somebody objects to a merging or splitting of proposals"),
    Kind.OBJECTION_DECIDED: _l("An objection has been decided, with a reason"),
    Kind.MERGING_UNDONE: _l("A merging or splitting of proposals has been undone"),
    Kind.PROPOSAL_IN_ROUND: _l("There is a new proposal in a round that you follow"),
    Kind.COMMENT: _l("There is a new comment"),
    Kind.COMMENT_RETURNED: _l("Your comment has come back to you with a reason"),
    Kind.COMMENT_HIDDEN: _l("Your comment has been hidden with a reason"),
    Kind.QUESTION_OPENED: _l("A vote has begun"),
    Kind.RESULT: _l("The result of a vote is there"),
    Kind.METHOD_ANNOUNCED: _l("The method of a vote is announced: you can object for seven days"),
    Kind.METHOD_CONTESTED: _l(
        "Enough have objected to the method of a vote: set the time to choose"
    ),
    Kind.METHOD_SETTLED: _l("It is decided by which method a vote is held"),
    Kind.TEXT_BECAUSE: _l("What you wrote has led to a change in a draft text"),
    Kind.DRAW_DUE: _l("A vote waits for the value of its draw"),
    Kind.ANSWERED: _l("The administration has answered"),
    Kind.ANSWER_CHANGED: _l("The administration has changed its answer, with a reason"),
    Kind.CORRECTION_WAITS: _l("A change of an answer of your unit waits for a second person"),
    Kind.CORRECTION_REFUSED: _l("Your change of an answer was refused, with a reason"),
    Kind.IN_THE_PLAN: _l("What you said has led to a sentence of the plan"),
    Kind.REPORT_OWED: _l("Your unit owes a report on each of its measures"),
    Kind.REPORT_PUBLISHED: _l("What you took part in has gone on: a measure has its yearly report"),
    Kind.REPORT_CORRECTED: _l("The yearly report of a measure says something else now"),
    Kind.MILESTONE_REACHED: _l("What you took part in has gone on: a milestone is done"),
    Kind.MEETING_ANNOUNCED: _l("A training or meeting is announced"),
    Kind.MEETING_MOVED: _l("Time or place of a meeting have changed"),
    Kind.MEETING_CANCELLED: _l("A meeting is cancelled, with a reason"),
    Kind.MEETING_PLACE: _l("A place has become free: you have it now"),
    Kind.MEETING_SOON: _l("A meeting that you signed up for begins soon"),
    Kind.MINUTES_PUBLISHED: _l("The minutes of a meeting are there"),
    Kind.ENQUIRY_ASKED: _l("Somebody asks your unit a question"),
    Kind.ENQUIRY_LATE: _l("A question to your unit is overdue"),
    Kind.ENQUIRY_ANSWERED: _l("Your question is answered"),
    Kind.MEASURE_CHANGED: _l("A measure of the plan has changed"),
    Kind.ROUND_ANNOUNCED: _l("A round has been announced"),
    Kind.ROUND_OPENED: _l("A round is open: you can take part"),
    Kind.WINDOW_CHANGED: _l("The times of a round have changed"),
    Kind.PROCEDURE_CHANGED: _l("The rules of a round have changed, with a reason"),
    Kind.SUMMARY: _l("A round in which you took part has been summed up"),
    Kind.ACCREDITED: _l("Your organisation takes part in a dialogue"),
    Kind.ACCREDITATION_REFUSED: _l("Your organisation cannot take part in a dialogue"),
    Kind.ORGANISATION_VERIFIED: _l("Your organisation is verified"),
    Kind.ORGANISATION_REFUSED: _l("Your organisation was not verified"),
    Kind.SECOND_NEEDED: _l("A moderator asks you to agree to a suspension, or not"),
    Kind.SECOND_ANSWERED: _l("Another person has decided about the suspension that you asked for"),
    Kind.MODERATED: _l("The moderators have decided about your contribution, with a reason"),
    Kind.SHORTENED: _l(
        "The moderators have taken words out of something that you support, or put them back"
    ),
    Kind.APPEAL_MADE: _l("Somebody objects to a decision of the moderators"),
    Kind.RELEASE_ASKED: _l("Something in your organisation's name waits for a second person"),
    Kind.RELEASE_DECIDED: _l("Your organisation has decided about what you prepared"),
    Kind.APPEAL_DECIDED: _l("Your objection has been decided, with a reason"),
}

PERSONAL = (
    Kind.COSPONSOR_ASKED,
    Kind.COSPONSOR_ANSWERED,
    Kind.PROPOSAL_RETURNED,
    Kind.PROPOSAL_HIDDEN,
    Kind.CHANGE_RETURNED,
    Kind.AMENDMENT_HIDDEN,
    Kind.AMENDMENT_CLOSED,
    Kind.COMMENT_RETURNED,
    Kind.COMMENT_HIDDEN,
    Kind.ORGANISATION_REFUSED,
    Kind.MODERATED,
    Kind.SECOND_NEEDED,
    Kind.SECOND_ANSWERED,
    Kind.APPEAL_MADE,
    Kind.APPEAL_DECIDED,
    Kind.ENQUIRY_ASKED,
    Kind.ENQUIRY_LATE,
    Kind.ENQUIRY_ANSWERED,
)
"""Told only to those whose own thing it is: they see its title though it is not public."""

TAKEN_AWAY = (
    Kind.PROPOSAL_RETURNED,
    Kind.PROPOSAL_HIDDEN,
    Kind.CHANGE_RETURNED,
    Kind.AMENDMENT_HIDDEN,
    Kind.COMMENT_RETURNED,
    Kind.COMMENT_HIDDEN,
    Kind.MODERATED,
    Kind.SECOND_NEEDED,
    Kind.SECOND_ANSWERED,
    Kind.APPEAL_MADE,
    Kind.APPEAL_DECIDED,
)
"""Of these a mail does not quote what is not public: it would go on standing there. The page that
the mail leads to shows it to whom it concerns.
"""
