"""Four services and what they did for a few people: the world that every route is asked about.

Every name and every free word about a person holds that person's canary, so that a page that says anything of somebody
says so in a word that stands nowhere else.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.apps import apps
from django.db import transaction
from django.test import override_settings

from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.access.rules import Handle
from alongside.consultation import actions as consultation
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.definitions import policy
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.lives import actions as lives
from alongside.lives.rules import Told as Happened
from alongside.measures import actions as measures
from alongside.measures.rules import Given, Use
from alongside.medication import actions as medication
from alongside.medication.rules import Told as Changed
from alongside.organisations import actions as organisations
from alongside.organisations.models import RoleAssignment
from alongside.people import actions as persons
from alongside.people import queries as people
from alongside.people.models import Link
from alongside.people.rules import Proposed, Typed
from alongside.plan import actions as plan
from alongside.post import actions as post
from alongside.referral.actions import Wording
from alongside.safety import actions as safety
from alongside.safety.models import BrokenGlass, ReceivedDisclosure, Withholding
from alongside.safety.rules import Declaration, Push, Withheld
from alongside.screening import actions as screening
from alongside.screening.rules import Asked
from alongside.sharing import actions as sharing
from alongside.transitions import actions as transitions
from tests import factories
from tests.factories import SETTING_UP, Service

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)  # a Friday afternoon
NUMBER = "9434765919"  # of somebody of Northside alone
JOBS = [key for key, role in policy.roles().items() if role.staff]
WIDE = {"administrator", "evaluator", "privacy_lead"}
WORDS = {
    "topic": "mood",
    "substance": "alcohol",
    "purpose": "research",
    "instrument": "phq9",
    "step": "name",
    "place": 1,
    "token": "no-such-token",
    "uidb36": "a",
    "key": "b",
}


@dataclass
class Subject:
    """Somebody in treatment, as one service holds them; `ids` by the name that a route gives each."""

    service: Service
    registration: str
    episode: str
    holder: Access
    canary: str
    ids: dict[str, str] = field(default_factory=dict)


def hire(service: Service, team: str, name: str) -> tuple[str, dict[str, str]]:
    """A human with every job there is in one service; their assignments by role."""
    practitioner = organisations.join(name=name, email=f"{name.split()[-1].lower()}@example.org", by=SETTING_UP)
    return practitioner, jobs(practitioner, service, team)


def jobs(practitioner: str, service: Service, team: str) -> dict[str, str]:
    given = {"practitioner": practitioner, "service": service.id, "by": SETTING_UP}
    held = {row.role: row.pk for row in RoleAssignment.objects.filter(practitioner=practitioner, service=service.id)}
    missing = (role for role in JOBS if role not in held)
    return held | {
        role: organisations.assign_role(role=role, team=None if role in WIDE else team, **given) for role in missing
    }


def a_service(partnership: str, name: str, kind: str) -> Service:
    where = {"partnership": partnership, "name": name, "kind": kind, "organisation": "A trust"}
    made = organisations.add_service(**where, by=SETTING_UP)
    return Service(made, name, organisations.add_team(service=made, name="Adult team", by=SETTING_UP))


def stay(service: Service, by: Access, canary: str, team: str = "", **identity) -> Subject:
    """Somebody whom one service holds and nobody else."""
    registration = factories.registered(service, given_name=f"G{canary}", family_name=f"F{canary}", **identity)
    received = {"team": team or service.team, "practitioner": by.actor, "received_on": clock.today()}
    episode = journey.open_episode(registration=registration, **received, by=by)
    return Subject(service, registration, episode, by, canary)


# --- One of everything that a route may name -------------------------------------------------------------------------


def live(one: Subject, *, asks: Service, partner: Service | None = None) -> Subject:
    """A contact kept and one planned, answers, a plan, a referral to `asks`, a question to a partner."""
    about = {"registration": one.registration, "by": one.holder}
    one.ids |= {"registration": one.registration, "episode": one.episode, "contact": kept(one)}
    one.ids |= {"planned": planned(one), "message": told(one), "ask": asked(one)}
    one.ids["event"] = lives.record(told=Happened("detox", clock.today(), words=f"E{one.canary}"), **about)
    one.ids["change"] = medication.record(told=Changed(f"M{one.canary}", "started", clock.today()), **about)
    one.ids["screening"] = screening.record(asked=[Asked("mood", "positive")], **about)[0]
    one.ids["goal"] = plan.add_goal(words=f"Goal {one.canary}", **about)
    due = clock.today() + timedelta(days=7)
    one.ids["action"] = plan.add_action(text=f"Do {one.canary}", owner=one.holder.actor, due_on=due, **about)
    measures.record_response(instrument="phq9", answers=[1] * 9, entered_by="person", completed_at=clock.now(), **about)
    if partner:
        one.ids["consultation"] = consultation.ask(answering_service=partner.id, text=f"Why {one.canary}?", **about)
    wording = Wording(f"Because {one.canary}", f"To {one.canary}")
    one.ids["referral"] = sharing.refer(to=asks.id, wording=wording, **about)
    one.ids["consent"] = sharing.agree(choice=factories.choice(recipient=Handle.service(asks.id)), **about)
    one.ids |= _found(one) | _disclosed(one)
    return one


def _disclosed(one: Subject) -> dict[str, str]:
    """Something that was told outside without consent and is withheld from the person; a second, which is not."""
    told = {"registration": one.registration, "by": one.holder}
    kept_back = sharing.disclose(**told, push=_push(one, to_body="The police"))
    safety.withhold_disclosure(disclosure=kept_back, said=Withheld("serious_harm", f"He {one.canary}"), by=one.holder)
    withheld = Withholding.objects.get(about=kept_back)
    return {"disclosure": sharing.disclose(**told, push=_push(one, to_body="Duty desk")), "withholding": withheld.pk}


def _push(one: Subject, **to: str) -> Push:
    kinds = policy.categories_mask("identity", "safety")
    usual = Push("safeguarding", kinds, f"Alone {one.canary}", clock.now(), True)
    return replace(usual, **({"way": "phone"} if "to_body" in to else {}), **to)


def _told_by(other: Subject, one: Subject) -> None:
    """What `other`'s service told the service of `one` about the same human, without asking them."""
    sharing.disclose(registration=other.registration, push=_push(other, to_service=one.service.id), by=other.holder)
    one.ids["received"] = ReceivedDisclosure.objects.get(registration=one.registration).pk


