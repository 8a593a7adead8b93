"""What is kept outside the database: the newest checkpoint, and what had been taken back when it was signed."""

from alongside.cli.kept.keeping import Older, journal, keep, older, refuse_older, sign_and_keep, words

__all__ = ["Older", "journal", "keep", "older", "refuse_older", "sign_and_keep", "words"]
