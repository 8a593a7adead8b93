"""The policy of access, pure: `decide` is the specification, `compile_facts` what the database evaluates.

The law between them: `decide` permits a question if and only if the predicate of `predicate.py` matches the grants
and bars that `compile_facts` made of the same facts. Both default to "not there".
"""

from alongside.access.rules.compiling import POLICY, Bar, Grant, compile_facts
from alongside.access.rules.deciding import Decision, Question, Reason, Source, decide
from alongside.access.rules.facts import THE_PERSON, Effect, Facts, Glass, Line, Need, NeedKind, denials
from alongside.access.rules.handles import Handle
from alongside.definitions.policy import Mask

__all__ = [
    "POLICY",
    "THE_PERSON",
    "Bar",
    "Decision",
    "Effect",
    "Facts",
    "Glass",
    "Grant",
    "Handle",
    "Line",
    "Mask",
    "Need",
    "NeedKind",
    "Question",
    "Reason",
    "Source",
    "compile_facts",
    "decide",
    "denials",
]
