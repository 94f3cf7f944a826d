"""What happened becomes notices: to whom it belongs at once, to who follows by a job."""

from app.amendments import queries as amendments
from app.amendments.events import (
    AmendmentClosed,
    AmendmentDecided,
    AmendmentHidden,
    AmendmentLeftToProposers,
    AmendmentOpenedAgain,
    AmendmentPublished,
    AmendmentPutToVote,
    AmendmentReturned,
    AmendmentVoteWanted,
)
from app.amendments.models import Amendment
from app.answers.events import AnswerChanged, AnswerPublished
from app.comments.events import CommentHidden, CommentPublished, CommentReturned
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.events import on
from app.merging import queries as mergings
from app.merging.events import (
    MergingEvent,
    MergingObjected,
    MergingUndone,
    ObjectionDecided,
    ProposalsMerged,
    ProposalSplit,
)
from app.moderation.events import (
    AppealDecided,
    AppealMade,
    DecisionMade,
    DisputeEnded,
    SuspensionAsked,
)
from app.moderation.models import Action
from app.moderation.queries import appeals, contributions
from app.notifications import commands, queries
from app.notifications.states import Kind
from app.organisations import queries as organisations
from app.organisations.events import (
    OrganisationRefused,
    OrganisationVerified,
    ReleaseAsked,
    ReleaseDone,
    ReleaseRefused,
)
from app.plan.events import MeasureChanged, MilestoneDone
from app.proposals.events import (
    ChangeEvent,
    ChangeHidden,
    ChangeReturned,
    CosponsorAccepted,
    CosponsorAsked,
    CosponsorDeclined,
    CosponsorEvent,
    CosponsorLeft,
    DraftSaved,
    ProposalChanged,
    ProposalHidden,
    ProposalPublished,
    ProposalReturned,
    ProposalWithdrawn,
)
from app.proposals.models import Proposal, ProposalChange
from app.rounds import queries as rounds
from app.rounds.events import (
    AccreditationRefused,
    OrganisationAccredited,
    ProcedureChanged,
    RoundAnnounced,
    RoundOpened,
    WindowChanged,
    WindowRemoved,
)
from app.trace import queries as trace
from app.voting.events import QuestionCounted, QuestionOpened

TOLD_AS_SUCH = (
    Action.WARN,
    Action.LOCK,
    Action.UNLOCK,
    Action.CUT,
    Action.RESTORE,
    Action.SUSPEND,
    Action.END_SUSPENSION,
)
"""Decisions after which the contribution stays where it is."""


def _representatives(organisation_id: int | None) -> list[int]:
    if organisation_id is None:
        return []
    return [person.id for person in organisations.representatives(organisation_id)]


def _author(author_id: int, organisation_id: int | None) -> list[int]:
    """Who wrote it, as long as they belong to the organisation for which they did."""
    if organisation_id is None or organisations.mandate_of(author_id, organisation_id) is not None:
        return [author_id]
    return []


@on(RoundAnnounced, RoundOpened)
def round_begins(event: RoundAnnounced | RoundOpened) -> None:
    """Whoever follows the round or its dialogue, and who speaks for those that take part."""
    kind = Kind.ROUND_OPENED if isinstance(event, RoundOpened) else Kind.ROUND_ANNOUNCED
    commands.tell(
        kind,
        event.round_id,
        f"{kind}:{event.round_id}",
        people=_partners(event.dialogue_id),
        following=(event.round_id, event.dialogue_id),
        but=event.by.person_id,
    )


@on(WindowChanged, WindowRemoved)
def window_changed(event: WindowChanged | WindowRemoved) -> None:
    """Whoever follows the round or speaks for those that take part; nobody hears of a draft's."""
    round_ = rounds.get(event.round_id)
    if round_ is None or not round_.public:
        return
    # Those that move together, by a pause, are one notice.
    at = next((change.changed_at for change in rounds.window_changes(round_.id)), clock.now())
    commands.tell(
        Kind.WINDOW_CHANGED,
        event.round_id,
        f"{Kind.WINDOW_CHANGED}:{event.round_id}:{at:%Y%m%dT%H%M%S%f}",
        people=_partners(event.dialogue_id),
        following=(event.round_id,),
        but=event.by.person_id,
    )


