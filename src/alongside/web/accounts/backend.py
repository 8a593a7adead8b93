"""Who is signed in: the sign-in library's backend, with the roles read along with the user."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from alongside.organisations import queries as organisations


class Backend(AuthenticationBackend):
    """Every page asks for the user and then for their roles: here both come at once, afresh at each request."""

    def get_user(self, user_id: str) -> AbstractBaseUser | None:
        found = organisations.signed_in(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None
