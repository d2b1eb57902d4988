"""Sign-in, sign-out, password and second factor. Of allauth's addresses only these exist: nobody signs up or mails."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from wanjia.doors.guard import guarded, public
from wanjia.doors.pages import page_of_act
from wanjia.orgs.accounts.commands import change_own_password


def _leaving(view):
    """Let the device forget whoever signs out."""

    def leave(request):
        user = request.user
        answer = view(request)
        if user.is_authenticated and not request.user.is_authenticated:
            request.device.leave(user)
        return answer

    return leave


urlpatterns = [
    path("login/", public(account.login), name="account_login"),
    path("logout/", public(_leaving(account.logout)), name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", guarded()(account.reauthenticate), name="account_reauthenticate"),
    path("password/", page_of_act(change_own_password.act), name="account_change_password"),
    path("2fa/", guarded()(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", public(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", guarded()(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", guarded()(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", guarded()(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery/", guarded()(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery/generate/", guarded()(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/recovery/download/", guarded()(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
]
