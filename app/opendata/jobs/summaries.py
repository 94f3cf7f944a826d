"""What moderators have summed up, of rounds and of paragraphs, on the pages."""

from flask_babel import gettext as _

from app.opendata.jobs.paper import Part, labelled, table, text
from app.opendata.jobs.records import Record


def pieces(said: Record) -> list[Part]:
    """After its record, as it stands now."""
    parts, found = _parts(), list[Part | None]()
    for name in (name for name in parts if name in said):
        found.append(_words(name, said))
        sources = said["sources"][name]
        found.append(table(_("It rests on"), [_("Contribution")], ([one] for one in sources)))
    endings = {"changed": _("the summary was changed"), "kept": _("the summary stayed")}
    ended = (
        [parts[one["part"]], endings[one["ending"]], one["reason"]] for one in said["disputes"]
    )
    found.append(table(_("Disputed"), [_("Part"), _("How it ended"), _("Reason")], ended))
    for one in said["minority"]:
        label = _("Minority statement of %(name)s", name=one["organisation"])
        found.append(labelled(label, one["words"]))
    return [piece for piece in found if piece is not None]


def words(edition: Record) -> list[Part]:
    """What an edition says, part by part."""
    found = [_words(name, edition) for name in _parts() if name in edition]
    return [piece for piece in found if piece is not None]


def _words(name: str, said: Record) -> Part | None:
    return text(said[name]) if name == "text" else labelled(_parts()[name], said[name])


def _parts() -> dict[str, str]:
    return {
        "agreement": _("Agreement"),
        "dissent": _("Dissent"),
        "open": _("Open questions"),
        "text": _("Summary"),
    }
