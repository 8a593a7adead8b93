"""Whoever may read, spelt as text: the kind and an id."""

from collections.abc import Iterable


class Handle:
    """Nobody is listed in a grant: it names a handle, and who speaks for a handle is read from live roles."""

    @staticmethod
    def service(service: str) -> str:
        return f"service:{service}"

    @staticmethod
    def of_class(key: str) -> str:
        """A class of services, such as all that treat the person (`definitions/access/classes.toml`)."""
        return f"class:{key}"

    @staticmethod
    def team(team: str) -> str:
        return f"team:{team}"

    @staticmethod
    def caseload(practitioner: str, service: str) -> str:
        """Those whom somebody holds in one service: what they hold in another job is not theirs here."""
        return f"caseload:{practitioner}@{service}"

    @staticmethod
    def held(practitioner: str, service: str) -> str:
        """As their caseload, and nobody speaks for it but they: who covers for them does not, nor who leads them."""
        return f"held:{practitioner}@{service}"

    @staticmethod
    def holders(handles: Iterable[str]) -> list[str]:
        """The practitioners whose caseloads are among some handles."""
        caseloads = [handle for handle in handles if Handle.kind(handle) == "caseload"]
        return [handle.partition(":")[2].partition("@")[0] for handle in caseloads]

    @staticmethod
    def practitioner(practitioner: str) -> str:
        """The human by name; nobody covers for this handle. What closes finds them by it in every job."""
        return f"practitioner:{practitioner}"

    @staticmethod
    def named(practitioner: str, service: str) -> str:
        """The human by name, as those whom one service knows name them: they speak for it in a job of that service's
        partnership, and in no other."""
        return f"named:{practitioner}@{service}"

    @staticmethod
    def by_name(practitioner: str, service: str) -> tuple[str, str]:
        """What closes to the human by name, and what opens to them, of those whom one service knows."""
        return Handle.practitioner(practitioner), Handle.named(practitioner, service)

    @staticmethod
    def self_(registration: str) -> str:
        """The person whom a registration is about, in their own sign-in."""
        return f"self:{registration}"

    @staticmethod
    def proxy(proxy: str) -> str:
        """Somebody whom the person, or the law, lets look on their behalf."""
        return f"proxy:{proxy}"

    @staticmethod
    def glass(session: str) -> str:
        """One emergency look by one practitioner, for as long as it lasts."""
        return f"glass:{session}"

    @staticmethod
    def evaluation(service: str) -> str:
        """The system door through which a service's evaluators read; no carer speaks for it."""
        return f"evaluation:{service}"

    @staticmethod
    def link(thing: str) -> str:
        """Whoever opened a link to one thing; nothing is ever granted to it."""
        return f"link:{thing}"

    @staticmethod
    def kind(handle: str) -> str:
        return handle.partition(":")[0]
