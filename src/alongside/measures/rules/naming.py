"""What a course of scores is called: by its instrument, and by the substance where it is asked about one at a time.

Two scores of one scale about two substances are two courses: a fall from the one to the other means nothing.
"""

BETWEEN_THEM = ":"


def course_name(instrument: str, substance: str) -> str:
    """`phq9`, or `sds:alcohol`."""
    return f"{instrument}{BETWEEN_THEM}{substance}" if substance else instrument


def course_of(name: str) -> tuple[str, str]:
    """The keys of the instrument and the substance of a course; the latter is empty for most."""
    key, _, substance = name.partition(BETWEEN_THEM)
    return key, substance
