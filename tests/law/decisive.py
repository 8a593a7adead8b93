"""Which kind of fact makes the difference: what would be decided were there none of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from alongside.access.rules import Effect, Facts, Handle, Line, Need, NeedKind, Source, decide
from tests.law.worlds import World

Without = Callable[[Facts], Facts]


def _lines(kept: Callable[[Line], bool]) -> Without:
    return lambda facts: replace(facts, lines=tuple(one for one in facts.lines if kept(one)))


def _needs(*kinds: NeedKind) -> Without:
    return lambda facts: replace(facts, needs=tuple(one for one in facts.needs if one.kind not in kinds))


def _as_care(need: Need) -> Need:
    return replace(need, kind=NeedKind.CARE_TEAM)


def _to(kind: str, effect: Effect) -> Without:
    return _lines(lambda one: one.effect is not effect or Handle.kind(one.recipient) != kind)


WITHOUT: dict[str, Without] = {
    "a need": _needs(NeedKind.CARE_TEAM, NeedKind.REGISTERED, NeedKind.CONSULTATION),
    "that to evaluate is to need it for nothing else": lambda facts: replace(
        facts, needs=tuple(_as_care(one) if one.kind is NeedKind.EVALUATION else one for one in facts.needs)
    ),
    "the person's own sign-in": _needs(NeedKind.SELF),
    "a permit to a service": _to("service", Effect.PERMIT),
    "a permit to a class of services": _to("class", Effect.PERMIT),
    "a permit to a team": _to("team", Effect.PERMIT),
    "a permit to somebody by name": _to("practitioner", Effect.PERMIT),
    "a permit to a proxy": _to("proxy", Effect.PERMIT),
    "a denial to a service": _to("service", Effect.DENY),
    "a denial to a team": _to("team", Effect.DENY),
    "a denial to somebody by name": _to("practitioner", Effect.DENY),
    "what is kept from the person's own view": _to("self", Effect.DENY),
    "a denial that holds in an emergency": _lines(lambda one: not one.hard),
    "an exception to a denial": lambda facts: replace(
        facts, lines=tuple(replace(one, exception=False) for one in facts.lines)
    ),
    "a broken glass": lambda facts: replace(facts, glasses=()),
    "another registration of the same human": lambda facts: replace(facts, twin=None),
    "that the person confirmed it": lambda facts: replace(facts, confirmed=False),
    "a restriction": lambda facts: replace(facts, restricted=False),
}


def decisive(world: World) -> Counter[str]:
    """In how many decisions of this world each kind of fact made the difference."""
    counted: Counter[str] = Counter(dict.fromkeys((*WITHOUT, "a source", "a source given to pass on"), 0))
    changed = {name: {one.registration: without(one) for one in world.facts} for name, without in WITHOUT.items()}
    for row, _, asked in world.questions():
        said = decide(row.facts, asked).permitted
        for name, facts in changed.items():
            sources = tuple(replace(one, facts=facts[one.facts.registration]) for one in asked.sources)
            counted[name] += decide(facts[row.facts.registration], replace(asked, sources=sources)).permitted != said
        if asked.sources:
            counted["a source"] += decide(row.facts, replace(asked, sources=())).permitted != said
            kept = tuple(_not_onward(one) for one in asked.sources)
            counted["a source given to pass on"] += decide(row.facts, replace(asked, sources=kept)).permitted != said
    return counted


def _not_onward(source: Source) -> Source:
    return replace(source, onward=False)
