"""Labels as they read inside a sentence."""


def in_a_sentence(label: str) -> str:
    """`Date of birth` reads `date of birth` after a verb; `PHQ-9 total` stays as it is."""
    return label if label[1:2].isupper() or label[1:2].isdigit() else label[:1].lower() + label[1:]