def looked_at(one: Subject, by: Access) -> None:
    """Somebody who treats people elsewhere in the partnership looked in an emergency, which is over."""
    identity, _ = people.identity(one.registration, access=one.holder)
    typed = Typed(identity.given_name, identity.family_name, identity.birth_date)
    sharing.look_in_emergency(typed=typed, why=Declaration(f"Found {one.canary}"), by=by)
    one.ids["look"] = BrokenGlass.objects.get(registration=one.registration).pk


def kept(one: Subject) -> str:
    return contacts.record(
        registration=one.registration,
        episode=one.episode,
        meeting=Meeting("treatment", clock.now() - timedelta(hours=2), "video", 50),
        attendance="attended",
        note={"talked_about": f"About {one.canary}"},
        responses=[Given("phq9", total=9, harm=False)],
        uses=[Use("alcohol", 10, Decimal(9), "units")],
        by=one.holder,
    )


def planned(one: Subject, days: int = 3) -> str:
    meeting = Meeting("treatment", clock.now() + timedelta(days=days), "video", 50)
    return contacts.plan_contact(registration=one.registration, episode=one.episode, meeting=meeting, by=one.holder)


def told(one: Subject) -> str:
    """A message that could not be sent, and waits for somebody to settle it."""
    said = {
        "kind": "test",
        "channel": "email",
        "about": f"ask_{one.canary}",
        "needs": policy.categories_mask("mood_scores"),
    }
    with transaction.atomic():
        made = post.queue(anchor=Anchor.objects.get(pk=one.registration), **said, by=one.holder)
    post.dispatch(writers={"test": lambda *_of: None}, by=Access.system("tick"))
    return made


def asked(one: Subject) -> str:
    identity, version = people.identity(one.registration, access=one.holder)
    reachable = replace(identity, email=f"{one.canary.lower()}@example.org", email_is_safe=True)
    persons.correct_identity(registration=one.registration, identity=reachable, version=version, by=one.holder)
    with override_settings(DEMONSTRATION=True, ADDRESS="https://questions.example.org"):
        return measures.ask(registration=one.registration, instruments=["phq9"], channel="email", by=one.holder)


def _found(one: Subject) -> dict[str, str]:
    """Ids of what was made beside something else."""

    def latest(model: str, **of: str) -> str:
        return apps.get_model(model).objects.filter(registration=one.registration, **of).order_by("pk")[0].pk

    response = latest("alongside_measures.Response")
    return {
        "note": latest("alongside_contacts.Note"),
        "response": response,
        "record": latest("alongside_measures.UseRecord"),
        "prompt": latest("alongside_safety.RiskPrompt"),
        "about": one.episode,
    }


# --- The world -------------------------------------------------------------------------------------------------------


@dataclass
class World:
    """Riverside's people, and everybody who may or may not have something to do with them; every human has every job.

    `joined`: shared with Northside. `parted`: as `joined`, and both sides took the consent back. `alone`: Northside
    knows nothing of them. `across`: as Northside holds who is joined. `theirs`: somebody of Northside's alone.
    """

    riverside: Service
    northside: Service
    harbour: Service
    quay: Service
    elsewhere: Service
    subjects: dict[str, Subject]
    humans: dict[str, tuple[str, dict[str, str]]]
    own: dict[str, str]  # the sign-ins of whom `joined` is, and of whoever looks on their behalf