@on(ProcedureChanged)
def rules_changed(event: ProcedureChanged) -> None:
    """Everybody who took part in the round or may, and whoever follows it. Who voted is secret."""
    people, organisations_ = queries.took_part(event.round_id)
    commands.tell(
        Kind.PROCEDURE_CHANGED,
        event.round_id,
        f"{Kind.PROCEDURE_CHANGED}:{event.round_id}:{event.edition}",
        people=[*people, *queries.speakers(organisations_), *_partners(event.dialogue_id)],
        following=(event.round_id, event.dialogue_id),
        but=event.by.person_id,
    )


def _partners(dialogue_id: int) -> list[int]:
    ids = [organisation.id for organisation in rounds.accredited_organisations(dialogue_id)]
    return queries.speakers(ids)


@on(OrganisationAccredited, AccreditationRefused)
def accreditation_decided(event: OrganisationAccredited | AccreditationRefused) -> None:
    accredited = isinstance(event, OrganisationAccredited)
    kind = Kind.ACCREDITED if accredited else Kind.ACCREDITATION_REFUSED
    commands.tell(
        kind,
        event.organisation_id,
        f"{kind}:{event.dialogue_id}:{event.organisation_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=_representatives(event.organisation_id),
    )


@on(DisputeEnded)
def dispute_ended(event: DisputeEnded) -> None:
    """Whoever disputed a part of a summary."""
    commands.tell(
        Kind.OBJECTION_DECIDED,
        event.summary_id,
        f"{Kind.OBJECTION_DECIDED}:summary:{event.dispute_id}",
        people=[event.person_id],
    )


@on(ReleaseAsked)
def release_asked(event: ReleaseAsked) -> None:
    """Whoever else speaks for the organisation."""
    commands.tell(
        Kind.RELEASE_ASKED,
        event.organisation_id,
        f"{Kind.RELEASE_ASKED}:{event.release_id}",
        people=_representatives(event.organisation_id),
        but=event.by.person_id,
    )


@on(ReleaseDone, ReleaseRefused)
def release_decided(event: ReleaseDone | ReleaseRefused) -> None:
    """Who prepared it, as long as they belong to the organisation."""
    commands.tell(
        Kind.RELEASE_DECIDED,
        event.organisation_id,
        f"{Kind.RELEASE_DECIDED}:{event.release_id}",
        people=_author(event.prepared_by_id, event.organisation_id),
    )


