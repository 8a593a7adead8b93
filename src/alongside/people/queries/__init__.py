"""Who somebody is, where they are linked, and the find box."""

from alongside.people.queries.correcting import PutRight, corrections, who_saw
from alongside.people.queries.counting import Characteristics, characteristics
from alongside.people.queries.finding import PAGE, find, meant, possible_duplicates
from alongside.people.queries.identities import Known, PersonHeader, header, headers, identity, known
from alongside.people.queries.linked import joined, link_between, own_among, own_of
from alongside.people.queries.reaching import born, reach, speaks, was_born_on
from alongside.people.queries.restricted import Kept, is_named_for, kept, kept_of, named_for

__all__ = [
    "PAGE",
    "Characteristics",
    "Kept",
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
    "is_named_for",
    "joined",
    "kept",
    "kept_of",
    "known",
    "link_between",
    "meant",
    "named_for",
    "own_among",
    "own_of",
    "possible_duplicates",
    "reach",
    "speaks",
    "was_born_on",
    "who_saw",
]