def world() -> World:
    with clock.at(NOW - timedelta(weeks=5)):
        both = factories.partnership()
        harbour = a_service(both.id, "Harbour", "mental_health")
        quay = a_service(both.id, "Quay", "mental_health")
        elsewhere = factories.partnership().northside
        joined = factories.JointJourney(both, given_name="GQuince", family_name="FQuince")
        parted = factories.JointJourney(both, given_name="GZephyr", family_name="FZephyr")
        river, north = joined.keyworker, joined.therapist
        subjects = {
            "joined": _side(joined, "riverside", "Quince"),
            "across": _side(joined, "northside", "Quince"),
            "parted": _side(parted, "riverside", "Zephyr"),
            "alone": stay(both.riverside, river, "Umber"),
            "theirs": stay(both.northside, north, "Xenon", nhs_number=NUMBER),
        }
        partners = {"joined": both.northside, "across": both.riverside, "parted": both.northside}
        for name, one in subjects.items():
            live(one, asks=harbour, partner=partners.get(name))
        _hand_over(subjects)
        _told_by(subjects["across"], subjects["joined"])
        looked_at(subjects["joined"], harbour.sign_in("therapist"))
        sides = [subjects["joined"].registration, subjects["across"].registration]
        subjects["joined"].ids["link"] = Link.objects.get(one__in=sides, other__in=sides).pk
    with clock.at(NOW - timedelta(weeks=1)):
        for one, other in ((subjects["parted"], both.northside), (_side(parted, "northside", ""), both.riverside)):
            sharing.stop(registration=one.registration, recipient=Handle.service(other.id), by=one.holder)
        humans = _humans(both, quay, elsewhere, river.actor, north.actor)
    with clock.at(NOW - timedelta(hours=1)):
        own = {"proxy": _on_behalf(subjects["joined"]), "person": _themselves(subjects["joined"])}
    return World(both.riverside, both.northside, harbour, quay, elsewhere, subjects, humans, own)


def _on_behalf(one: Subject) -> str:
    """Somebody whom the person chose to look for them; their sign-in."""
    last = clock.now() + timedelta(days=30)
    kinds = policy.categories_mask("appointments", "team", "plan", "mood_scores")
    about = {"born": clock.today() - timedelta(days=10_000), "until": last, "kinds": kinds}
    chosen = Proposed("Somebody", "somebody@example.org", basis="chosen", decides=True, agreed="By voice", **about)
    with override_settings(DEMONSTRATION=True, ADDRESS="https://questions.example.org"):
        made = sharing.invite_proxy(registration=one.registration, proposed=chosen, by=one.holder)
    return sharing.welcome(sign_in=made, password="three quiet wooden boats", by=Access.link(made))


def _themselves(one: Subject) -> str:
    """The person's own sign-in."""
    factories.safe_email(one.registration, "quince@mail.example")
    with override_settings(DEMONSTRATION=True, ADDRESS="https://questions.example.org"):
        made = sharing.invite(registration=one.registration, by=one.holder)
    return sharing.welcome(sign_in=made, password="four quiet wooden boats", by=Access.link(made))


def _side(both: factories.JointJourney, side: str, canary: str) -> Subject:
    service = getattr(both.world, side)
    if side == "riverside":
        return Subject(service, both.riverside, both.riverside_episode, both.keyworker, canary)
    return Subject(service, both.northside, both.accepted.episode, both.therapist, canary)


def _hand_over(subjects: dict[str, Subject]) -> None:
    """The lead of the joint journey is offered to the keyworker; a handover is everybody's id who has none."""
    across, joined = subjects["across"], subjects["joined"]
    offered = {"registration": across.registration, "to": joined.holder.actor, "words": "Over to you"}
    made = transitions.propose_handover(**offered, by=across.holder)
    for one in (across, joined):
        one.ids["handover"] = made


def _humans(both, quay, elsewhere, river: str, north: str) -> dict[str, tuple[str, dict[str, str]]]:
    second = organisations.add_team(service=both.riverside.id, name="Young adults", by=SETTING_UP)
    found = {
        "treating": (river, jobs(river, both.riverside, both.riverside.team)),
        "other team": hire(both.riverside, second, "Worker Otherteam"),
        "linked": (north, jobs(north, both.northside, both.northside.team)),
        "colleague of theirs": hire(both.northside, _team(both.northside), "Worker Northerly"),
        "other service": hire(quay, quay.team, "Worker Quayside"),
        "stranger": hire(elsewhere, elsewhere.team, "Worker Elsewhere"),
        "leaver": hire(both.riverside, both.riverside.team, "Worker Gone"),
    }
    organisations.leave(practitioner=found["leaver"][0], by=SETTING_UP)
    return found


def _team(service: Service) -> str:
    return organisations.add_team(service=service.id, name="Second team", by=SETTING_UP)