@on(AnswerPublished, AnswerChanged)
def answered(event: AnswerPublished | AnswerChanged) -> None:
    """Whoever made the proposal, took part in it or follows it: many of them by a job."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None:
        return
    supporters, organisations_ = queries.supporters(event.proposal_id)
    if proposal.organisation_id is not None:
        organisations_.append(proposal.organisation_id)
    kind, key = Kind.ANSWERED, f"{Kind.ANSWERED}:{event.answer_id}"
    if isinstance(event, AnswerChanged):
        kind = Kind.ANSWER_CHANGED
        key = f"{kind}:{event.answer_id}:{event.version}"
    commands.tell(
        kind,
        event.proposal_id,
        key,
        people=[
            *_author(proposal.author_id, proposal.organisation_id),
            *queries.wrote_about([event.proposal_id]),
            *supporters,
            *queries.speakers(organisations_),
        ],
        following=(event.proposal_id,),
        but=event.by.person_id,
    )


@on(MeasureChanged)
def measure_changed(event: MeasureChanged) -> None:
    """Whoever follows the measure, once for each version of it."""
    commands.tell(
        Kind.MEASURE_CHANGED,
        event.measure_id,
        f"{Kind.MEASURE_CHANGED}:{event.measure_id}:{event.version}",
        following=(event.measure_id,),
        but=event.by.person_id,
    )


@on(MilestoneDone)
def milestone_done(event: MilestoneDone) -> None:
    """Everybody on the path to the measure, and whoever follows it: once."""
    ids = trace.proposals_behind(event.measure_id)
    commands.tell(
        Kind.MILESTONE_REACHED,
        event.measure_id,
        f"{Kind.MILESTONE_REACHED}:{event.milestone_id}",
        people=[*queries.made(ids), *queries.wrote_about(ids)],
        following=(event.measure_id, *ids),
        but=event.by.person_id,
    )


@on(CommentPublished)
def commented(event: CommentPublished) -> None:
    """Whoever made the proposal or wrote the comment that is answered; by a job who follows."""
    proposal = db.session.get(Proposal, event.target_id)
    people: list[int] = []
    if proposal is not None:
        people += _author(proposal.author_id, proposal.organisation_id)
        people += _representatives(proposal.organisation_id)
    answers = db.session.get(Comment, event.parent_id) if event.parent_id is not None else None
    if answers is not None and answers.author_id is not None:
        people.append(answers.author_id)
    commands.tell(
        Kind.COMMENT,
        event.comment_id,
        f"{Kind.COMMENT}:{event.comment_id}",
        people=people,
        following=(event.target_id,),
        but=event.author_id,
    )


@on(CommentReturned, CommentHidden)
def comment_taken_away(event: CommentReturned | CommentHidden) -> None:
    """Its author can read why. A guest cannot be reached."""
    if event.author_id is None:
        return
    kind = Kind.COMMENT_RETURNED if isinstance(event, CommentReturned) else Kind.COMMENT_HIDDEN
    commands.tell(
        kind,
        event.comment_id,
        f"{kind}:{event.comment_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=[event.author_id],
    )


@on(DecisionMade)
def moderated(event: DecisionMade) -> None:
    """Who wrote what was warned about or locked; of what is gone its own feature tells them."""
    if event.action not in TOLD_AS_SUCH:
        return
    found = contributions.load(event.subject_id)
    if found is None or found.thing.author_id is None:
        return
    commands.tell(
        Kind.MODERATED,
        event.subject_id,
        f"{Kind.MODERATED}:{event.decision_id}",
        people=[
            *_author(found.thing.author_id, found.thing.organisation_id),
            *_representatives(found.thing.organisation_id),
        ],
    )


@on(SuspensionAsked)
def suspension_asked(event: SuspensionAsked) -> None:
    """Who can agree to it."""
    commands.tell(
        Kind.SECOND_NEEDED,
        event.subject_id,
        f"{Kind.SECOND_NEEDED}:{event.request_id}",
        people=queries.second_moderators(event.dialogue_id, event.by.person_id),
    )


@on(AppealMade)
def appealed(event: AppealMade) -> None:
    """Who can decide: the dialogue's other moderators, or the operators where there are none."""
    found = appeals.get(event.appeal_id)
    if found is None:
        return
    commands.tell(
        Kind.APPEAL_MADE,
        event.subject_id,
        f"{Kind.APPEAL_MADE}:{event.appeal_id}",
        people=queries.second_moderators(
            event.dialogue_id, found.decision.by_id, found.decision.second_id
        ),
        but=event.by.person_id,
    )


@on(AppealDecided)
def appeal_decided(event: AppealDecided) -> None:
    """Who objected; without an account, the page of the report shows it."""
    found = appeals.get(event.appeal_id)
    if found is None or found.by_id is None:
        return
    commands.tell(
        Kind.APPEAL_DECIDED,
        event.subject_id,
        f"{Kind.APPEAL_DECIDED}:{event.appeal_id}",
        people=[found.by_id],
    )


