"""The outcome rules as table expressions, equal by test to `outcomes.rules`.

Expressions only, no Python per row: the same declaration runs on one machine and on many.
"""

import ibis
import ibis.expr.types as ir

from alongside.definitions import talking_therapies
from alongside.definitions.collaborative_care import collaborative_care
from alongside.definitions.instruments import instruments
from alongside.measures.columns import WORKED_OUT, figure, is_case
from alongside.outcomes.rules import DEPRESSION, FALLBACK
from alongside.outcomes.rules.courses import MET, TREATS

OUTCOMES = (
    "at_caseness",
    "not_at_caseness",
    "recovery",
    "reliable_improvement",
    "reliable_deterioration",
    "no_reliable_change",
    "reliable_recovery",
)

# The language version of each score, in the order of the scores.
LANGUAGES = tuple(f"{name}_{end}_language" for name in ("phq9", "anxiety") for end in ("first", "last"))


def took_place(contacts: ir.Table) -> ir.BooleanValue:
    """Whether the person was seen, from `attendance` and `planned` (null means planned). Never null."""
    return ~contacts.planned.fill_null(True) | contacts.attendance.isin(sorted(MET)).fill_null(False)


def is_treatment_contact(contacts: ir.Table) -> ir.BooleanValue:
    """Whether it took place and was treatment, from `kind`, `attendance` and `planned`. Never null."""
    return contacts.kind.isin(sorted(TREATS)).fill_null(False) & took_place(contacts)


def own_measure(descriptor: ir.StringValue) -> ir.StringValue:
    """The key of the recorded problem's own instrument; null where GAD-7 is in force from the start."""
    code = descriptor.strip().upper().replace(".", "")
    own = [known for known in talking_therapies.descriptors() if known.instrument]
    return ibis.cases(*((_fits(code, known), known.instrument) for known in own))


def measure_in_force(own: ir.StringValue, own_scores: ir.IntegerValue) -> ir.StringValue:
    """`own` where it was taken at least twice, else GAD-7. `own_scores` is its number of valid scores."""
    return ibis.ifelse((own.notnull() & (own_scores >= 2)).fill_null(False), own, FALLBACK)


def with_outcomes(episodes: ir.Table) -> ir.Table:
    """The table with the seven boolean columns of `OUTCOMES`, never null, false where the course is not
    finished.

    Needs `finished` (boolean), `phq9_first`, `phq9_last`, `anxiety_instrument` (key of the measure in force),
    `anxiety_first`, `anxiety_last`: scores, null when absent, and last null unless taken at least twice. Where some
    were answered in another language version than English, also the version of each, `phq9_first_language` and so on
    (`LANGUAGES`), never null.
    """
    # In two steps: as one expression every cut-off would be looked up a dozen times.
    phq9 = _ends(ibis.literal(DEPRESSION), episodes, "phq9")
    anxiety = _ends(episodes.anxiety_instrument, episodes, "anxiety")
    told = {f"_p_{name}": answer for name, answer in phq9.items()}
    told |= {f"_a_{name}": answer for name, answer in anxiety.items()}
    step = episodes.mutate(**told)
    flags = _flags(step)
    return step.mutate(**{name: _true(step.finished) & flags[name] for name in OUTCOMES}).drop(*told)


def depression_course(first: ir.NumericValue, last: ir.NumericValue) -> dict[str, ir.BooleanValue]:
    """What became of a PHQ-9, by the fields of `rules.DepressionCourse`; false where a score it needs is null."""
    known = collaborative_care()
    first, last = first.cast(WORKED_OUT), last.cast(WORKED_OUT)
    fall = first - last
    response = (first > 0) & (100 * fall >= first * known.response.percent)
    told = {
        "response": response,
        "remission": last < known.remission.below,
        "meaningful": fall >= known.meaningful.points,
        "improved": (last < known.improved.below) | response,
        "from_caseload": first >= known.caseload.least,
    }
    return {name: _true(answer) for name, answer in told.items()}


def _ends(key: ir.StringValue, episodes: ir.Table, name: str) -> dict[str, ir.BooleanValue]:
    """What one instrument says in each row; null where it is not known."""
    first, last = (episodes[f"{name}_{end}"].cast(WORKED_OUT) for end in ("first", "last"))
    languages = _languages(episodes, name)
    reliable = figure(key, lambda known: known.reliable_change and known.reliable_change.value)
    rising = [known.key for known in instruments() if not known.higher_is_worse]
    gain = ibis.ifelse(key.isin(rising), last - first, first - last) if rising else first - last
    if languages:
        gain = ibis.ifelse(languages[0] == languages[1], gain, ibis.null(gain.type()))
    in_first, in_last = languages or (None, None)
    return {
        "case_first": is_case(key, first, in_first),
        "case_last": is_case(key, last, in_last),
        "better": gain >= reliable,
        "worse": gain <= -reliable,
    }


def _languages(episodes: ir.Table, name: str) -> tuple[ir.StringValue, ir.StringValue] | None:
    """The versions that the first and the last were answered in; None where all were answered in English."""
    if f"{name}_first_language" not in episodes.columns:
        return None
    return episodes[f"{name}_first_language"], episodes[f"{name}_last_language"]


def _flags(step: ir.Table) -> dict[str, ir.BooleanValue]:
    at_start = _true(step._p_case_first | step._a_case_first)
    recovery = at_start & _true(~step._p_case_last & ~step._a_case_last)
    known = step._p_better.notnull() & step._a_better.notnull()
    better, worse = _true(step._p_better | step._a_better), _true(step._p_worse | step._a_worse)
    improvement = known & better & ~worse
    return {
        "at_caseness": at_start,
        "not_at_caseness": _true(~step._p_case_first & ~step._a_case_first),
        "recovery": recovery,
        "reliable_improvement": improvement,
        "reliable_deterioration": known & worse & ~better,
        "no_reliable_change": known & (better == worse),
        "reliable_recovery": recovery & improvement,
    }


def _true(answer: ir.BooleanValue) -> ir.BooleanValue:
    return answer.fill_null(False)


def _fits(code: ir.StringValue, known: talking_therapies.Descriptor) -> ir.BooleanValue:
    return code.startswith(known.code) if known.match == "begins_with" else code == known.code
