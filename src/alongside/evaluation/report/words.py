"""The report's words for what the engine names by keys."""

from gettext import gettext as _
from gettext import ngettext

from alongside.definitions.instruments import instruments
from alongside.evaluation.quality import Fault, Finding
from alongside.evaluation.rules.audience import Audience, Stamp
from alongside.measures.rules import nearest

STAMPS = {
    Audience.INTERNAL: _("Internal: exact figures. For the partnership only; small numbers can point to a person."),
    Audience.PUBLICATION: _("Publication: exact figures, approved for release."),
    Audience.PUBLIC: _(
        "Public: counts below 5 are hidden (*), others are to the nearest 5, percentages are whole numbers."
    ),
}

BREAKDOWNS = {
    "service": _("by service"),
    "arm": _("by arm"),
    "sex": _("by sex"),
    "ethnicity": _("by ethnicity"),
    "deprivation_decile": _("by deprivation decile (1 is most deprived)"),
    "pathway": _("by pathway"),
    "arm_in_pathway": _("by pathway and arm"),
    "history_mood_anxiety": _("by history of depression or anxiety"),
    "arm_in_pathway_and_history": _("by arm and history of depression or anxiety"),
}

STEPS = {
    "referred": _("Referred"),
    "declined": _("Declined"),
    "undecided": _("Not decided yet"),
    "accepted": _("Accepted"),
    "never_started": _("Accepted, no treatment yet or at all"),
    "started": _("Started treatment"),
    "left": _("Ended otherwise"),
    "completed": _("Completed substance use treatment"),
    "finished": _("Finished a Talking Therapies course"),
    "open": _("In treatment now"),
}

CHANGES = {
    "less": _("Used on fewer days"),
    "same": _("The same"),
    "more": _("More"),
    "not_known": _("Not known"),
}

COHORTS = {
    "finished": _("Finished a Talking Therapies course"),
    "recovery": _("Of those, below both cut-offs at the end"),
    "substance_use": _("Started treatment in a substance use service"),
}

MOODS = {
    "recovery": _("Below both cut-offs"),
    "improved": _("Reliably better, not below both"),
    "no_reliable_change": _("No reliable change"),
    "deteriorated": _("Reliably worse"),
    "not_paired": _("Not known: a measure was not taken twice, or its reliable change is not known"),
}

FAULTS = {
    Fault.DISCHARGE_BEFORE_REFERRAL: _("Discharged before the referral: the episode is left out. Put the dates right."),
    Fault.CONTACT_BEFORE_REFERRAL: _("Dated before the referral: the contact is left out. Put the dates right."),
    Fault.SCORE_BEFORE_REFERRAL: _("Dated before the referral: the score is left out. Put the dates right."),
    Fault.IMPOSSIBLE_SCORE: _("Not a possible total of its questionnaire: the score is left out. Check it."),
    Fault.UNKNOWN_INSTRUMENT: _("A questionnaire we do not know: its scores are left out. Check the spelling."),
    Fault.SCORE_WITHOUT_VALUE: _("No score given: the row is left out."),
    Fault.SCORE_WITHOUT_EPISODE: _("Belongs to no episode: the score counts in none."),
    Fault.USE_WITHOUT_DAYS: _("No days given: the row is left out."),
    Fault.DISCHARGE_WITHOUT_END_CODE: _("Discharged without an end code: counted all the same."),
    Fault.END_CODE_WITHOUT_DISCHARGE: _("An end code without a discharge: counted as open."),
    Fault.CONTACT_WITHOUT_ATTENDANCE: _("A planned contact without attendance: counted as not attended."),
}


def unknown_instruments(found: Finding) -> tuple[str, ...]:
    """A sentence for each questionnaire that was spelt as none we know, with the nearest that we do."""
    return tuple(_unknown(found.file, value, count) for value, count in found.values)


def _unknown(file: str, value: str, count: int) -> str:
    near = nearest(value)
    rows = ngettext("{n:,} row", "{n:,} rows", count).format(n=count)
    said = _("{file} says “{value}” in {rows}.").format(file=file, value=value, rows=rows)
    if near:
        return said + " " + _("The nearest we know: {names}.").format(names=", ".join(near))
    return said + " " + _("We know: {names}.").format(names=", ".join(one.key for one in instruments()))


def stamp_words(stamp: Stamp) -> str:
    """What stands on every page."""
    words = STAMPS[stamp.audience]
    if not stamp.approved_by:
        return words
    return (
        words
        + " "
        + _("Approved by {name}. Decision: {decision}").format(name=stamp.approved_by, decision=stamp.decision)
    )
