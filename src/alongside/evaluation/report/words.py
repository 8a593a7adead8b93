"""The report's words for what the engine names by keys."""

from alongside.definitions.instruments import instruments
from alongside.evaluation.quality import Fault, Finding
from alongside.evaluation.rules.audience import Audience, Stamp
from alongside.evaluation.rules.wanted import Wanted, Why
from alongside.kernel.language import Words, later, ngettext
from alongside.kernel.language import gettext as _
from alongside.measures.rules import nearest

STAMPS = Words(
    {
        Audience.INTERNAL: later(
            "Internal: exact figures. For the partnership only; small numbers can point to a person."
        ),
        Audience.PUBLICATION: later("Publication: exact figures, approved for release."),
        Audience.PUBLIC: later(
            "Public: counts below 5 are hidden (*), others are to the nearest 5, percentages are whole numbers."
        ),
    }
)

BREAKDOWNS = Words(
    {
        "service": later("by service"),
        "arm": later("by arm"),
        "sex": later("by sex"),
        "ethnicity": later("by ethnicity"),
        "deprivation_decile": later("by deprivation decile (1 is most deprived)"),
        "pathway": later("by pathway"),
        "arm_in_pathway": later("by pathway and arm"),
        "history_mood_anxiety": later("by history of depression or anxiety"),
        "arm_in_pathway_and_history": later("by arm and history of depression or anxiety"),
    }
)

STEPS = Words(
    {
        "referred": later("Referred"),
        "declined": later("Declined"),
        "undecided": later("Not decided yet"),
        "accepted": later("Accepted"),
        "never_started": later("Accepted, no treatment yet or at all"),
        "started": later("Started treatment"),
        "left": later("Ended otherwise"),
        "completed": later("Completed substance use treatment"),
        "finished": later("Finished a Talking Therapies course"),
        "open": later("In treatment now"),
    }
)

CHANGES = Words(
    {
        "less": later("Used on fewer days"),
        "same": later("The same"),
        "more": later("More"),
        "not_known": later("Not known"),
    }
)

COHORTS = Words(
    {
        "finished": later("Finished a Talking Therapies course"),
        "recovery": later("Of those, below both cut-offs at the end"),
        "substance_use": later("Started treatment in a substance use service"),
    }
)

MOODS = Words(
    {
        "recovery": later("Below both cut-offs"),
        "improved": later("Reliably better, not below both"),
        "no_reliable_change": later("No reliable change"),
        "deteriorated": later("Reliably worse"),
        "not_paired": later("Not known: a measure was not taken twice, or its reliable change is not known"),
    }
)

FAULTS = Words(
    {
        Fault.DISCHARGE_BEFORE_REFERRAL: later(
            "Discharged before the referral: the episode is left out. Put the dates right."
        ),
        Fault.CONTACT_BEFORE_REFERRAL: later(
            "Dated before the referral: the contact is left out. Put the dates right."
        ),
        Fault.SCORE_BEFORE_REFERRAL: later("Dated before the referral: the score is left out. Put the dates right."),
        Fault.IMPOSSIBLE_SCORE: later("Not a possible total of its questionnaire: the score is left out. Check it."),
        Fault.UNKNOWN_INSTRUMENT: later("A questionnaire we do not know: its scores are left out. Check the spelling."),
        Fault.SCORE_WITHOUT_VALUE: later("No score given: the row is left out."),
        Fault.SCORE_WITHOUT_EPISODE: later("Belongs to no episode: the score counts in none."),
        Fault.USE_WITHOUT_DAYS: later("No days given: the row is left out."),
        Fault.DISCHARGE_WITHOUT_END_CODE: later("Discharged without an end code: counted all the same."),
        Fault.END_CODE_WITHOUT_DISCHARGE: later("An end code without a discharge: counted as open."),
        Fault.CONTACT_WITHOUT_ATTENDANCE: later("A planned contact without attendance: counted as not attended."),
        Fault.SCORE_OF_SOMEBODY_ELSE: later(
            "Names an episode of somebody else: counted in that episode. Check both ids."
        ),
        Fault.SCORE_AT_ANOTHER_EPISODE: later(
            "Names a contact of another episode: counted in the episode that it names. Check both ids."
        ),
    }
)


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


def left_out(why: Why, wanted: Wanted) -> str:
    """A sentence that says why scores were left out, and has the place `{count}` for how many."""
    match why:
        case Why.CLOUDED:
            return _("Scores answered while intoxicated or in withdrawal were left out, as asked: {count}.")
        case Why.HELPED:
            return _("Scores answered with somebody's help were left out, as asked: {count}.")
        case Why.RECENT_USE:
            weeks = wanted.without_use_within or 0
            said = ngettext(
                "Scores answered less than {weeks} week after the last use were left out, as asked: {{count}}.",
                "Scores answered less than {weeks} weeks after the last use were left out, as asked: {{count}}.",
                weeks,
            )
            return said.format(weeks=weeks)
        case Why.LANGUAGE:
            said = _("Scores answered in another language version than {language} were left out, as asked: {{count}}.")
            return said.format(language=wanted.only_language or _("English"))


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
