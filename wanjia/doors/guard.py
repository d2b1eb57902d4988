"""Who may open a view, and the way from a form to a command."""

import functools
import ipaddress
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from wanjia.doors import typed
from wanjia.verdict import NoRight, Refused

from .moment import stamped

View = Callable[..., Any]
PUBLIC = "public"
SIGNED_IN = "signed in"


def guarded(*duties: object) -> Callable[[View], View]:
    """Let in only signed-in users who hold one of `duties`; without duties, every signed-in user."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guard(request: Any, *args: Any, **kwargs: Any) -> Any:
            if not request.user.is_authenticated:
                return signed_out(request)
            if duties and not request.user.has_duty(*duties):
                raise without(request.user, duties)
            return view(stamped(request), *args, **kwargs)

        guard.guard = duties or SIGNED_IN  # type: ignore[attr-defined]  # the mark by which a test of all doors reads a view
        return guard

    return wrap


def signed_out(request: Any) -> HttpResponse:
    """Lead to the sign-in. What was typed into a form meanwhile is kept; a part of a page is not exchanged for a whole one."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=401)
    if request.method == "POST" and typed.typed_in(request)["words"]:
        return typed.expired(request)
    return redirect_to_login(request.get_full_path())


def without(user: Any, duties: Iterable[object]) -> NoRight:
    """Return the NoRight that tells somebody which duty is asked for and what to do instead; the account knows its own way."""
    asked = "、".join(str(getattr(duty, "label", duty)) for duty in duties)
    told = getattr(user, "without", None)
    return NoRight(told(asked) if told else _("您的岗位没有这项权限(%(asked)s)。工作需要的,请联系本单位的系统管理员安排岗位。") % {"asked": asked})


def public(view: View) -> View:
    """Mark a view that everybody may open without an account."""
    view.guard = PUBLIC  # type: ignore[attr-defined]  # see guarded
    return view


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from: the one place that says so, for every limit and every sign-in.

    Behind a proxy named in WANJIA_PROXIES (addresses or networks) it is the right-most address of X-Forwarded-For that is no
    such proxy; what stands left of it anybody may have written. Without a trusted proxy the header is not read at all.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while hops and is_proxy(address):
        hop = hops.pop()
        try:
            address = str(ipaddress.ip_address(hop))
        except ValueError:  # a proxy that forwards no address: the last one known is all there is
            break
    return address


def is_proxy(address: str) -> bool:
    """Tell whether an address is one of the proxies that are believed (WANJIA_PROXIES: addresses or networks)."""
    for one in settings.WANJIA_PROXIES:
        try:
            if ipaddress.ip_address(address) in ipaddress.ip_network(one, strict=False):
                return True
        except ValueError:  # no address at all: `wanjia doctor` names it
            continue
    return False


def act(request: Any, form: Any, command: Callable[..., Any], **what: Any) -> bool:
    """Call `command` with the form's answers; True when done, else the refusal stands on the form.

    The form carries `key`, made when the page was built, so a double tap or a resend does nothing twice.
    """
    try:
        form.answer = command(by=request.user, at=stamped(request).at, key=sent_key(request), **{**form.cleaned_data, **what})
    except Refused as refusal:
        form.refusal = refusal
        form.add_error(None, str(refusal.reason))
        if hasattr(form, "refused"):  # a form that can ask back
            form.refused(refusal)
        return False
    return True


def press(request: Any, command: Callable[..., Any], **what: Any) -> Any:
    """Do an act that a button sends and that asks nothing; return its answer. A refusal has no form to stand on and is told on its own page."""
    return command(by=request.user, at=stamped(request).at, key=sent_key(request), **what)


def refusal_of(form: Any) -> Refused:
    """Return the Refused behind a form that has no page of its own to stand on: the command's, or what the form itself misses."""
    said = " ".join(error for errors in form.errors.values() for error in errors)
    return getattr(form, "refusal", None) or Refused(said)


def next_of(request: Any) -> str:
    """Return where the person came from and goes on to, when it is an address of ours; else nothing.

    It begins with "/": any other text `redirect` would take for the name of a view, and break on.
    """
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours else ""


def sent_key(request: Any) -> uuid.UUID | None:
    """Return the idempotency key that came with the page or the header, or None."""
    text = request.POST.get("key") or request.headers.get("Idempotency-Key") or ""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def taken_along(request: Any) -> bool:
    """Tell whether a page is asked for to be kept on a device: then it leaves out what may not lie there (doors.kinds.Carried)."""
    return bool(request.headers.get("Satchel") == "1")


def say(request: Any, sentence: Any) -> None:
    """Put a sentence on top of the next page."""
    messages.success(request, sentence)
