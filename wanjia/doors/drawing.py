"""What every page draws alike: a state in its tone, the days that are left. Template words (`site.templatetags`) and cells of long lists both draw by these.

What was drawn once is kept: a list says fifty states and days, and the next list mostly the same.
"""

from datetime import date
from functools import cache, lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import WorkingCalendar, lateness

COLOURS = {"red", "orange", "green", "blue", "violet", "grey"}


def pill(value: object, words: object = "", kind: str = "pill") -> str:
    """Return a state in its words and tone, or something in a tone of COLOURS; '' for nothing. kind: "pill" or "tag"."""
    return _pill(str(value), str(words), kind) if value else ""


@lru_cache(maxsize=4096)
def _pill(value: str, words: str, kind: str) -> SafeString:
    return format_html('<span class="{} tone-{}">{}</span>', kind, _tones().get(value, "grey"), words or value)


@cache
def _tones() -> dict[str, str]:
    """State → tone. Colour means state and nothing else: grey rests, blue waits for us, orange is under way, green is the household's yes."""
    return {**{tone: tone for tone in COLOURS}, **dict(gather("TONES"))}


def days_left(calendar: WorkingCalendar, day: date, due: date | None, finished: date | None = None) -> SafeString:
    """Say in words how many working days are left on `day`: 还剩 2 个工作日 / 今天到期 / 超期 1 天; past the published calendar 暂定.

    finished: the day the matter ended, after which no clock runs.
    """
    if due is None:
        return format_html('<span class="left-none">{}</span>', _("未定期限"))
    if finished:
        return _ended(get_language(), calendar.between(due, finished))
    return _running(get_language(), calendar.between(day, due), due, day, calendar.provisional(due))


@lru_cache(maxsize=1024)
def _ended(_language: str | None, late: int) -> SafeString:
    words = ngettext("超期 %(n)s 个工作日办结", "超期 %(n)s 个工作日办结", late) % {"n": late} if late > 0 else _("按期办结")
    return format_html('<span class="{}">{}</span>', "left-late" if late > 0 else "left-ok", words)


@lru_cache(maxsize=4096)
def _running(_language: str | None, left: int, due: date, day: date, provisional: bool) -> SafeString:
    tone, words = _left(left, due, day)
    words = format_html('<span class="{}" title="{}">{}</span>', f"left-{tone}", due.isoformat(), words)
    if not provisional:
        return words
    return format_html('{} <span class="muted" title="{}">{}</span>', words, _("这一年的放假安排还没有公布,公布后日期可能变。"), _("暂定"))


def _left(left: int, due: date, day: date) -> tuple[str, str]:
    if due == day:
        return "soon", _("今天到期")
    if due < day:
        return "late", _("超期%(late)s") % {"late": lateness(max(-left, 1), due, day)}
    return ("soon" if left <= 1 else "ok"), ngettext("还剩 %(n)s 个工作日", "还剩 %(n)s 个工作日", left) % {"n": left}
