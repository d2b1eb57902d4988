"""The code of the second factor: a few tries, and each code once, whatever worker of the server is asked (ADR 0084)."""

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused

from . import commands

WRONG = _("动态口令不对或者已经过期。请输入手机上此刻显示的 6 位数字;一直不对的,请看手机时间是不是自动设置的。")


class Spoken:
    """Calls the code by its name, opens the number pad of a phone, and says what to do about a wrong one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("动态口令")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "placeholder": ""}

    def clean_code(self):
        """Return the code."""
        try:
            return super().clean_code()
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise ValidationError(str(WRONG)) from None


class Counted(Spoken):
    """Counts the try before the code is looked at, so that parallel requests cannot all be the last one allowed."""

    def clean_code(self):
        """Return the code; allauth's own limit is off here (it goes by address) and its memory of used codes is one worker's."""
        code, at = self.cleaned_data["code"], timezone.now()
        try:
            one = commands.begin_factor_try(user=self.user, code=code, at=at)
            super().clean_code()
            commands.end_factor_try(one, at=at)
        except Refused as refusal:
            raise ValidationError(str(refusal.reason)) from None
        return code


class Activate(Spoken, ActivateTOTPForm):
    """At set-up: the secret stays the same until a code was right."""


class Authenticate(Counted, AuthenticateForm):
    """At sign-in."""


class Reauthenticate(Counted, ReauthenticateForm):
    """Before a sensitive change of one's own account."""


def proves(user, password, code, at):
    """Tell whether somebody knows the password of an account and, where it has a second factor, its code of this moment.

    For what two people must do at the machine's own command line, where nobody is signed in. Raises Refused after too many codes.
    """
    kept = Authenticator.objects.filter(user=user)
    if not user.check_password(password) or not kept:
        return user.check_password(password)
    one = commands.begin_factor_try(user=user, code=code, at=at)
    if not any(factor.wrap().validate_code(code) for factor in kept):
        return False
    commands.end_factor_try(one, at=at)
    return True
