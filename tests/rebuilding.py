"""An instrument with something else in it, checked as its file would be."""

from alongside.definitions.instruments import Instrument


def rebuilt(known: Instrument, **changes: object) -> Instrument:
    """The same definition with other figures. (A bare copy would keep what was worked out from the old ones.)"""
    fields = type(known).model_fields
    content = {field.alias or name: getattr(known, name) for name, field in fields.items() if name not in changes}
    return type(known).model_validate(content | changes)
