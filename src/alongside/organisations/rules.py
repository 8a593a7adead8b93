"""Kinds of service, opening hours as they are written, and which handles a role speaks for. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from alongside.access.rules import Handle
from alongside.kernel.errors import Invalid
from alongside.kernel.periods import OpeningHours


class ServiceKind(StrEnum):
    TALKING_THERAPIES = "talking_therapies"
    SUBSTANCE_USE = "substance_use"
    PRIMARY_CARE = "primary_care"
    MENTAL_HEALTH = "mental_health"
    HOUSING = "housing"
    EMPLOYMENT = "employment"
    PEER = "peer"


# Whose guidance, bands and crisis numbers hold for a service.
JURISDICTIONS = ("uk", "us")
LONGEST_NAME, LONGEST_WORK = 120, 300
# Acts of those who treat, consent, disclose or decide about a record: no job for whoever works here from outside.
NOT_FROM_OUTSIDE = frozenset({"triage", "care", "consult", "consent", "correct", "lead", "oversee", "behalf"})
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def pack(jurisdiction: str, *, part2: bool) -> str:
    """The policy that holds for a service (`definitions/access/packs.toml`). Raises `Invalid("part2", …)` for a
    programme under 42 CFR Part 2 outside the United States."""
    if part2 and jurisdiction != "us":
        raise Invalid("part2", "42 CFR Part 2 is law of the United States. Leave it out for a service elsewhere.")
    return f"{jurisdiction}_part2" if part2 else jurisdiction


def intermediary(name: str) -> str:
    """The name of the body through which a partnership's records pass, as it is kept; empty for none. Raises
    `Invalid("intermediary", …)` where it is too long to be read in a sentence."""
    said = " ".join(name.split())
    if len(said) > LONGEST_NAME:
        raise Invalid("intermediary", "Keep the name to {most} letters.", most=LONGEST_NAME)
    return said


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is written down of an agreement with a qualified service organisation (42 CFR 2.11); no last day: until
    somebody ends it."""

    name: str
    work: str
    agreed_on: date
    ends_on: date | None = None


def check_agreement(told: Agreement, today: date) -> Agreement:
    """The agreement as it is kept. Raises `Invalid` naming `name`, `work` or `ends_on`."""
    name, work = " ".join(told.name.split()), told.work.strip()
    if not name:
        raise Invalid("name", "Enter the name of the organisation.")
    if len(name) > LONGEST_NAME:
        raise Invalid("name", "Keep the name to {most} letters.", most=LONGEST_NAME)
    if not work:
        raise Invalid("work", "Enter what it does for your service.")
    if len(work) > LONGEST_WORK:
        raise Invalid("work", "Keep it to {most} letters.", most=LONGEST_WORK)
    if told.ends_on and told.ends_on < told.agreed_on:
        raise Invalid("ends_on", "It would end before it begins.")
    if told.ends_on and told.ends_on < today:
        raise Invalid("ends_on", "This day is over. Choose a later one, or leave it empty.")
    return Agreement(name, work, told.agreed_on, told.ends_on)


def check_from_outside(role: str, does: Collection[str]) -> None:
    """Raises `Invalid("role", …)` for a role that no qualified service organisation holds: it may not use what it
    receives to treat anybody, nor pass it on (42 CFR 2.11 and 2.12(c)(4))."""
    if not NOT_FROM_OUTSIDE.isdisjoint(does):
        raise Invalid(
            "role",
            "Whoever works for the service from outside treats nobody and discloses nothing: not as {role!r}.",
            role=role,
        )


def usual_hours() -> dict[str, list[list[str]]]:
    """Weekdays, nine to five."""
    return {day: [["09:00", "17:00"]] for day in DAYS[:5]}


def opening_hours(written: Mapping[str, list[list[str]]], zone: str, closed: Collection[date] = ()) -> OpeningHours:
    """Opening hours as they are stored (`{"mon": [["09:00", "17:00"]]}`) for the clock.

    Raises `Invalid` naming the day that is misspelt, out of order or overlapping.
    """
    spans = {}
    for day, pairs in written.items():
        if day not in DAYS:
            raise Invalid("opening hours", "{day!r} is not a day. Use {known}.", day=day, known=", ".join(DAYS))
        spans[DAYS.index(day)] = _spans(day, pairs)
    return OpeningHours(spans, ZoneInfo(zone), frozenset(closed))


def _spans(day: str, pairs: Iterable[list[str]]) -> list[tuple[time, time]]:
    spans = [(_time(day, begin), _time(day, end)) for begin, end in pairs]
    flat = [moment for span in spans for moment in span]
    if flat != sorted(set(flat)):
        raise Invalid("opening hours", "The hours of {day} must run forwards and not overlap.", day=day)
    return spans


def _time(day: str, text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise Invalid(
            "opening hours", "{text!r} on {day} is not a time. Write it as 09:00.", text=text, day=day
        ) from None


@dataclass(frozen=True, slots=True)
class Job:
    """One role assignment as the handles need it."""

    practitioner: str
    service: str
    teams: tuple[str, ...]
    colleagues: tuple[str, ...] = ()  # practitioners whose caseloads a lead or duty worker may open
    partners: tuple[str, ...] = ()  # every service of the partnership, this one among them
    covers: tuple[str, ...] = ()  # practitioners on leave whom this one covers
    looking: tuple[str, ...] = ()  # sessions in which they look in an emergency


def speaks_for(job: Job, scope: str, doors: Collection[str] = ()) -> tuple[str, ...]:
    """The handles of one job. `scope` is the role's: own_caseload, team_caseloads or service; so are its `doors`."""
    own = (Handle.caseload(job.practitioner, job.service), Handle.held(job.practitioner, job.service))
    handles = [*own, *(Handle.named(job.practitioner, service) for service in job.partners)]
    handles += [Handle.team(team) for team in job.teams]
    handles += [Handle.caseload(absent, job.service) for absent in job.covers]
    if scope == "team_caseloads":
        handles += [Handle.caseload(colleague, job.service) for colleague in job.colleagues]
    if scope in ("service", "team_caseloads"):
        handles.append(Handle.service(job.service))
    if "evaluation" in doors:
        handles.append(Handle.evaluation(job.service))
    handles += [Handle.glass(session) for session in job.looking]
    return tuple(dict.fromkeys(handles))


def every_hat(jobs: Iterable[Job]) -> tuple[str, ...]:
    """All the handles of one human in every job: a denial finds them whichever hat they wear."""
    hats: dict[str, None] = {}
    for job in jobs:
        hats[Handle.practitioner(job.practitioner)] = None
        hats[Handle.caseload(job.practitioner, job.service)] = None
        hats[Handle.service(job.service)] = None
        hats.update(dict.fromkeys(Handle.team(team) for team in job.teams))
    return tuple(hats)
