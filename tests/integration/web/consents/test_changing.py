"""Changing a choice from its own form: what nobody touched stays as it was signed."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.access.rules import Handle
from alongside.consent import queries
from alongside.consent.rules import Ends, Exception_, Given, Signer, Told
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.periods import BEGINNING, FOR_EVER, Period
from alongside.organisations import actions as organisations
from alongside.organisations.models import Service
from alongside.sharing import actions
from tests import factories
from tests.integration.web.consents.drawn import as_read, drawn
from tests.integration.web.own.test_asking_for_more import take_up
from tests.integration.web.visiting import browser, civil, words

pytestmark = pytest.mark.django_db
ANEW = {"given": "written", "told_no_is_fine": "on"}  # what is said again with each signature
TOLD = {"told_take_back": "on", "told_passed_on": "on", "told_refusing": "on"}
SINCE = datetime(2026, 2, 3, 11, 30, tzinfo=UTC)
OFFERED = policy.category_keys(policy.offered())


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def change(joint):
    return f"/people/{joint.riverside}/sharing/agree/?with={joint.world.northside.id}"


def agreed(joint, *, registration=None, recipient=None, **said):
    keys = said.pop("keys", ("team", "plan", "mood_scores"))
    to = recipient or Handle.service(joint.world.northside.id)
    choice = factories.choice(policy.categories_mask(*keys), recipient=to, given=Given.WRITTEN, witness="", **said)
    registration = registration or joint.riverside
    actions.agree(registration=registration, choice=choice, by=joint.keyworker)
    return choice


def standing(joint):
    """What Northside sees for care."""
    found = queries.current(joint.riverside, access=joint.keyworker)
    return next(one.said for one in found if one.purpose == "direct_care")


def drawn_at(some, path):
    """Everything the form sends, as it was drawn."""
    return drawn(some.get(path))


def saved(some, path, **changes):
    where = path.partition("?")[0]
    answer = some.post(where, as_read(some, where, drawn_at(some, path) | changes))
    assert answer.status_code == 302, words(answer)


def whatever(seed, joint):
    """Some complete choice."""
    draw = random.Random(seed)
    now = clock.now()
    keys = draw.sample(OFFERED, draw.randint(1, len(OFFERED)))
    signer = draw.choice([Signer.PERSON, Signer.BOTH, Signer.REPRESENTATIVE])
    mandate = draw.random() < 0.5
    said = {
        "keys": keys,
        "data": Period(draw.choice([BEGINNING, SINCE]), draw.choice([FOR_EVER, now + timedelta(days=700)])),
        "expires": draw.choice([FOR_EVER, now + timedelta(days=draw.randint(2, 400), hours=5)]),
        "signer": signer,
        "signed_by": "" if signer is Signer.PERSON else "Ada Attorney",
        "authority": "Power of attorney" if signer is Signer.REPRESENTATIVE else "",
        "competent": draw.choice(["", "Dr Ray, on Monday"]),
        "required_by": "A court" if mandate else "",
        "reported": "Whether they came" if mandate else "",
    }
    if draw.random() < 0.5:
        who = Handle.practitioner(joint.therapist.actor)
        said["exceptions"] = (Exception_(policy.categories_mask(keys[0]), who, Period(BEGINNING, SINCE)),)
    return said


@pytest.mark.parametrize("seed", range(12))
def test_saved_again_as_it_was_drawn_nothing_changes(joint, keyworker, change, seed):
    before = agreed(joint, **whatever(seed, joint))
    saved(keyworker, change, **ANEW, witness="")
    assert standing(joint) == before


@pytest.mark.parametrize("seed", range(6))
def test_one_tick_changes_that_kind_alone(joint, keyworker, change, seed):
    said = whatever(seed, joint) | {"keys": ("plan", "team", "mood_scores"), "exceptions": ()}
    before = agreed(joint, **said)
    saved(keyworker, change, **ANEW, witness="", share_pieces=["plan", "team"])
    assert standing(joint) == replace(before, categories=policy.categories_mask("plan", "team"))


def test_an_exception_stays_as_far_as_its_kinds_do(joint, keyworker, change):
    who = Handle.practitioner(joint.therapist.actor)
    agreed(joint, exceptions=(Exception_(policy.categories_mask("plan", "team"), who),))
    saved(keyworker, change, **ANEW, witness="", share_pieces=["plan", "mood_scores"])
    assert standing(joint).exceptions == (Exception_(policy.categories_mask("plan"), who),)


def test_the_evaluation_keeps_what_is_its_own(joint, keyworker, change):
    agreed(joint)
    until = clock.now() + timedelta(days=90, hours=3)
    counted = factories.choice(
        policy.categories_mask("mood_scores"),
        recipient=Handle.service(joint.world.northside.id),
        purpose="evaluation",
        given=Given.WRITTEN,
        witness="",
    )
    actions.agree(registration=joint.riverside, choice=replace(counted, expires=until), by=joint.keyworker)
    saved(keyworker, change, **ANEW, witness="")
    found = {one.purpose: one.said for one in queries.current(joint.riverside, access=joint.keyworker)}
    assert found["evaluation"].categories == counted.categories


class TestUnderPart2:
    @pytest.fixture(autouse=True)
    def _programme(self, joint):
        riverside = joint.world.riverside.id
        Service.objects.filter(pk=riverside).update(jurisdiction="us")
        organisations.set_part2(service=riverside, part2=True, by=factories.SETTING_UP)

    @pytest.mark.parametrize("ends", [Ends.END_OF_TREATMENT, Ends.NEVER, Ends.DATE])
    def test_passing_on_and_the_end_stay(self, joint, keyworker, change, ends):
        expires = clock.now() + timedelta(days=20) if ends is Ends.DATE else FOR_EVER
        before = agreed(joint, onward=True, ends=ends, expires=expires, told=Told(True, True, True))
        saved(keyworker, change, **ANEW, **TOLD, witness="")
        assert standing(joint) == before


class TestInTheirOwnSignIn:
    """The person is asked for less than staff, and changes no more than they touch."""

    @pytest.fixture(autouse=True)
    def _address(self, settings):
        settings.ADDRESS, settings.DEMONSTRATION = "https://alongside.example", True

    @pytest.fixture
    def joint(self):
        made = factories.JointJourney(email="jordan@mail.example", email_is_safe=True)
        factories.safe_email(made.riverside, "jordan@mail.example")
        return made

    def test_the_time_the_mandate_and_the_exceptions_stay(self, joint, keyworker):
        person = take_up(keyworker, joint.riverside)
        said = {"required_by": "A court", "reported": "Whether they came", "competent": "Dr Ray, on Monday"}
        who = Handle.practitioner(joint.therapist.actor)
        exceptions = (Exception_(policy.categories_mask("plan"), who),)
        before = agreed(joint, data=Period(SINCE), exceptions=exceptions, **said)
        saved(person, f"/own/sharing/choose/?with={joint.world.northside.id}", signed_by="Jordan Reed")
        signed = {"given": Given.ELECTRONIC, "signed_by": "Jordan Reed"}
        assert standing(joint) == replace(before, **signed)

    def test_their_day_of_the_end_is_theirs_to_change(self, joint, keyworker):
        person = take_up(keyworker, joint.riverside)
        agreed(joint, data=Period(SINCE))
        until = (clock.now() + timedelta(days=30)).date()
        path = f"/own/sharing/choose/?with={joint.world.northside.id}"
        saved(person, path, signed_by="Jordan Reed", **civil("expires", until))
        assert standing(joint).data == Period(SINCE)
        assert standing(joint).expires.date() >= until


class TestPieceByPieceFromABundle:
    """Whoever goes on from a bundle to its pieces takes one kind away by one tick."""

    @pytest.mark.parametrize("bundle", ["both_teams", "appointments_and_safety"])
    def test_the_pieces_start_as_what_stands(self, joint, keyworker, change, bundle):
        kinds = policy.bundles()[bundle].categories
        agreed(joint, keys=kinds)
        shown = drawn_at(keyworker, change)
        assert shown["share"] == [bundle]
        assert set(shown["share_pieces"]) == set(kinds)
        saved(keyworker, change, **ANEW, witness="", share="pieces", share_pieces=list(kinds[1:]))
        assert standing(joint).categories == policy.categories_mask(*kinds[1:])

    def test_what_was_left_out_of_it_by_name_is_not_ticked(self, joint, keyworker, change):
        kinds = set(policy.bundles()["appointments_and_safety"].categories) - {"medicines"}
        agreed(joint, keys=kinds)
        assert set(drawn_at(keyworker, change)["share_pieces"]) == kinds

    def test_ticked_pieces_change_nothing_where_the_bundle_stays(self, joint, keyworker, change):
        before = agreed(joint, keys=policy.bundles()["both_teams"].categories)
        saved(keyworker, change, **ANEW, witness="")
        assert standing(joint) == before
