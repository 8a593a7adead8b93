"""The records that count: those whose dates are in order. `quality` reports the others."""

import ibis.expr.types as ir

from alongside.evaluation.tables import Tables
from alongside.outcomes.columns import is_treatment_contact, own_measure

OWN = "own"


def accepted_records(tables: Tables) -> ir.Table:
    """The episodes whose dates are in order. Adds `own`, the instrument that goes with the problem.

    Source: the national validation turns away a record whose discharge precedes its referral.
    """
    episodes = tables["episodes"]
    in_order = episodes.discharged.isnull() | (episodes.discharged >= episodes.referral_received)
    return episodes.filter(in_order).mutate(**{OWN: own_measure(episodes.problem_descriptor)})


def accepted_contacts(tables: Tables, episodes: ir.Table) -> ir.Table:
    """The contacts of `episodes` that are not dated before the referral, with `treats`."""
    received = episodes.select("episode_id", "referral_received")
    contacts = tables["contacts"].inner_join(received, "episode_id")
    contacts = contacts.filter(contacts.date >= contacts.referral_received)
    return contacts.mutate(treats=is_treatment_contact(contacts))
