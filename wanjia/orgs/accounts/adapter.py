"""Accounts are made by an administrator; nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter


class NoSignUp(DefaultAccountAdapter):
    """Closes every door of allauth but sign-in, sign-out, password change and the second factor."""

    def is_open_for_signup(self, request):
        return False
