"""Who may register, verify, represent and invite; who appoints the administration's people."""

from flask_babel import lazy_gettext as _

from app.core.policy import (
    HIDDEN,
    MEMBERS,
    SPEAKERS,
    WRITERS,
    Actor,
    Verdict,
    first_refusal,
    has_role,
    quiet,
    rule,
    signed_in,
)
from app.organisations import queries
from app.organisations.models import (
    Invitation,
    Mandate,
    Note,
    Organisation,
    Release,
    Unit,
    UnitMandate,
)
from app.organisations.queries import releases
from app.organisations.states import (
    ORGANISATION,
    RELEASE,
    OrganisationState,
    ReleaseState,
)


def _itself(_actor: Actor, organisation: Organisation) -> int:
    return organisation.id


@rule("organisations.index")
def index(actor: Actor) -> Verdict:
    """Everybody reads the directory."""
    return True


@rule("organisations.show")
def show(actor: Actor, organisation: Organisation) -> Verdict:
    """Everybody what was verified; members and the registry also what waits or was refused."""
    return True if queries.is_visible(organisation, actor) else HIDDEN


@rule("organisations.register")
def register(actor: Actor) -> Verdict:
    """Everybody signed in whose address is confirmed."""
    return first_refusal(signed_in(actor), _confirmed(actor))


@rule("organisations.mine")
def mine(actor: Actor) -> Verdict:
    """Everybody signed in: the organisations one belongs to."""
    return signed_in(actor)


@rule("organisations.edit", speaks=_itself)
def edit(actor: Actor, organisation: Organisation) -> Verdict:
    """Representatives, deputies and editors change what it says about itself."""
    return _member(actor, organisation, "representative", "deputy", "editor")


@rule("organisations.rename", speaks=_itself)
def rename(actor: Actor, organisation: Organisation) -> Verdict:
    """Representatives change the name."""
    return _member(actor, organisation, "representative")


@rule("organisations.ask-again")
def ask_again(actor: Actor, organisation: Organisation) -> Verdict:
    """Representatives and deputies of a refused one."""
    member = _member(actor, organisation, "representative", "deputy")
    return first_refusal(member, ORGANISATION.allows(organisation.state, "ask-again"))


@rule("organisations.members")
def members(actor: Actor, organisation: Organisation) -> Verdict:
    """Its members see who belongs to it."""
    return _member(actor, organisation, *MEMBERS)


@rule("organisations.desk")
def desk(actor: Actor, organisation: Organisation) -> Verdict:
    """Its members see what needs them, and what they tell each other."""
    return members(actor, organisation)


@rule("organisations.note")
def note(actor: Actor, organisation: Organisation) -> Verdict:
    """Every member writes notes for the others."""
    return members(actor, organisation)


@rule("organisations.remove-note")
def remove_note(actor: Actor, organisation: Organisation, note: Note) -> Verdict:
    """One's own; representatives also those of others."""
    if note.organisation_id != organisation.id:
        return HIDDEN
    if note.author_id == actor.person_id:
        return members(actor, organisation)
    return _member(actor, organisation, "representative")


@rule("organisations.position")
def position(actor: Actor, organisation: Organisation) -> Verdict:
    """Who writes in its name says where it stands, to the members."""
    return _member(actor, organisation, *WRITERS)


def _with_another(actor: Actor, organisation: Organisation) -> int | None:
    """Where nobody else speaks for it, nobody could ever release the switching off."""
    others = releases.count_speakers(organisation.id, but=actor.person_id)
    return organisation.id if others else None


@rule("organisations.four-eyes", speaks=_with_another)
def four_eyes(actor: Actor, organisation: Organisation) -> Verdict:
    """Representatives of a verified organisation; switching it off waits for the second person."""
    representative = _member(actor, organisation, "representative")
    if representative is True and organisation.state is not OrganisationState.VERIFIED:
        return _("This is possible as soon as the organisation is verified.")
    return representative


@rule("organisations.see-release")
def see_release(actor: Actor, organisation: Organisation, release: Release) -> Verdict:
    """Its members see what is to go out in its name."""
    return members(actor, organisation) if release.organisation_id == organisation.id else HIDDEN


@rule("organisations.release", speaks=quiet)
def release(actor: Actor, organisation: Organisation, release: Release) -> Verdict:
    """Another person who speaks for it than the one who prepared it."""
    seen = see_release(actor, organisation, release)
    if seen is not True:
        return seen
    if release.state is not ReleaseState.WAITING:
        return _("This does not wait for a second person any more.")
    if release.prepared_by_id == actor.person_id:
        return _("You prepared this yourself. Somebody else has to release it.")
    return _member(actor, organisation, *SPEAKERS)


