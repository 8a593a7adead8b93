"""Who somebody is, where they are linked, and the find box."""

from alongside.people.queries.correcting import PutRight, corrections, who_saw
from alongside.people.queries.counting import Characteristics, characteristics
from alongside.people.queries.finding import PAGE, find, possible_duplicates
from alongside.people.queries.identities import Known, PersonHeader, header, headers, identity, known
from alongside.people.queries.linked import Joined, joined, joined_to, link_between, own_among, own_of
from alongside.people.queries.own import (
    Invited,
    OwnRecord,
    Welcome,
    invitation_of,
    invited,
    own_access,
    own_records,
    signed_up,
)
from alongside.people.queries.reaching import born, reach, speaks, was_born_on

__all__ = [
    "PAGE",
    "Characteristics",
    "Invited",
    "Joined",
    "Known",
    "OwnRecord",
    "PersonHeader",
    "PutRight",
    "Welcome",
    "born",
    "characteristics",
    "corrections",
    "find",
    "header",
    "headers",
    "identity",
    "invitation_of",
    "invited",
    "joined",
    "joined_to",
    "known",
    "link_between",
    "own_access",
    "own_among",
    "own_of",
    "own_records",
    "possible_duplicates",
    "reach",
    "signed_up",
    "speaks",
    "was_born_on",
    "who_saw",
]