@on(OrganisationVerified, OrganisationRefused)
def organisation_decided(event: OrganisationVerified | OrganisationRefused) -> None:
    """The reason of a refusal stands on the organisation's page, which they alone see."""
    verified = isinstance(event, OrganisationVerified)
    kind = Kind.ORGANISATION_VERIFIED if verified else Kind.ORGANISATION_REFUSED
    commands.tell(
        kind,
        event.organisation_id,
        f"{kind}:{event.organisation_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=_representatives(event.organisation_id),
    )


@on(ProposalReturned, ProposalHidden)
def proposal_taken_away(event: ProposalReturned | ProposalHidden) -> None:
    """Who wrote it, and who speaks for the organisation, can read why."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None:
        return
    kind = Kind.PROPOSAL_RETURNED if isinstance(event, ProposalReturned) else Kind.PROPOSAL_HIDDEN
    commands.tell(
        kind,
        event.proposal_id,
        f"{kind}:{event.proposal_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=[
            *_author(proposal.author_id, event.organisation_id),
            *_representatives(event.organisation_id),
        ],
    )


@on(AmendmentPublished)
def amendment_made(event: AmendmentPublished) -> None:
    """Who made the proposal, and whoever follows it."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None:
        return
    commands.tell(
        Kind.AMENDMENT_MADE,
        event.amendment_id,
        f"{Kind.AMENDMENT_MADE}:{event.amendment_id}",
        people=_makers(proposal),
        following=(event.proposal_id,),
        but=event.by.person_id,
    )


@on(AmendmentDecided)
def amendment_decided(event: AmendmentDecided) -> None:
    """Who suggested it, supports it or follows it; after a vote those who made the proposal too."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    people = _behind(found)
    if event.by_vote:
        people += _makers(found.proposal)
    commands.tell(
        Kind.AMENDMENT_DECIDED,
        event.amendment_id,
        f"{Kind.AMENDMENT_DECIDED}:{event.amendment_id}",
        people=people,
        following=(event.amendment_id,),
        but=event.by.person_id,
    )


def _behind(amendment: Amendment) -> list[int]:
    """Who suggested an amendment, and who supports it."""
    supporters, organisations_ = amendments.supporters(amendment.id)
    if amendment.organisation_id is not None:
        organisations_.append(amendment.organisation_id)
    return [
        *_author(amendment.author_id, amendment.organisation_id),
        *supporters,
        *queries.speakers(organisations_),
    ]


def _makers(made: Proposal | Amendment) -> list[int]:
    """Who wrote it, and who speaks for the organisation that made it."""
    return [
        *_author(made.author_id, made.organisation_id),
        *_representatives(made.organisation_id),
    ]


@on(AmendmentVoteWanted)
def vote_wanted(event: AmendmentVoteWanted) -> None:
    """The dialogue's moderators."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.AMENDMENT_VOTE_WANTED,
        event.amendment_id,
        f"{Kind.AMENDMENT_VOTE_WANTED}:{event.amendment_id}",
        people=[one.id for one in rounds.moderators(found.proposal.round.dialogue_id)],
        but=event.by.person_id,
    )


@on(AmendmentPutToVote)
def amendment_to_vote(event: AmendmentPutToVote) -> None:
    """Who suggested it, supports or follows it, and those who made the proposal."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.AMENDMENT_TO_VOTE,
        event.amendment_id,
        f"{Kind.AMENDMENT_TO_VOTE}:{event.amendment_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=[*_behind(found), *_makers(found.proposal)],
        following=(event.amendment_id, event.proposal_id),
        but=event.by.person_id,
    )


@on(AmendmentClosed)
def amendment_closed(event: AmendmentClosed) -> None:
    """Who suggested it can take it to the text in which the proposal goes on."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.AMENDMENT_CLOSED,
        event.amendment_id,
        f"{Kind.AMENDMENT_CLOSED}:{event.amendment_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=_makers(found),
        but=event.by.person_id,
    )


