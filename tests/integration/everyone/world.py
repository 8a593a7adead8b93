"""Somebody of two services with one of everything that has an id, and three who have no business with any of it."""

from dataclasses import replace
from datetime import date, timedelta

from django.apps import apps
from django.db import transaction
from django.test import override_settings

from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.consultation import actions as consultation
from alongside.consultation.rules import Reply
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
from alongside.organisations import queries as places
from alongside.organisations.models import RoleAssignment, User
from alongside.people import actions as persons
from alongside.people import queries as people
from alongside.people.rules import Proposed, Typed
from alongside.plan import actions as plan
from alongside.post import actions as post
from alongside.referral import actions as referrals
from alongside.referral.rules import Declining
from alongside.safety import queries as safety
from alongside.safety.rules import Declaration, Push, Withheld
from alongside.screening import actions as screening
from alongside.screening.rules import Asked
from alongside.sharing import actions as sharing
from alongside.transitions import actions as transitions
from tests import factories
from tests.factories import SETTING_UP, Service

PLAN = policy.categories_mask("plan")


class World:
    """Riverside's keyworker and Northside's therapist share one person; a third service knows nothing of them."""

    def __init__(self) -> None:
        with clock.at(clock.now() - timedelta(days=3)):
            self.person = factories.JointJourney()
            self.keyworker, self.therapist = self.person.keyworker, self.person.therapist
            self.riverside, self.northside = self.person.world.riverside, self.person.world.northside
            self.elsewhere = self._third_service()
            self.colleagues = {
                self.riverside.id: self.northside.sign_in("step2_practitioner"),
                self.northside.id: self.riverside.sign_in("step2_practitioner"),
            }
            self.stranger = self.elsewhere.sign_in("therapist")
            self.leads = [one.sign_in("privacy_lead") for one in (self.riverside, self.northside, self.elsewhere)]
            self.own = {
                self.keyworker.actor: (self.person.riverside, self.person.riverside_episode),
                self.therapist.actor: (self.person.northside, self.person.accepted.episode),
            }
            self.of_the_house = {
                service.id: self._somebody(service, role)
                for service, role in (
                    (self.riverside, "keyworker"),
                    (self.northside, "therapist"),
                    (self.elsewhere, "therapist"),
                )
            }

    def _third_service(self) -> Service:
        made = organisations.add_service(
            partnership=self.person.world.id,
            name="Harbour",
            kind="mental_health",
            organisation="A trust",
            by=SETTING_UP,
        )
        return Service(made, "Harbour", organisations.add_team(service=made, name="Adult team", by=SETTING_UP))

    def _somebody(self, service: Service, role: str) -> tuple[str, str]:
        by = service.sign_in(role)
        one = {"registration": factories.registered(service, given_name="Ola"), "team": service.team}
        episode = journey.open_episode(**one, practitioner=by.actor, received_on=clock.today(), by=by)
        return one["registration"], episode

    def holder(self, owner: str) -> Access:
        if owner == "overseers":
            return self.leads[0]
        return self.keyworker if owner == "riverside" else self.therapist

    def mine(self, by: Access) -> tuple[str, str]:
        """A registration and an open episode that are this reader's own: the person's, for those who hold them."""
        return self.own.get(by.actor) or self.of_the_house[by.service]

    def outsiders(self, owner: str) -> dict[str, Access]:
        """Of a third service; of the other service and not in the care team; and the holder, who moved yesterday."""
        holder = self.holder(owner)
        over = owner == "overseers"
        return {
            "a third service": self.leads[2] if over else self.stranger,
            "a colleague of the other service": self.leads[1] if over else self.colleagues[holder.service],
            "somebody whose role ended": self._moved(holder),
        }

    def _moved(self, holder: Access) -> Access:
        with clock.at(clock.now() - timedelta(days=1)):
            for role in RoleAssignment.objects.filter(practitioner=holder.actor):
                organisations.end_role(assignment=role.pk, by=SETTING_UP)
            organisations.assign_role(
                practitioner=holder.actor,
                service=self.elsewhere.id,
                team=self.elsewhere.team,
                role=holder.role if holder.role == "privacy_lead" else "therapist",
                by=SETTING_UP,
            )
        self.own.pop(holder.actor, None)
        return places.access_for(User.objects.get(practitioner=holder.actor), None, holder.purpose)

    # --- One of everything, made by those who may ------------------------------------------------------------------

    def unopened(self) -> str:
        return factories.registered(self.riverside, given_name="Sam")

    def looked(self) -> str:
        """The keyworker's own attempt to look in an emergency, for somebody nobody knows."""
        typed = Typed("Nobody", "Known", clock.today())
        return sharing.look_in_emergency(typed=typed, why=Declaration("Found unconscious"), by=self.keyworker)

    def to_review(self) -> str:
        look = self.looked()
        sharing.end_look(attempt=look, by=self.keyworker)
        return look

    def again(self) -> str:
        """The person once more in Riverside's own record."""
        return factories.registered(self.riverside)

    def twice(self) -> str:
        self.second = self.again()
        return self.person.riverside

    def proposed_same(self) -> str:
        one, colleague = self.person.riverside, self.riverside.sign_in("step2_practitioner")
        sharing.propose_same(registration=one, other=self.again(), reason="Came twice", by=colleague)
        return one

    def same(self) -> str:
        one = self.proposed_same()
        sharing.decide_same(registration=one, same=True, by=self.keyworker)
        return one

    def kept_to_a_few(self) -> str:
        lead, named = self.leads[0], self.keyworker.actor
        sharing.restrict(registration=self.person.riverside, named=[named], keeper=named, reason="Works here", by=lead)
        return self.person.riverside

    def held(self) -> str:
        return persons.hold(registration=self.person.riverside, reason="Inquest", by=self.leads[0])

    def long_gone(self) -> str:
        """Somebody with whom Riverside has had nothing to do for 21 years."""
        with clock.at(clock.now() - timedelta(days=366 * 21)):
            return factories.registered(self.riverside, given_name="Sam")

    def to_erase(self) -> str:
        """Somebody whose record Riverside's privacy lead proposed to erase."""
        return self._proposed(self.leads[0])

    def to_erase_by_another(self) -> str:
        return self._proposed(self._another_lead())

    def _proposed(self, by: Access) -> str:
        registration = self.long_gone()
        sharing.propose_erasure(registration=registration, reason="Long over", by=by)
        return registration

    def _another_lead(self) -> Access:
        lead = organisations.join(name="Second lead", email="second.lead@example.org", by=SETTING_UP)
        organisations.assign_role(practitioner=lead, service=self.riverside.id, role="privacy_lead", by=SETTING_UP)
        return places.access_for(User.objects.get(practitioner=lead), None)

    def asked(self) -> str:
        return consultation.ask(
            registration=self.person.riverside,
            answering_service=self.northside.id,
            text="Does detox change the plan?",
            by=self.keyworker,
        )

    def accepted(self) -> str:
        asked = self.asked()
        consultation.accept(consultation=asked, version=1, by=self.therapist)
        return asked

    def clarifying(self) -> str:
        accepted = self.accepted()
        consultation.ask_back(consultation=accepted, text="Since when?", version=2, by=self.therapist)
        return accepted

    def answered(self) -> str:
        accepted = self.accepted()
        consultation.answer(consultation=accepted, recommendations=["Go slowly"], version=2, by=self.therapist)
        return accepted

    def replied(self) -> str:
        answered = self.answered()
        consultation.reply(consultation=answered, replies=[Reply(1, "taken")], by=self.keyworker)
        return answered

    def kept(self) -> str:
        return self._contact(
            "attended", note={"talked_about": "Sleep"}, responses=[Given("phq9", total=9, harm=False)], uses=[DRINK]
        )

    def answered_about_harm(self) -> str:
        """The open prompt that answers from afar left."""
        registration = self.own[self.keyworker.actor][0]
        answered = {"registration": registration, "instrument": "phq9", "answers": [1] * 9, "entered_by": "person"}
        measures.record_response(**answered, completed_at=clock.now(), by=self.keyworker)
        return safety.open_prompts([registration], access=self.keyworker)[0].id

    def reachable(self) -> str:
        """The registration of somebody who called email safe."""
        registration = self.own[self.keyworker.actor][0]
        identity, version = people.identity(registration, access=self.keyworker)
        changed = replace(identity, email="sam@example.org", email_is_safe=True)
        persons.correct_identity(registration=registration, identity=changed, version=version, by=self.keyworker)
        return registration

    def asked_to_answer(self) -> str:
        one = {"registration": self.reachable(), "instruments": ["phq9"], "channel": "email"}
        with override_settings(DEMONSTRATION=True, ADDRESS="https://questions.example.org"):
            return measures.ask(**one, by=self.keyworker)

    def invited(self) -> str:
        """The registration of somebody who was invited to a sign-in of their own."""
        registration = self.reachable()
        with override_settings(DEMONSTRATION=True, ADDRESS="https://questions.example.org"):
            sharing.invite(registration=registration, by=self.keyworker)
        return registration

    def signed_in(self) -> str:
        """The registration of somebody who took their invitation up."""
        registration = self.invited()
        sign_in = apps.get_model("alongside_people.OwnSignIn").objects.get(registration=registration).pk
        sharing.welcome(sign_in=sign_in, password="three quiet wooden boats", by=Access.link(sign_in))
        return registration

    def proxied(self) -> str:
        """The registration of somebody on whose behalf another one was invited to look; `proxy` is their id."""
        registration = self.reachable()
        with override_settings(DEMONSTRATION=True, ADDRESS="https://questions.example.org"):
            sharing.invite_proxy(registration=registration, proposed=looking(), by=self.keyworker)
        self.proxy = apps.get_model("alongside_people.Proxy").objects.get(registration=registration).pk
        return registration

    def into_riverside(self) -> str:
        """A look in an emergency into Riverside's own record."""
        identity, _version = people.identity(self.person.riverside, access=self.keyworker)
        typed = Typed(identity.given_name, identity.family_name, identity.birth_date)
        therapist = self.northside.sign_in("therapist")
        sharing.look_in_emergency(typed=typed, why=Declaration("Found unconscious"), by=therapist)
        return apps.get_model("alongside_safety.BrokenGlass").objects.get(registration=self.person.riverside).pk

    def not_sent(self) -> str:
        """A message to somebody who called no way safe."""
        registration = self.own[self.keyworker.actor][0]
        one = {"kind": "test", "channel": "email", "about": "ask_1", "needs": policy.categories_mask("mood_scores")}
        with transaction.atomic():
            made = post.queue(anchor=Anchor.objects.get(pk=registration), **one, by=self.keyworker)
        post.dispatch(writers={"test": lambda *_of: None}, by=Access.system("tick"))
        return made

    def screened(self) -> str:
        registration = self.own[self.keyworker.actor][0]
        return screening.record(registration=registration, asked=[Asked("mood", "positive")], by=self.keyworker)[0]

    def happened(self) -> str:
        return lives.record(registration=self.own[self.keyworker.actor][0], told=happened(), by=self.keyworker)

    def medicine(self) -> str:
        return medication.record(registration=self.own[self.keyworker.actor][0], told=changed(), by=self.keyworker)

    def missed(self) -> str:
        return self._contact("did_not_attend")

    def _contact(self, attendance: str, **handed) -> str:
        registration, episode = self.own[self.keyworker.actor]
        meeting = meeting_at(-timedelta(hours=2))
        one = {"registration": registration, "episode": episode, "meeting": meeting, "attendance": attendance}
        return contacts.record(**one, **handed, by=self.keyworker)

    def planned(self) -> str:
        registration, episode = self.own[self.keyworker.actor]
        meeting = meeting_at(timedelta(days=1))
        return contacts.plan_contact(registration=registration, episode=episode, meeting=meeting, by=self.keyworker)

    def of_a_contact(self, model: str) -> str:
        self.kept()
        return apps.get_model(model).objects.latest("recorded_at").pk

    def goal(self) -> str:
        return plan.add_goal(registration=self.person.riverside, words="Sleep", by=self.keyworker)

    def action(self) -> str:
        due = clock.today() + timedelta(days=7)
        one = {"registration": self.person.riverside, "text": "Ring", "owner": self.keyworker.actor, "due_on": due}
        return plan.add_action(**one, by=self.keyworker)

    def waiting(self) -> str:
        return factories.Referred(self.person.world, given_name="Sam").referral

    def declined(self) -> str:
        referral = self.waiting()
        referrals.decline(referral=referral, decision=declining(), by=self.therapist)
        return referral

    def handover(self) -> str:
        one = {"registration": self.person.northside, "to": self.keyworker.actor, "words": "Over to you"}
        return transitions.propose_handover(**one, by=self.therapist)

    def disclosed(self) -> str:
        """Told to somebody outside without asking, by the keyworker's team lead."""
        lead = self.riverside.sign_in("team_lead")
        return sharing.disclose(registration=self.person.riverside, push=told(), by=lead)

    def withheld(self) -> str:
        lead = self.riverside.sign_in("team_lead")
        return sharing.withhold(entry=self.disclosed(), said=HARM, by=lead)

    def received(self) -> str:
        """What Northside was told by Riverside."""
        push = replace(told(), to_body="", way="", to_service=self.northside.id)
        sharing.disclose(registration=self.person.riverside, push=push, by=self.keyworker)
        return apps.get_model("alongside_safety.ReceivedDisclosure").objects.latest("recorded_at").pk

    def consent(self) -> str:
        return apps.get_model("alongside_consent.Consent").objects.filter(registration=self.person.riverside).get().pk


