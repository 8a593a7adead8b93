"""Published examples of consents and of security labels, as our own cases for `decide`.

From the facts about IHE Privacy Consent on FHIR, HL7 vocabulary and the label guide (DS4P), LEAP's rules of
decision and 42 CFR Part 2. No example's text or data is copied: each row says in our words what such a consent or label
is for, and what follows. `NOT_EXPRESSED` says what has no form here, and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from alongside.access.rules import Effect, Facts, Glass, Handle, Line, Need, NeedKind, Question
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER, Period
from tests.law.worlds import START

HOME, AWAY, THIRD, HUMAN = "ser_a", "ser_b", "ser_c", "pra_2"
NOW, DAY = START + timedelta(days=10), timedelta(days=1)
ALL, CARE = policy.offered(), policy.purposes_mask("direct_care")
EVERY_PURPOSE = sum(one.mask for one in policy.purposes().values())


def kinds(*keys: str) -> int:
    return policy.categories_mask(*keys)


def permit(to: str = Handle.service(AWAY), **changes: object) -> Line:
    return replace(Line("cns_1", Effect.PERMIT, to, ALL, CARE, Period(START), Period()), **changes)


def deny(to: str = Handle.service(AWAY), **changes: object) -> Line:
    return replace(permit(to), effect=Effect.DENY, purposes=EVERY_PURPOSE, **changes)


NEED = Need(Handle.caseload(HUMAN, AWAY), AWAY, NeedKind.CARE_TEAM, HOME, Period(START), "jou_1", "substance_use")


def question(needs: int = kinds("plan"), purpose: str = "direct_care", **changes: object) -> Question:
    """A keyworker of the other service, who treats the person there."""
    role = policy.roles()["keyworker"]
    named = (*Handle.by_name(HUMAN, HOME), Handle.caseload(HUMAN, AWAY))
    asked = Question(
        service=AWAY,
        human=named[0],
        speaks_for=frozenset(named),
        every_hat=frozenset((*named, Handle.service(AWAY))),
        role=role.mask,
        purpose=policy.purposes()[purpose].mask,
        own_ceiling=role.own,
        other_ceiling=role.other,
        now=NOW,
        needs=needs,
        occurred_at=START + 5 * DAY,
    )
    return replace(asked, **changes)


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    source: str
    lines: Sequence[Line]
    asked: Question
    permitted: bool
    glass: bool = False
    pack: str = "uk"

    @property
    def facts(self) -> Facts:
        glasses = (Glass("gla_1", Period(START)),) if self.glass else ()
        return Facts("reg_1", HOME, tuple(self.lines), (NEED,), glasses, self.pack)


PCF, LEAP, DS4P, PART2 = "IHE PCF", "LEAP rules", "HL7 DS4P labels", "42 CFR Part 2"
IN_NEED = {"speaks_for": frozenset([Handle.glass("gla_1"), Handle.practitioner(HUMAN)])}
SCORES, USE, NOTES = kinds("mood_scores"), kinds("use_pattern"), kinds("counselling_notes")
PROCEEDINGS = policy.purposes_mask("proceedings")

CASES = [
    Case("there is no consent", PCF, [], question(), False),
    Case("a consent permits everything for treatment", PCF, [permit()], question(), True),
    Case("and nothing for another purpose (HRESCH)", PCF, [permit()], question(purpose="research"), False),
    Case("a consent that rejects", PCF, [deny()], question(), False),
    Case("a rejection beside an older consent", PCF, [permit(), deny(because="cns_2")], question(), False),
    Case("a consent that expired", PCF, [permit(when=Period(START, NOW))], question(), False),
    Case("one that expires in a second", PCF, [permit(when=Period(START, NOW + DAY / 86_400))], question(), True),
    Case("one that begins later", PCF, [permit(when=Period(NOW + DAY, FOR_EVER))], question(), False),
    Case("only data from a time frame, inside it", PCF, [permit(data=Period(START, NOW))], question(), True),
    Case(
        "only data from a time frame, outside it", PCF, [permit(data=Period(START + 6 * DAY, NOW))], question(), False
    ),
    Case(
        "permitted, but for data of a time frame",
        PCF,
        [permit(), deny(data=Period(START + 4 * DAY, START + 6 * DAY))],
        question(),
        False,
    ),
    Case(
        "and other data than that",
        PCF,
        [permit(), deny(data=Period(START + 6 * DAY, START + 7 * DAY))],
        question(),
        True,
    ),
    Case("only a named practitioner, who asks", PCF, [permit(Handle.practitioner(HUMAN))], question(), True),
    Case("only a named practitioner, another asks", PCF, [permit(Handle.practitioner("pra_9"))], question(), False),
    Case("all but a named practitioner", PCF, [permit(), deny(Handle.practitioner(HUMAN))], question(), False),
    Case("only a named organisation, another's asks", PCF, [permit(Handle.service(THIRD))], question(), False),
    Case(
        "opted out, with an exception for one kind",
        PCF,
        [deny(), permit(categories=kinds("plan"), exception=True)],
        question(),
        True,
    ),
    Case(
        "opted out with an exception, another kind",
        PCF,
        [deny(), permit(categories=kinds("plan"), exception=True)],
        question(SCORES),
        False,
    ),
    Case("opted in, with one kind excepted", PCF, [permit(), deny(categories=USE)], question(USE), False),
    Case("opted in, a kind that is not excepted", PCF, [permit(), deny(categories=USE)], question(SCORES), True),
    Case("a residual of a label that is denied", PCF, [permit(), deny(categories=USE)], question(SCORES | USE), False),
    Case("break the glass (BTG) past a rejection", PCF, [deny()], question(purpose="emergency", **IN_NEED), True, True),
    Case(
        "but not past one that says so",
        PCF,
        [deny(hard=True)],
        question(purpose="emergency", **IN_NEED),
        False,
        True,
    ),
    Case("no glass, and the purpose alone (ETREAT)", PCF, [], question(purpose="emergency"), False),
    Case(
        "the newest of two for the same recipient stands",
        LEAP,
        [permit(when=Period(START, START + DAY)), permit(because="cns_2", categories=SCORES)],
        question(),
        False,
    ),
    Case("one that is not active", LEAP, [permit(when=Period(START, START))], question(), False),
    Case(
        "any of several purposes is enough",
        LEAP,
        [permit(purposes=policy.purposes_mask("payment", "direct_care"))],
        question(),
        True,
    ),
    Case(
        "a base that denies, and all but one kind taken",
        LEAP,
        [deny(), permit(categories=SCORES, exception=True)],
        question(SCORES),
        True,
    ),
    Case("a label that the consent does not name", DS4P, [permit(categories=SCORES)], question(USE), False),
    Case(
        "two labels, of which one is open (high-water mark)",
        DS4P,
        [permit(categories=SCORES)],
        question(SCORES | USE),
        False,
    ),
    Case("two labels, both open", DS4P, [permit(categories=SCORES | USE)], question(SCORES | USE), True),
    Case(
        "PSYTHPN: session notes are asked for by themselves",
        DS4P,
        [permit(categories=ALL & ~kinds("session_notes"))],
        question(kinds("session_notes")),
        False,
    ),
    Case(
        "a recipient's role is not cleared for the label",
        DS4P,
        [permit()],
        question(SCORES, other_ceiling=kinds("plan")),
        False,
    ),
    Case(
        "all my providers, of whom this is one",
        PART2,
        [permit(Handle.of_class("treating"))],
        question(),
        True,
        pack="us_part2",
    ),
    Case(
        "counselling notes under a consent for all",
        PART2,
        [permit(categories=ALL | NOTES)],
        question(NOTES),
        False,
        pack="us_part2",
    ),
    Case(
        "counselling notes under one for that alone",
        PART2,
        [permit(categories=NOTES)],
        question(NOTES),
        True,
        pack="us_part2",
    ),
    Case(
        "proceedings under a consent for more",
        PART2,
        [permit(purposes=CARE | PROCEEDINGS)],
        question(purpose="proceedings"),
        False,
        pack="us_part2",
    ),
    Case(
        "proceedings under one for that alone",
        PART2,
        [permit(purposes=PROCEEDINGS)],
        question(purpose="proceedings"),
        True,
        pack="us_part2",
    ),
    Case(
        "an emergency, and no medical personnel",
        PART2,
        [],
        question(purpose="emergency", **IN_NEED),
        False,
        True,
        "us_part2",
    ),
    Case(
        "an emergency, and a prescriber",
        PART2,
        [],
        question(purpose="emergency", role=policy.roles()["prescriber"].mask, **IN_NEED),
        True,
        True,
        "us_part2",
    ),
]

# What the sources say and no case can: by its name, why.
NOT_EXPRESSED = {
    "PCF: a consent about one named resource (data.meaning instance)": "a consent names kinds and a time, not records",
    "PCF: only data written by a named author (authoredby)": "no line names an author; notes kept apart know theirs",
    "PCF: an expired or rejecting consent answers with an OAuth error": "nobody is told that there is one: not there",
    "PCF: the token's residual, enforced by whoever holds the data": "every read is decided where the data is",
    "R4: provisions nested more than one level": "refused at signing (FAST allows one level too)",
    "R4: provision.action apart from access (collect, use, correct)": "writing is an act with gates of its own",
    "R4: provision.code (single LOINC or SNOMED codes)": "kinds of information are the finest that is asked",
    "DS4P: inline labels for parts of a resource": "a part that needs more than its row is a record of its own",
    "DS4P: obligations REDACT and MASK": "a record is open or not there; nothing is blacked out",
    "DS4P: confidentiality levels U, L, M, N, R, V": "a level is no reason; the kinds that a record needs are",
    "DS4P: refrain NORDSCLCD on what is sent": "Part 2's notice and scope go with it; labels come with the exchange",
    "LEAP: a request for a class of which some is redacted is denied whole": "each record is decided by itself",
    "SHIFT: a hidden medicine interacts (TREATDS)": "a chosen one-bit channel, not built",
    "Part 2: audit and evaluation on the premises (2.53)": "a disclosure without consent, no decision of `decide`",
}