@on(AmendmentOpenedAgain)
def amendment_open_again(event: AmendmentOpenedAgain) -> None:
    """Who suggested it: what was merged or split is as before."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.MERGING_UNDONE,
        event.amendment_id,
        f"{Kind.MERGING_UNDONE}:{event.amendment_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=_makers(found),
        but=event.by.person_id,
    )


@on(AmendmentLeftToProposers)
def amendment_owed(event: AmendmentLeftToProposers) -> None:
    """Those who made the proposal have to decide."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.AMENDMENT_OWED,
        event.amendment_id,
        f"{Kind.AMENDMENT_OWED}:{event.amendment_id}",
        people=_makers(found.proposal),
    )


@on(AmendmentHidden, AmendmentReturned)
def amendment_taken_away(event: AmendmentHidden | AmendmentReturned) -> None:
    """Who wrote it, and who speaks for the organisation, can read why."""
    found = amendments.get(event.amendment_id)
    if found is None:
        return
    commands.tell(
        Kind.AMENDMENT_HIDDEN,
        event.amendment_id,
        f"{Kind.AMENDMENT_HIDDEN}:{event.amendment_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=_makers(found),
    )


@on(ProposalChanged)
def proposal_changed(event: ProposalChanged) -> None:
    """Who supports an earlier version or follows it, and who made it: once for each version."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None:
        return
    supporters, organisations_ = queries.supporters(event.proposal_id)
    if proposal.organisation_id is not None:
        organisations_.append(proposal.organisation_id)
    commands.tell(
        Kind.PROPOSAL_CHANGED,
        event.proposal_id,
        f"{Kind.PROPOSAL_CHANGED}:{event.proposal_id}:{event.version}",
        people=[
            *_author(proposal.author_id, proposal.organisation_id),
            *supporters,
            *queries.speakers(organisations_),
        ],
        following=(event.proposal_id,),
        but=event.by.person_id,
    )


@on(ChangeReturned, ChangeHidden)
def change_taken_away(event: ChangeEvent) -> None:
    """Who wrote it, and who speaks for the organisation, can read why."""
    known = db.session.get(ProposalChange, event.change_id)
    if known is None:
        return
    commands.tell(
        Kind.CHANGE_RETURNED,
        event.change_id,
        f"{Kind.CHANGE_RETURNED}:{event.change_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=[
            *_author(known.author_id, event.organisation_id),
            *_representatives(event.organisation_id),
        ],
    )


@on(ProposalsMerged, ProposalSplit, MergingUndone)
def merged_or_split(event: MergingEvent) -> None:
    """Who made, supports or follows one of the proposals."""
    found = mergings.get(event.merging_id)
    if found is None:
        return
    kind = _MERGINGS[type(event)]
    people: list[int] = []
    organisations_: list[int] = []
    concerned = mergings.concerned(found)
    for one in concerned:
        supporters, supporting = queries.supporters(one.id)
        people += [*_author(one.author_id, one.organisation_id), *supporters]
        organisations_ += [*supporting, *([one.organisation_id] if one.organisation_id else [])]
    commands.tell(
        kind,
        event.subject_id,
        f"{kind}:{event.merging_id}",
        people=[*people, *queries.speakers(organisations_)],
        following=[one.id for one in concerned],
        but=event.by.person_id,
    )


_MERGINGS: dict[type[MergingEvent], Kind] = {
    ProposalsMerged: Kind.PROPOSALS_MERGED,
    ProposalSplit: Kind.PROPOSAL_SPLIT,
    MergingUndone: Kind.MERGING_UNDONE,
}


@on(MergingObjected)
def merging_objected(event: MergingObjected) -> None:
    """The dialogue's moderators."""
    commands.tell(
        Kind.MERGING_OBJECTED,
        event.subject_id,
        f"{Kind.MERGING_OBJECTED}:{event.objection_id}",
        people=[one.id for one in rounds.moderators(event.dialogue_id)],
        but=event.by.person_id,
    )


