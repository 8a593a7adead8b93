"""Looking in an emergency: the same answer whoever exists, what stands open, and the reviews."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.access.rules import Effect, Handle
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.organisations.models import User
from alongside.safety.models import BrokenGlass, GlassReview
from alongside.sharing import actions
from alongside.tasks.models import Task
from tests import factories
from tests.integration.web.visiting import NOT_COUNTED, browser, civil, cost, words

pytestmark = pytest.mark.django_db
PASSWORD = "invented-people-only"
AT, OPEN = "/emergency/", "/emergency/open/"
HOUR = timedelta(hours=1)


def signed_in(service, role):
    client = browser(service, role)
    user = User.objects.get(practitioner=service.staff[role])
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    client.force_login(user)
    return client


@pytest.fixture
def both():
    made = factories.partnership()
    for service in (made.northside, made.riverside):
        service.sign_in("privacy_lead")
    return made


@pytest.fixture
def therapist(both):
    return signed_in(both.northside, "therapist")


def declaring(**changes):
    usual = {
        "given_name": "Jordan",
        "family_name": "Reed",
        "reason": "Found unconscious; which medicines?",
        "password": PASSWORD,
    }
    return usual | civil("birth_date", date(1988, 5, 17)) | changes


def refuse(registration, by, recipient, *, hard):
    no = factories.choice(
        policy.all_categories(), recipient=recipient, effect=Effect.DENY, hard=hard, purpose="direct_care"
    )
    actions.refuse(registration=registration, choice=no, by=by)


def test_somebody_that_only_the_other_service_knows_is_open_for_an_hour(both, therapist):
    person = factories.registered(both.riverside)
    factories.registered(both.riverside, given_name="Somebody", family_name="Else")
    assert therapist.get(f"/people/{person}/").status_code == 404
    answer = therapist.send(AT, **declaring())
    assert (answer.status_code, answer.url) == (302, OPEN)
    page = therapist.get(OPEN)
    assert f"/people/{person}/" in page.content.decode()
    assert "Riverside" in words(page)
    assert therapist.get(f"/people/{person}/").status_code == 200
    assert "You are looking in an emergency." in words(therapist.get("/"))
    with clock.at(clock.now() + HOUR):
        assert therapist.get(f"/people/{person}/").status_code == 404
        assert "Nothing is open to you in an emergency." in words(therapist.get(OPEN))


def test_one_click_ends_it(both, therapist):
    person = factories.registered(both.riverside)
    therapist.send(AT, **declaring())
    end = re.search(r'action="(/emergency/open/[^"]*/end/)"', therapist.get(OPEN).content.decode())[1]
    assert therapist.post(end).url == OPEN
    assert therapist.get(f"/people/{person}/").status_code == 404
    assert therapist.post(end).url == OPEN  # a second click
    assert signed_in(both.northside, "step2_practitioner").post(end).status_code == 404


WORLDS = {
    "nobody": lambda both: None,
    "a refusal that holds in an emergency": lambda both: refuse(
        factories.registered(both.riverside),
        both.riverside.sign_in("keyworker"),
        Handle.service(both.northside.id),
        hard=True,
    ),
    "two of one name and birthday": lambda both: [factories.registered(both.riverside) for _ in range(2)],
    "another number": lambda both: factories.registered(both.riverside, nhs_number="9434765870"),
}


def unsaid(content):
    """A page without what is drawn at random on each: tokens, and ids."""
    return re.sub(
        rb'(name="(?:csrfmiddlewaretoken|submission_token)" value="|/emergency/open/|nonce-)[^"/]*', rb"\1", content
    )


def bytes_of(both, world, moment):
    """The answer and the page after it, in a world of its own at one moment."""
    WORLDS[world](both)
    therapist = signed_in(both.northside, "therapist")
    with clock.at(moment):
        page = therapist.hidden(AT)
        answer = therapist.post(AT, page | declaring(nhs_number="9434765919"))
        after = therapist.get(OPEN)
    named = sorted(
        (name, value) for name, value in answer.headers.items() if name not in ("Set-Cookie", "X-Request-ID")
    )
    name = User.objects.get(practitioner=both.northside.staff["therapist"]).practitioner.name
    return answer.status_code, named, answer.content, unsaid(after.content).replace(name.encode(), b"")


@pytest.mark.parametrize("world", [one for one in WORLDS if one != "nobody"])
def test_what_may_not_be_opened_answers_byte_for_byte_like_nobody(world):
    nobody, somebody = factories.partnership(), factories.partnership()
    for one in (nobody, somebody):
        one.northside.sign_in("privacy_lead"), one.riverside.sign_in("privacy_lead")
    moment = clock.now() + timedelta(minutes=1)
    first, second = bytes_of(nobody, "nobody", moment), bytes_of(somebody, world, moment)
    assert first == second


def test_an_answer_that_tells_who_exists_is_caught(monkeypatch):
    """Planted: who is found by name is told apart, whether or not their record opens."""
    told = actions.look_in_emergency

    def telling(**asked):
        made = told(**asked)
        if BrokenGlass.objects.filter(attempt=made).count() > 1:
            raise Invalid("given_name", "Their record is closed to you.")
        return made

    monkeypatch.setattr(actions, "look_in_emergency", telling)
    with pytest.raises(AssertionError):
        test_what_may_not_be_opened_answers_byte_for_byte_like_nobody("a refusal that holds in an emergency")


def sent(client, **entered):
    fields = client.hidden(AT)
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(AT, fields | declaring(**entered))
    said = [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(NOT_COUNTED)]
    return answer, [re.sub(r"\d+", "", one).split(" ")[:3] for one in said]  # a cursor of PostgreSQL's has a number


def test_it_takes_as_many_statements_and_the_same_answer_whoever_exists(both, therapist):
    factories.registered(both.riverside)
    sent(therapist, family_name="Warm")
    somebody, statements = sent(therapist)
    nobody, without = sent(therapist, family_name="Nobody")
    assert BrokenGlass.objects.filter(family_name="Reed").count() == 2
    assert BrokenGlass.objects.filter(family_name="Nobody").count() == 1
    assert statements == without
    assert (somebody.status_code, somebody.url, somebody.content) == (nobody.status_code, nobody.url, nobody.content)
    assert {name: somebody[name] for name in somebody.headers if name != "Set-Cookie"} == {
        name: nobody[name] for name in nobody.headers if name != "Set-Cookie"
    }


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": " "}, "Answer “Why do you have to look now?”"),
        ({"password": "wrong"}, "The password is not right"),
        ({"password": ""}, "Enter your password"),
        ({"given_name": ""}, "Enter first name"),
        ({"birth_date-year": "2999"}, "birth"),
        ({"nhs_number": "943 476 5918"}, "a digit wrong"),
        ({"nhs_number": "12"}, "has 10 digits"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_opened(both, therapist, changes, says):
    person = factories.registered(both.riverside)
    answer = therapist.send(AT, **declaring(**changes))
    assert answer.status_code == 200
    assert says.lower() in words(answer).lower()
    assert not BrokenGlass.objects.exists()
    assert therapist.get(f"/people/{person}/").status_code == 404
    assert PASSWORD not in answer.content.decode()


def test_a_double_click_is_one_look(both, therapist):
    factories.registered(both.riverside)
    fields = therapist.hidden(AT) | declaring()
    assert therapist.post(AT, fields).url == therapist.post(AT, fields).url == OPEN
    assert BrokenGlass.objects.count() == 2


@pytest.mark.parametrize("role", ["administrator", "evaluator", "privacy_lead"])
def test_who_treats_nobody_has_no_form(both, role):
    client = browser(both.northside, role)
    assert client.get(AT).status_code == 403
    assert "Look in an emergency" not in words(client.get("/"))


def test_the_form_is_on_every_page_the_same(both, therapist):
    assert f'href="{AT}"' in therapist.get("/").content.decode()
    assert f'href="{AT}"' in therapist.find("Reed").content.decode()


def test_each_services_privacy_lead_has_it_to_review_at_once(both, therapist):
    """Riverside, whose record was opened, and Northside, whose therapist looked: there it reads as for nobody."""
    person = factories.registered(both.riverside)
    therapist.send(AT, **declaring())
    therapist.send(AT, **declaring(family_name="Nobody"))
    theirs, ours = browser(both.riverside, "privacy_lead"), browser(both.northside, "privacy_lead")
    assert words(theirs.get("/")).count("Review a look in an emergency") == 1
    assert words(ours.get("/")).count("Review a look in an emergency") == 2
    at = looks_of(both.riverside)[0]
    page = theirs.get(f"/emergency/looks/{at}/")
    assert f"/people/{person}/sharing/" in page.content.decode()
    assert "It is still open." in words(page)
    pages = [words(ours.get(f"/emergency/looks/{one}/")) for one in looks_of(both.northside)]
    assert len({one.replace("Reed", "").replace("Nobody", "") for one in pages}) == 1
    assert person not in "".join(pages)
    assert theirs.get(f"/emergency/looks/{looks_of(both.northside)[0]}/").status_code == 404
    assert ours.get(f"/emergency/looks/{at}/").status_code == 404


def looks_of(service):
    return list(BrokenGlass.objects.filter(service=service.id).order_by("occurred_at").values_list("pk", flat=True))


def test_what_was_seen_is_read_and_the_review_stands(both, therapist):
    person = factories.registered(both.riverside)
    therapist.send(AT, **declaring())
    therapist.get(f"/people/{person}/")
    lead = browser(both.riverside, "privacy_lead")
    at = f"/emergency/looks/{looks_of(both.riverside)[0]}/"
    with clock.at(clock.now() + HOUR):
        assert "Name, date of birth and how to reach me" in words(lead.get(at))
        assert lead.send(at, verdict="follow_up", words="Rang the ward; the name of the doctor is missing").url == at
        assert Task.objects.get(about=looks_of(both.riverside)[0]).closed_at is None
        assert "It has to be followed up" in lead.text("/emergency/looks/")
        assert lead.send(at, verdict="appropriate", words="The doctor wrote to us").url == at
        assert Task.objects.get(about=looks_of(both.riverside)[0]).closed_at
        page = lead.get(at)
        assert "name of the doctor is missing" in words(page)
        assert "Save the review" not in words(page)
    assert list(GlassReview.objects.order_by("pk").values_list("verdict", flat=True)) == ["follow_up", "appropriate"]


def test_a_look_is_ended_by_whoever_oversees_privacy(both, therapist):
    person = factories.registered(both.riverside)
    therapist.send(AT, **declaring())
    lead = browser(both.riverside, "privacy_lead")
    at = f"/emergency/looks/{looks_of(both.riverside)[0]}/"
    assert "They are not told: ring them" in words(lead.get(at))
    assert lead.post(f"{at}end/", {}).url == at
    assert "Ended." in words(lead.get(at))
    assert "Save the review" in words(lead.get(at))
    assert therapist.get(f"/people/{person}/").status_code == 404
    assert "It is over already." in words(lead.post(f"{at}end/", {}))
    assert therapist.post(f"{at}end/", {}).status_code == 403


def test_ending_it_reads_alike_whoever_was_found(both, therapist):
    factories.registered(both.riverside)
    therapist.send(AT, **declaring())
    therapist.send(AT, **declaring(family_name="Nobody"))
    lead = browser(both.northside, "privacy_lead")
    pages = []
    for one in looks_of(both.northside):
        assert "all that they opened by it closes" in words(lead.get(f"/emergency/looks/{one}/"))
        assert lead.post(f"/emergency/looks/{one}/end/", {}).status_code == 302
        pages.append(words(lead.get(f"/emergency/looks/{one}/")).replace("Reed", "").replace("Nobody", ""))
    assert len(set(pages)) == 1


@pytest.mark.parametrize(
    ("entered", "says"),
    [
        ({"verdict": "", "words": "Rang"}, "Answer “What did you find?”"),
        ({"verdict": "maybe", "words": "Rang"}, "Choose one of the answers shown"),
        ({"verdict": "appropriate", "words": " "}, "Enter what you looked at"),
    ],
)
def test_a_review_without_what_it_needs_is_not_saved(both, therapist, entered, says):
    factories.registered(both.riverside)
    therapist.send(AT, **declaring())
    at = f"/emergency/looks/{looks_of(both.riverside)[0]}/"
    with clock.at(clock.now() + HOUR):
        assert says in words(browser(both.riverside, "privacy_lead").send(at, **entered))
    assert not GlassReview.objects.exists()


def test_in_the_united_states_what_the_law_names_is_asked(settings):
    both = factories.partnership("us")
    therapist = signed_in(both.northside, "therapist")
    assert "What is the medical emergency?" in words(therapist.get(AT))
    answer = therapist.send(AT, **declaring())
    assert "Say what the emergency is." in words(answer) or "Enter the name of the medical" in words(answer)
    assert not BrokenGlass.objects.exists()


def test_it_costs_no_more_than_other_pages(both, therapist):
    factories.registered(both.riverside)
    therapist.send(AT, **declaring())
    lead = browser(both.riverside, "privacy_lead")
    assert cost(therapist, AT) <= 4
    assert cost(therapist, OPEN) <= 8
    assert cost(lead, "/emergency/looks/") <= 9
    assert cost(lead, f"/emergency/looks/{looks_of(both.riverside)[0]}/") <= 12
