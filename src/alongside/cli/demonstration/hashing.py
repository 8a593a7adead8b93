"""A quick way to keep a password that is printed at every start anyway."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Quick(PBKDF2PasswordHasher):
    """The usual hash with few rounds: fifteen sign-ins at full strength take as long as a hundred people. Every
    installation can check it, and hashes it again at full strength when somebody first signs in."""

    iterations = 1_000