def looking() -> Proposed:
    """Somebody whom the person chose to look for them."""
    until, born = clock.now() + timedelta(days=90), date(1961, 2, 3)
    agreed = "By voice, today; K. Worker heard it"
    return Proposed("R. Reed", "robin@example.org", born, "chosen", PLAN, until, decides=True, agreed=agreed)


def meeting_at(away: timedelta) -> Meeting:
    return Meeting("treatment", clock.now() + away, "video", 50)


def happened() -> Happened:
    return Happened("detox", clock.today())


def changed() -> Changed:
    return Changed("Naltrexone", "started", clock.today())


def told() -> Push:
    kinds = policy.categories_mask("identity", "safety")
    words = {"shared": "Alone at night", "to_body": "Duty desk", "way": "phone"}
    return Push(basis="safeguarding", kinds=kinds, at=clock.now(), told=True, **words)


HARM = Withheld("serious_harm", "He reads the post")
DRINK = Use("alcohol", 10, 9, "units")


def declining() -> Declining:
    review = clock.today() + timedelta(weeks=6)
    return Declining("alcohol_use", "Drinks most days.", "Keyworker at Riverside", "15 units", review)


def version(model: str, row: str) -> int:
    """The version of a row as a page would show it; of one that nobody has, the first."""
    return apps.get_model(model).objects.filter(pk=row).values_list("version", flat=True).first() or 1


def everything() -> dict[str, list[tuple]]:
    """Every row of every table of ours, the ledger's too."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in ours}
