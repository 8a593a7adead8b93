"""Every column that is sealed, with a word of its own in it: whoever steals the database reads none of them."""

import random
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import override_settings

from alongside.access import sealing
from alongside.access.sealed import SealedTextField, Token, columns
from alongside.consent import actions as consent
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Proposed, Typed
from alongside.safety import actions as safety
from alongside.safety.rules import Declaration, Verdict, Withheld
from alongside.sharing import actions as sharing
from alongside.transitions import actions as transitions
from tests import factories
from tests.canaries import made
from tests.integration.everyone.world import told, version
from tests.stolen.searching import found_in
from tests.stolen.test_stolen import LETTERS, _postgresql, _sqlite

pytestmark = pytest.mark.django_db(transaction=True)
WORD = re.compile(rf"zq[{LETTERS}]{{18}}")


def word():
    return "zq" + "".join(random.choices(LETTERS, k=18))


def live():
    """Two services' people, with a word of its own in whatever takes words."""
    world = made.Canaries()
    mine, lead = world.person.riverside, world.leads[0]
    team_lead = world.riverside.sign_in("team_lead")
    push = {"shared": word(), "told": False, "not_told": word()}
    outside = sharing.disclose(registration=mine, push=replaced(told(), push), by=team_lead)
    sharing.withhold(entry=outside, said=Withheld("serious_harm", word()), by=team_lead)
    partner = {"shared": word(), "to_body": "", "way": "", "to_service": world.northside.id}
    sharing.disclose(registration=mine, push=replaced(told(), partner), by=world.keyworker)
    identity, _version = persons.identity(mine, access=world.keyworker)
    typed = Typed(identity.given_name, identity.family_name, identity.birth_date)
    look = sharing.look_in_emergency(typed=typed, why=Declaration(word(), nature=word()), by=world.keyworker)
    sharing.end_look(attempt=look, by=world.keyworker)
    from alongside.safety.models import BrokenGlass

    seen = BrokenGlass.objects.get(attempt=look, registration=mine)
    seen.nature = word()  # asked for where 42 CFR 2.51 is the law
    seen.save(update_fields=["nature"])
    safety.review_look(look=seen.pk, verdict=Verdict.APPROPRIATE, words=word(), by=lead)
    named = world.keyworker.actor
    sharing.restrict(registration=mine, named=[named], keeper=named, reason=word(), by=lead)
    people.hold(registration=mine, reason=word(), by=lead)
    with clock.at(clock.now() - timedelta(days=366 * 21)):
        gone = factories.registered(world.riverside, given_name="Sam")
    sharing.propose_erasure(registration=gone, reason=word(), by=lead)
    _others_asked(mine, world.keyworker)
    _somebody, episode = world.of_the_house[world.riverside.id]
    transitions.discharge(
        episode=episode,
        end_code="completed_drug_free",
        ended_on=clock.today(),
        return_route=word(),
        words=word(),
        version=version("alongside_journey.Episode", episode),
        by=world.keyworker,
    )


def _others_asked(registration, by):
    """The person is asked for more, and somebody is invited to look for them."""
    until, kinds = clock.now() + timedelta(days=90), policy.categories_mask("plan")
    consent.ask_more(registration=registration, kinds=kinds, why=word(), until=until, by=by)
    looking = Proposed("R. Reed", "r@example.org", date(1961, 2, 3), "chosen", kinds, until, True, word(), word())
    with override_settings(DEMONSTRATION=True, ADDRESS="https://questions.example.org"):
        people.invite_proxy(registration=registration, proposed=looking, by=by)


def replaced(push, changes):
    from dataclasses import replace

    return replace(push, **changes)


def held() -> dict[str, set[str]]:
    """The words that stand in each sealed column, opened."""
    found = {}
    for model, fields in columns():
        for field in fields:
            texts = [_opened(row, field) for row in model._base_manager.all()]
            found[f"{model.__name__}.{field.name}"] = set(WORD.findall(" ".join(texts)))
    return found


def _opened(row, field) -> str:
    value = getattr(row, field.attname)
    if isinstance(field, SealedTextField) or not value:
        return str(value)
    return sealing.unseal(value, row.pk)


def stolen(folder):
    return _sqlite(folder) if connection.vendor == "sqlite" else _postgresql(folder)


@pytest.fixture(autouse=True)
def words_of_their_own(monkeypatch):
    monkeypatch.setattr(made, "word", word)
    monkeypatch.setattr(made, "WORD", WORD)


def test_no_sealed_column_can_be_read(tmp_path):
    live()
    found = held()
    assert {column for column, some in found.items() if not some} == set()
    assert list(found_in(stolen(tmp_path), set().union(*found.values()))) == []


def test_one_column_that_is_left_open_is_found(tmp_path, monkeypatch):
    """Planted: what was learnt is written as it was said."""
    sealed = SealedTextField.pre_save

    def left_open(field, row, add):
        value = row.__dict__[field.attname]
        return Token(value) if field.name == "learnt" and value else sealed(field, row, add)

    monkeypatch.setattr(SealedTextField, "pre_save", left_open)
    live()
    every = set().union(*(some for column, some in held().items()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT learnt FROM alongside_consultation_learning")
        [open_] = [row[0] for row in cursor.fetchall()]
    said = {one.partition(" ")[0] for one in found_in(stolen(tmp_path), {*every, open_})}
    assert said == {open_}
