"""What is asked is cleaned, what is refused or failed is said in a sentence, and the language is the one that was chosen."""

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from wanjia.kernel import command
from wanjia.sheets import reading
from wanjia.site.faults import NO_LENGTH, fault_of
from wanjia.verdict import Refused

from . import asked
from .errors import failed, problem

DIGITS = 15  # of a length in bytes, as our own server takes


class AskedMiddleware:
    """Gives every view the address's questions as any database can bear them, counts the acts of a request from nought, and lets
    what it reads of a workbook end before the server does. A length that no body has is refused: another server than ours passes it
    on, and reading that much breaks.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        command.begin_counting()
        if len(request.META.get("CONTENT_LENGTH") or "") > DIGITS:
            return failed(request, NO_LENGTH)
        request.GET = asked.cleaned(request.GET)
        with reading.within(reading.IN_REQUEST):
            return self.get_response(request)


class RefusalMiddleware:
    """Shows `Refused` and `Conflict` that a view let pass, and what the database could not do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        if answer.status_code == 405 and request.method == "GET" and not request.path.startswith("/api/"):
            return self._only_pressed(request, answer)
        return answer

    def _only_pressed(self, request, answer):
        """Say what an empty white page does not: whose session ended before a button is led here after signing in again."""
        reason = _("这个地址只接收页面上的按钮。刚才那一步没有办成,多半是登录过期了:请回到原来的页面再点一次。")
        said = render(request, "refused.html", {"title": _("刚才那一步没有办成"), "reason": reason}, status=405)
        said.headers["Allow"] = answer.headers.get("Allow", "POST")
        return said

    def process_exception(self, request, error):
        if fault := fault_of(error):
            return failed(request, fault)
        if not isinstance(error, Refused):
            return None
        if request.path.startswith("/api/"):
            return problem(error.reason, error.status)
        title = error.title or (_("这一页不能打开") if request.method == "GET" else _("这一步没有办成"))
        return render(request, "refused.html", {"title": title, "reason": error.reason}, status=error.status)


class PackedMiddleware(GZipMiddleware):
    """Packs pages and answers of words: on a line of 400 kbit/s a page of 60 KB would take a second longer.

    Files go as they are (papers and workbooks are packed already). What is packed tells its length to whoever listens and makes the
    browser ask again and again (BREACH): Django masks the token of every form anew and adds up to a hundred random bytes.
    """

    def process_response(self, request, response):
        """Pack what is text and whole."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in ("text/html", "application/json", "application/problem+json"):
            return response
        return super().process_response(request, response)


class NoStoreMiddleware:
    """Lets nothing that a signed-in person saw lie in a cache: a shared office computer keeps what it is shown."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        if request.user.is_authenticated:
            answer.headers["Cache-Control"] = "no-store, private"
        return answer


class LanguageMiddleware:
    """Speaks Chinese until somebody chooses English: many an office computer's browser asks for English by accident."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", language)
        return answer
