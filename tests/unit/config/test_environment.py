"""A setting that is missing or misspelt is named, with what to put there."""

import pytest

from alongside.config import environment
from alongside.kernel.errors import Invalid


@pytest.mark.parametrize("spelt", ["", "-1", "1.5", "two", "²"])
def test_a_number_is_a_whole_number(monkeypatch, spelt):
    monkeypatch.setenv("ALONGSIDE_IDLE_MINUTES", spelt)
    with pytest.raises(Invalid, match="ALONGSIDE_IDLE_MINUTES must be a whole number"):
        environment.whole("ALONGSIDE_IDLE_MINUTES", 30)


def test_a_number_has_a_default(monkeypatch):
    monkeypatch.delenv("ALONGSIDE_IDLE_MINUTES", raising=False)
    assert environment.whole("ALONGSIDE_IDLE_MINUTES", 30) == 30


@pytest.mark.parametrize(("spelt", "meant"), [("yes", True), ("TRUE", True), ("0", False), ("no", False)])
def test_a_switch_is_yes_or_no(monkeypatch, spelt, meant):
    monkeypatch.setenv("ALONGSIDE_HTTPS", spelt)
    assert environment.switch("ALONGSIDE_HTTPS", default=not meant) is meant


def test_a_misspelt_switch_is_named(monkeypatch):
    monkeypatch.setenv("ALONGSIDE_HTTPS", "on")
    with pytest.raises(Invalid, match="ALONGSIDE_HTTPS must be yes or no"):
        environment.switch("ALONGSIDE_HTTPS", default=True)


def test_what_is_required_and_missing_is_named(monkeypatch):
    monkeypatch.delenv("ALONGSIDE_SECRET_KEY")
    with pytest.raises(Invalid, match="ALONGSIDE_SECRET_KEY"):
        environment.text("ALONGSIDE_SECRET_KEY")


@pytest.mark.parametrize(
    ("spelt", "meant"),
    [
        ("mail.example.org:2525", ("mail.example.org", 2525)),
        ("mail.example.org", ("mail.example.org", 587)),
        ("", ("", 587)),  # no server: letters go to the console
    ],
)
def test_a_server_has_a_port(monkeypatch, spelt, meant):
    monkeypatch.setenv("ALONGSIDE_EMAIL_SERVER", spelt)
    assert environment.server("ALONGSIDE_EMAIL_SERVER", 587) == meant


@pytest.mark.parametrize("spelt", ["mail.example.org:", "mail.example.org:smtp", ":25"])
def test_a_server_without_its_parts_is_named(monkeypatch, spelt):
    monkeypatch.setenv("ALONGSIDE_EMAIL_SERVER", spelt)
    with pytest.raises(Invalid, match="ALONGSIDE_EMAIL_SERVER must be a server and its port"):
        environment.server("ALONGSIDE_EMAIL_SERVER", 587)
