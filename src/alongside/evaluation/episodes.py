"""One pass from contacts and scores to a row for each episode, with every flag that a measure may count."""

import ibis
import ibis.expr.types as ir

from alongside.evaluation.accepted import accepted_contacts, accepted_records
from alongside.evaluation.scores import first_and_last
from alongside.evaluation.tables import Tables
from alongside.evaluation.tables.catalogue import TALKING_THERAPIES, UNKNOWN
from alongside.outcomes.columns import LANGUAGES, depression_course, with_outcomes
from alongside.outcomes.rules import FALLBACK, FINISHED_AFTER, Access

BREAKDOWNS = ("service", "arm", "sex", "ethnicity", "deprivation_decile")


def derive(tables: Tables, scored: ir.Table) -> ir.Table:
    """One row for each accepted episode, from `scored` as `scores.judged` gives it; held by the engine.

    Adds the groups (`service`, `arm`, `sex`, `ethnicity`, `deprivation_decile` as text, `unknown` where empty),
    `treatments`, `first_treatment`, the scores of `first_and_last`, and the flags that indicators name.
    """
    episodes = accepted_records(tables)
    contacts = accepted_contacts(tables, episodes)
    treated = contacts.filter(contacts.treats).group_by("episode_id")
    treated = treated.aggregate(treatments=lambda t: t.count(), first_treatment=lambda t: t.date.min())
    ends = first_and_last(scored.filter(scored.counts))
    rows = episodes.left_join(treated, "episode_id").drop("episode_id_right")
    rows = rows.left_join(ends, "episode_id").drop("episode_id_right")
    flagged = _with_depression(_with_access(with_outcomes(_with_course(rows))))
    return tables.held(_with_groups(tables, flagged))


def _with_course(rows: ir.Table) -> ir.Table:
    treatments = rows.treatments.fill_null(0)
    is_tt = rows.service_kind == TALKING_THERAPIES
    return rows.mutate(
        treatments=treatments,
        referred=ibis.literal(True),
        started=treatments >= 1,
        finished=is_tt & rows.discharged.notnull() & (treatments >= FINISHED_AFTER),
        anxiety_instrument=rows.anxiety_instrument.fill_null(FALLBACK),
        # An episode without scores has no version of one.
        **{name: rows[name].fill_null("") for name in LANGUAGES if name in rows.columns},
    )


def _with_access(rows: ir.Table) -> ir.Table:
    waited = rows.first_treatment.delta(rows.referral_received, unit="day")
    return rows.mutate(
        could_recover=rows.finished & ~rows.not_at_caseness,
        within_6_weeks=(rows.finished & (waited <= Access.SIX_WEEKS.value)).fill_null(False),
        within_18_weeks=(rows.finished & (waited <= Access.EIGHTEEN_WEEKS.value)).fill_null(False),
        paired_phq9=rows.finished & rows.phq9_last.notnull(),
        paired_anxiety=rows.finished & rows.anxiety_last.notnull(),
    )


def _with_depression(rows: ir.Table) -> ir.Table:
    """PHQ-9 as collaborative care counts it. Who began below its caseload is counted in none of it: half of a low score
    is soon reached."""
    course = depression_course(rows.phq9_first, rows.phq9_last)
    taken_on = rows.finished & course["from_caseload"]
    return rows.mutate(
        phq9_caseload=taken_on,
        phq9_response=taken_on & course["response"],
        phq9_remission=taken_on & course["remission"],
        phq9_five_points=taken_on & course["meaningful"],
    )


def _with_groups(tables: Tables, rows: ir.Table) -> ir.Table:
    persons = tables["persons"].select("person_id", "sex", "ethnicity", "deprivation_decile")
    joined = rows.left_join(persons, "person_id").drop("person_id_right")
    sources = {name: joined["service_id" if name == "service" else name] for name in BREAKDOWNS}
    return joined.mutate(**{name: value.cast("string").fill_null(UNKNOWN) for name, value in sources.items()})
