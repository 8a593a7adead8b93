"""Rows of people, their journeys and their stays with services."""

from collections.abc import Iterable
from typing import Any

from alongside.evaluation.record.reading import Reading, day_of
from alongside.journey import queries
from alongside.journey.queries import Episode
from alongside.outcomes.rules import chosen_descriptor
from alongside.referral.queries import Received
from alongside.referral.rules import State


def persons(read: Reading) -> Iterable[dict[str, Any]]:
    rows = {}
    for one in read.people.values():
        rows[one.person] = {
            "person_id": read.names.of(one.person),
            "birth_year": one.birth_year,
            "sex": one.sex or None,
            "ethnicity": one.ethnicity or None,
            "deprivation_decile": one.deprivation_decile,
            "language": one.language or None,
        }
    return rows.values()


def journeys(read: Reading) -> Iterable[dict[str, Any]]:
    rows = {}
    for side in read.sides:
        if side.registration in read.people:
            rows[side.journey] = {
                "journey_id": read.names.of(side.journey),
                "person_id": read.person(side.registration),
                "pathway": read.words.get(side.pathway, side.pathway),
                "arm": read.words.get(side.arm, side.arm),
                "opened": side.opened_on,
                "closed": side.closed_on,
                "planned_end": read.planned_ends.get(side.journey) if side.closed_on else None,
            }
    return rows.values()


def stays(read: Reading) -> Iterable[dict[str, Any]]:
    problems = queries.every_problem(access=read.access)
    for one in read.episodes:
        if one.registration in read.people:
            yield _stay(read, one, problems.get(one.id, []))


def _stay(read: Reading, one: Episode, problems: list[queries.Treated]) -> dict[str, Any]:
    chosen = chosen_descriptor(problems)
    return {
        "episode_id": read.names.of(one.id),
        "person_id": read.person(one.registration),
        **read.service(one.service),
        "arm": read.words.get(read.arm_of.get(one.journey, "")),
        "referral_received": one.received_on,
        "referral_source": one.source or None,
        "accepted": one.opened_on,
        "declined_reason": None,
        "discharged": one.ended_on,
        "end_code": one.end_code or None,
        "problem_descriptor": chosen.code if chosen else None,
        "journey_id": read.names.of(one.journey) or None,
    }


def refused(read: Reading) -> Iterable[dict[str, Any]]:
    """Referrals that opened no episode: declined ones with their reason, and those still to be decided."""
    for one in read.referrals:
        if one.registration in read.people and one.state is not State.WITHDRAWN:
            yield _refusal(read, one)


def _refusal(read: Reading, one: Received) -> dict[str, Any]:
    return {
        "episode_id": read.names.of(one.id),
        "person_id": read.person(one.registration),
        **read.service(one.service),
        "arm": read.words.get(one.arm),
        "referral_received": day_of(one.sent_at),
        "referral_source": one.door,
        "accepted": None,
        "declined_reason": read.words.get(one.decision.reason) if one.decision else None,
        "discharged": None,
        "end_code": None,
        "problem_descriptor": None,
        "journey_id": None,
    }
