"""Whom of this service a no finds: a no reaches somebody in every job of theirs."""

from alongside.access.context import Access
from alongside.consent.rules import Choice
from alongside.definitions import policy
from alongside.organisations import queries as organisations


def of_ours(refusal: Choice, by: Access) -> list[str]:
    """The practitioners of this service whom a refusal names, or who have a job in the other service, or its team, that
    it names; their ids, each once."""
    kind, _colon, name = refusal.recipient.partition(":")
    if kind == "practitioner":
        return [name] if organisations.works_in(name, by.service, access=by) else []
    there = _there(kind, name, by)
    ours = [one.id for one in organisations.colleagues(by.service, access=by, act=None)] if there else []
    return [one for one in dict.fromkeys(ours) if one in there]


def instead(refusal: Choice, by: Access) -> str:
    """Who has what those hold whom a refusal finds: a no must not wait until somebody else is found. A lead of the
    service where there is another one, else whoever treats people there; empty where there is nobody."""
    found = of_ours(refusal, by)
    others = [one for one in organisations.colleagues(by.service, access=by) if one.id not in found]
    leads_first = sorted(others, key=lambda one: "lead" not in policy.roles()[one.role].does)
    return leads_first[0].id if leads_first else ""


def _there(kind: str, name: str, by: Access) -> set[str]:
    if kind == "service" and name != by.service:
        return {one.id for one in organisations.colleagues(name, access=by, act=None)}
    if kind != "team":
        return set()
    partners = [one.id for one in organisations.partners(access=by)]
    service = next((one.service for one in organisations.teams(partners, access=by) if one.id == name), "")
    staff = organisations.colleagues(service, access=by, act=None) if service else []
    return {one.id for one in staff if one.team == name}
