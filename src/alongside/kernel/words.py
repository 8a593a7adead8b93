"""What somebody wrote, checked before it is kept."""

from alongside.kernel.errors import Invalid


def check_words(field: str, written: str, empty: str, *, longest: int) -> str:
    """The words without their margins.

    Raises `Invalid(field, …)`: with the sentence `empty` where nothing was written, and where it is more than
    `longest` characters.
    """
    words = written.strip()
    if not words:
        raise Invalid(field, empty)
    if len(words) > longest:
        raise Invalid(
            field,
            "This is {count:,} characters long. Shorten it to {longest:,} or fewer.",
            count=len(words),
            longest=longest,
        )
    return words