@on(ObjectionDecided)
def objection_decided(event: ObjectionDecided) -> None:
    """Who objected, and who speaks for the organisation they did it for."""
    found = mergings.get_objection(event.objection_id)
    if found is None:
        return
    commands.tell(
        Kind.OBJECTION_DECIDED,
        event.subject_id,
        f"{Kind.OBJECTION_DECIDED}:{event.objection_id}",
        people=[found.by_id, *_representatives(found.proposal.organisation_id)],
        but=event.by.person_id,
    )


@on(CosponsorAsked)
def cosponsor_asked(event: CosponsorAsked) -> None:
    commands.tell(
        Kind.COSPONSOR_ASKED,
        event.proposal_id,
        f"{Kind.COSPONSOR_ASKED}:{event.proposal_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=_representatives(event.cosponsor_id),
        but=event.by.person_id,
    )


@on(CosponsorAccepted, CosponsorDeclined, CosponsorLeft)
def cosponsor_answered(event: CosponsorEvent) -> None:
    """Who wrote it, and who speaks for the organisation that asked."""
    proposal = db.session.get(Proposal, event.proposal_id)
    author = _author(proposal.author_id, proposal.organisation_id) if proposal is not None else []
    commands.tell(
        Kind.COSPONSOR_ANSWERED,
        event.proposal_id,
        f"{Kind.COSPONSOR_ANSWERED}:{event.proposal_id}:{clock.now():%Y%m%dT%H%M%S%f}",
        people=[*author, *_representatives(event.organisation_id)],
        but=event.by.person_id,
    )


@on(QuestionOpened, QuestionCounted)
def vote_begins_or_ends(event: QuestionOpened | QuestionCounted) -> None:
    """Who speaks for those that take part, and whoever follows dialogue, round or question."""
    kind = Kind.QUESTION_OPENED if isinstance(event, QuestionOpened) else Kind.RESULT
    commands.tell(
        kind,
        event.question_id,
        f"{kind}:{event.question_id}",
        people=_partners(event.dialogue_id),
        following=(event.question_id, event.round_id, event.dialogue_id),
    )


@on(DraftSaved)
def follow_what_one_writes(event: DraftSaved) -> None:
    """Who begins a proposal follows it, until they stop."""
    if event.edition == 1 and event.by.person_id is not None:
        commands.follow(person_id=event.by.person_id, subject_id=event.proposal_id)


@on(ProposalPublished)
def proposal_published(event: ProposalPublished) -> None:
    """Who made it; and, the first time, whoever follows the round."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None:
        return
    makers = [
        *_author(proposal.author_id, event.organisation_id),
        *_representatives(event.organisation_id),
    ]
    commands.tell(
        Kind.PROPOSAL_PUBLISHED,
        event.proposal_id,
        f"{Kind.PROPOSAL_PUBLISHED}:{event.proposal_id}:{event.version}",
        people=makers,
        but=event.by.person_id,
    )
    if event.version == 1:
        commands.tell(
            Kind.PROPOSAL_IN_ROUND,
            event.proposal_id,
            f"{Kind.PROPOSAL_IN_ROUND}:{event.proposal_id}",
            following=(event.round_id,),
            but=event.by.person_id,
        )


@on(ProposalWithdrawn)
def proposal_withdrawn(event: ProposalWithdrawn) -> None:
    """Whoever follows it; a proposal that was never public has nobody to tell."""
    proposal = db.session.get(Proposal, event.proposal_id)
    if proposal is None or proposal.published_at is None:
        return
    commands.tell(
        Kind.PROPOSAL_WITHDRAWN,
        event.proposal_id,
        f"{Kind.PROPOSAL_WITHDRAWN}:{event.proposal_id}",
        following=(event.proposal_id,),
        but=event.by.person_id,
    )
