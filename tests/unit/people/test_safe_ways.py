"""Where a message may go: only to what the person called safe, and only where there is an address."""

from datetime import date

import pytest

from alongside.people.rules import Identity, Reach, reach

WHO = {"given_name": "Jordan", "family_name": "Reed", "birth_date": date(1988, 5, 17)}
BOTH = {"email": "jordan@example.org", "phone": "07700 900123"}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (BOTH, Reach()),  # nobody asked, so nothing is sent
        (BOTH | {"email_is_safe": True}, Reach(email="jordan@example.org")),
        (BOTH | {"text_is_safe": True, "may_name_us": True}, Reach(phone="07700 900123", may_name_us=True)),
        ({"email_is_safe": True, "text_is_safe": True}, Reach()),  # safe, and no address
        ({"email": " ", "email_is_safe": True}, Reach()),
    ],
)
def test_a_message_goes_only_where_it_is_safe(said, found):
    assert reach(Identity(**WHO, **said)) == found


@pytest.mark.parametrize(("channel", "address"), [("email", "a@b.c"), ("sms", "07700"), ("pigeon", "")])
def test_each_channel_has_its_address(channel, address):
    assert Reach(email="a@b.c", phone="07700").address(channel) == address
