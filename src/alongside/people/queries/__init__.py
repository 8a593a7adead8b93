"""Who somebody is, where they are linked, and the find box."""

from alongside.people.queries.correcting import PutRight, corrections, who_saw
from alongside.people.queries.counting import Characteristics, characteristics
from alongside.people.queries.finding import PAGE, find, possible_duplicates
from alongside.people.queries.identities import Known, PersonHeader, header, headers, identity, known
from alongside.people.queries.linked import joined, link_between, own_among, own_of
from alongside.people.queries.reaching import born, reach, speaks, was_born_on

__all__ = [
    "PAGE",
    "Characteristics",
    "Known",
    "PersonHeader",
    "PutRight",
    "born",
    "characteristics",
    "corrections",
    "find",
    "header",
    "headers",
    "identity",
    "joined",
    "known",
    "link_between",
    "own_among",
    "own_of",
    "possible_duplicates",
    "reach",
    "speaks",
    "was_born_on",
    "who_saw",
]
