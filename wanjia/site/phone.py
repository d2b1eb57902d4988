"""The pages and the script by which a phone works where there is no signal. They say nothing about anybody: what they show, the phone holds."""

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import condition, require_safe

from wanjia.doors.guard import public

from .build import BUILT
from .templatetags.wanjia import built


def _digest(_request):
    return f'"{built("sw.js")}"'


@public
@require_safe
@condition(etag_func=_digest)
def worker(_request):
    """The service worker. Its address stays the same, so browsers ask for it anew, and are told that it is the same."""
    file = BUILT / built("sw.js").rsplit("/", 1)[-1]
    if not file.is_file():
        raise Http404
    answer = FileResponse(file.open("rb"), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@public
@require_safe
def outbox(request):
    """What waits to be sent, what was sent today, and what a person has to look at."""
    return _spoken(request, "phone/outbox.html")


@public
@require_safe
def no_signal(request):
    """Say that there is no signal, and what opens without."""
    return _spoken(request, "phone/no_signal.html")


def _spoken(request, template):
    """Show a page in the language that the worker asks for (?in=): it fetches the pages that it keeps without any cookie."""
    language = request.GET.get("in", "")
    with translation.override(language if language in dict(settings.LANGUAGES) else translation.get_language()):
        return render(request, template)
