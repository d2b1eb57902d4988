"""The last answers: not found, and something broke. Pages for people, problems in JSON for programs, never a stack trace."""

import sys

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.functional import Promise
from django.views import defaults
from django.views.decorators.cache import never_cache

from wanjia.doors.guard import public
from wanjia.doors.typed import typed_in
from wanjia.doors.words import in_both
from wanjia.kernel import command
from wanjia.site.faults import Fault, fault_of

KEPT = translation.gettext_lazy("已经保存")


def problem(sentence, status, said=None, errors=()):
    """Return a problem as JSON: `error` in the language of the caller, as every refusal of the API, and `said` in both.

    said: both, of a sentence that already bears its facts in the caller's language; errors: one of each field that is wrong.
    """
    said = said or (in_both(sentence) if isinstance(sentence, Promise) else None)
    told = {"error": str(sentence), **({"errors": list(errors)} if errors else {}), **({"said": said} if said else {})}
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})


def failed(request, fault):
    """Say what the database could not do; a program is told when to try again. What was kept before is said to be kept."""
    fault = Fault(500, _known(request), title=KEPT) if _is_kept(request) else fault
    if request.path.startswith("/api/"):
        answer = problem(fault.sentence, fault.status)
    else:
        answer = _page(request, fault)
    if fault.again:
        answer.headers["Retry-After"] = str(fault.again)
    return answer


def _page(request, fault):
    try:
        return render(request, "refused.html", {"title": translation.gettext("这一页没有打开") if request.method in ("GET", "HEAD") else fault.title, "reason": fault.sentence}, status=fault.status)
    except Exception:  # the frame of the page asks the database too: then the page that needs nothing
        return _bare(request, str(fault.sentence), fault.status)


@public
def not_found(request, exception=None):
    """An address that leads nowhere."""
    if request.path.startswith("/api/"):
        return problem(translation.gettext_lazy("没有找到。可能不存在,或者不在您的辖区。"), 404)
    return defaults.page_not_found(request, exception)


@public
def not_taken(request, exception=None):
    """A request that cannot be taken; a session that the database would not keep is the database's fault, and said as that."""
    fault = fault_of(getattr(exception.__context__, "__context__", None))  # Django names the interrupted session alone
    return failed(request, fault) if fault else defaults.bad_request(request, exception)


@public
def broken(request):
    """Something broke: say what is known about what was saved."""
    fault = fault_of(sys.exc_info()[1])
    if request.path.startswith("/api/"):
        return failed(request, fault) if fault else problem(_known(request), 500)
    if fault is None or _is_kept(request):
        fault = Fault(500, _known(request))
    return _bare(request, str(fault.sentence), fault.status)


@public
@never_cache
def token_refused(request, reason=""):
    """The page was open too long, or somebody else signed in beside it: nothing was done, and what was typed is given back."""
    answer = render(request, "403_csrf.html", {"typed": typed_in(request), "where": request.get_full_path()}, status=403)
    answer.headers["Wanjia-Refused"] = "csrf"
    return answer


def _is_kept(request):
    return request.method not in ("GET", "HEAD") and command.acts_done() > 0


def _known(request):
    lazy = translation.gettext_lazy
    if request.method in ("GET", "HEAD"):
        return lazy("打开页面时出错了,这不是您的操作造成的,没有改动任何内容。")
    if _is_kept(request):
        return lazy("您的操作已经保存,只是页面没能显示出来。请回首页查看,不要再做一遍。")
    return lazy("系统出错了,您这一次没有保存。请再试一次;还不行,请把时间和当时在做的事告诉系统管理员。")


def _bare(request, known, status):
    """A page that asks the database nothing."""
    page = loader.get_template("500.html").render({"known": known, "code": status})
    return HttpResponse(page, status=status)
