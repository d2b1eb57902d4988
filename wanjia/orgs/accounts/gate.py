"""What must be settled before anything else: a first password changed, a second factor where the duties are sensitive."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from . import rules

OPEN = frozenset({
    "account_login", "account_logout", "account_change_password", "account_reauthenticate", "set_language", "large_text",
    "mfa_index", "mfa_activate_totp", "mfa_authenticate", "mfa_reauthenticate", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
})  # fmt: skip


class Gate:
    """Sends a signed-in person to what they have to settle first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Let the view run, or lead elsewhere."""
        match = request.resolver_match
        if not request.user.is_authenticated or match.view_name in OPEN or getattr(view, "guard", "") == "public":
            return None
        where, why = settle_first(request.user)
        if where is None:
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"error": why}, status=403)
        messages.warning(request, why)
        return redirect(where)


def settle_first(user):
    """Return (address name, sentence) of what the person must settle first, or (None, "")."""
    if user.must_change_password:
        return "account_change_password", _("这是初始密码,请先改成只有您知道的密码。")
    if settings.WANJIA_REQUIRE_TOTP and not user.duties.isdisjoint(rules.SENSITIVE) and not is_mfa_enabled(user):
        return "mfa_activate_totp", _("您的岗位能看到敏感信息,请先设置动态口令。")
    return None, ""