@rule("organisations.take-back-release", speaks=quiet)
def take_back_release(actor: Actor, organisation: Organisation, release: Release) -> Verdict:
    """Who prepared it."""
    seen = see_release(actor, organisation, release)
    if seen is not True:
        return seen
    if release.prepared_by_id != actor.person_id:
        return _("Only who prepared it can take it back.")
    return RELEASE.allows(release.state, "take-back")


@rule("organisations.invite")
def invite(actor: Actor, organisation: Organisation) -> Verdict:
    """Representatives of a verified organisation."""
    representative = _member(actor, organisation, "representative")
    if representative is True and organisation.state is not OrganisationState.VERIFIED:
        return _("You can invite people as soon as the organisation is verified.")
    return representative


@rule("organisations.invited")
def invited(actor: Actor, organisation: Organisation, invitation: Invitation) -> Verdict:
    """Representatives withdraw invitations and send them again."""
    if invitation.organisation_id != organisation.id:
        return HIDDEN
    return _member(actor, organisation, "representative")


@rule("organisations.accept")
def accept(actor: Actor, invitation: Invitation) -> Verdict:
    """Whoever has the link sees the page; accepting asks for the address it was sent to."""
    return True


@rule("organisations.end-mandate")
def end_mandate(actor: Actor, mandate: Mandate) -> Verdict:
    """One's own; representatives also those of others."""
    if actor.signed_in and mandate.person_id == actor.person_id:
        return _running(mandate)
    representative = _member(actor, mandate.organisation, "representative")
    return first_refusal(representative, _running(mandate))


@rule("organisations.change-mandate")
def change_mandate(actor: Actor, mandate: Mandate) -> Verdict:
    """Representatives give another role or a last day."""
    representative = _member(actor, mandate.organisation, "representative")
    return first_refusal(representative, _running(mandate))


@rule("organisations.hand-over")
def hand_over(actor: Actor, organisation: Organisation) -> Verdict:
    """Representatives name who represents the organisation in their place."""
    return _member(actor, organisation, "representative")


@rule("organisations.registry")
def registry(actor: Actor) -> Verdict:
    """The registry, and operators."""
    return True if actor.has("operator") else has_role(actor, "registry")


@rule("organisations.verify")
def verify(actor: Actor, organisation: Organisation) -> Verdict:
    """The registry verifies what waits or was refused, but not its own organisation."""
    foreign = _not_ones_own(actor, organisation)
    return first_refusal(
        registry(actor), foreign, ORGANISATION.allows(organisation.state, "verify")
    )


@rule("organisations.refuse")
def refuse(actor: Actor, organisation: Organisation) -> Verdict:
    """The registry refuses with a reason."""
    return first_refusal(registry(actor), ORGANISATION.allows(organisation.state, "refuse"))


@rule("organisations.dissolve")
def dissolve(actor: Actor, organisation: Organisation) -> Verdict:
    """The registry notes with a reason that an organisation exists no longer."""
    return first_refusal(registry(actor), ORGANISATION.allows(organisation.state, "dissolve"))


@rule("organisations.units")
def units(actor: Actor) -> Verdict:
    """Operators see, create and rename units."""
    return has_role(actor, "operator")


@rule("organisations.unit")
def unit(actor: Actor, unit: Unit) -> Verdict:
    """Operators see a unit and its people."""
    return has_role(actor, "operator")


@rule("organisations.change-unit")
def change_unit(actor: Actor, unit: Unit) -> Verdict:
    """Operators rename and end units and appoint their people."""
    ended: Verdict = True if unit.ended_at is None else _("This unit has ended.")
    return first_refusal(has_role(actor, "operator"), ended)


@rule("organisations.end-unit-mandate")
def end_unit_mandate(actor: Actor, mandate: UnitMandate) -> Verdict:
    """Operators end who acts for a unit."""
    return has_role(actor, "operator")


def _confirmed(actor: Actor) -> Verdict:
    return True if actor.email_confirmed else _("Please confirm your e-mail address first.")


def _member(actor: Actor, organisation: Organisation, *roles: str) -> Verdict:
    """True for one of the roles, while the organisation exists."""
    if organisation.state is OrganisationState.DISSOLVED:
        return _("This organisation has been dissolved.")
    if organisation.id in actor.places(*roles):
        return True
    if actor.belongs_to(organisation.id):
        return _("Your role in the organisation does not include this.")
    members_only: Verdict = _("Only members of the organisation can do this.")
    return first_refusal(show(actor, organisation), signed_in(actor), members_only)


def _running(mandate: Mandate) -> Verdict:
    return True if mandate.ended_at is None else _("This mandate has ended already.")


def _not_ones_own(actor: Actor, organisation: Organisation) -> Verdict:
    if actor.belongs_to(organisation.id):
        return _("Somebody else has to verify the organisation that you belong to.")
    return True
