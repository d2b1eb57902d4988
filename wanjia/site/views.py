"""Small acts of the frame: language and letter size. They change this device's cookies, nothing else."""

from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from wanjia.kernel.guard import public

from .frame import LARGE

YEAR = 365 * 24 * 3600

set_language = public(django_set_language)


@public
@require_POST
def large_text(request):
    """Make letters large, or normal again, on this device."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = redirect(back)
    answer.set_cookie(LARGE, "1" if request.POST.get("large") == "1" else "0", max_age=YEAR, samesite="Lax", httponly=True)
    return answer
