"""A version with another policy, as somebody at a terminal meets it."""

import pytest
from click.testing import CliRunner

from alongside.access.models import Grant
from alongside.access.rules import POLICY
from alongside.cli.main import main
from tests import factories

pytestmark = pytest.mark.django_db


def run(*words):
    done = CliRunner().invoke(main, words)
    return done.exit_code, done.output


@pytest.fixture
def joint():
    made = factories.JointJourney()
    Grant.objects.filter(registration=made.northside).update(policy="0")
    return made


def test_checking_says_so(joint):
    code, said = run("check", "--only", "database")
    assert (code, "1 record is open by an older policy." in said) == (1, True), said


def test_a_plan_says_so_and_does_nothing(joint):
    assert run("migrate", "--plan") == (0, "  who may see 1 record, by an older policy\n")
    assert Grant.objects.filter(policy="0").exists()


def test_migrating_compiles_them_anew(joint):
    code, said = run("migrate")
    assert (code, said.splitlines()[-1]) == (0, "1 record is open by this version's policy.")
    assert set(Grant.objects.values_list("policy", flat=True)) == {POLICY}
    assert run("migrate") == (0, "The database is up to date.\n")
