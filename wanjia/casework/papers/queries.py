"""What papers ask of the rows: who stands at which place, whose names may not be printed."""

import calendar
import re
from datetime import date
from urllib.parse import quote

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area, Organisation
from wanjia.policy.glyphs import unprintable
from wanjia.registry.models import Membership
from wanjia.reporting.models import Paper
from wanjia.reporting.states import PaperKind

from ..models import Need

# The act on which a paper stands: the same act keeps its number, a new one gets a new.
STANDS_ON = {
    PaperKind.ASSIGNMENT: ("assign", "reopen", "dispute"),
    PaperKind.RETURN: ("return",),
    PaperKind.REPLY: ("report_done", "decline"),
    PaperKind.CALLBACK: ("verify", "give_up_callback", "dispute", "callback_missed", "confirm"),
    PaperKind.CLOSING: ("verify", "give_up_callback", "close"),
}


def last_step(need, *acts):
    """Return the last line of the timeline with one of `acts`, or None."""
    return need.steps.filter(act__in=acts).select_related("by_org").order_by("-n").first()


def occasion_of(need, kind):
    """Return the number of the timeline's line that a paper stands on; 0 for the need as a whole."""
    step = last_step(need, *STANDS_ON[kind]) if kind in STANDS_ON else last_step(need, "assign")
    return step.pk if step else 0


def printed(need):
    """Return the papers printed of a need, the newest first."""
    return Paper.objects.filter(subject=Need._meta.label_lower, subject_id=need.pk)


def of_number(number):
    """Return the Q of papers about the need with a number."""
    return Q(subject=Need._meta.label_lower, subject_id__in=Need.objects.filter(number=number).values("pk"))


def whole_need(need_id):
    """Return a need with everything that papers name."""
    return Need.objects.select_related(
        "village__parent__parent", "holder__area", "handler", "household", "recorded_org", "requester", "child"
    ).get(pk=need_id)


def children_of(need, day):
    """Return the names of minors whom the need's texts might name: the child it is about, the asker, the home's children."""
    people = [person for person in (need.child, need.requester) if person and (person == need.child or person.is_minor_on(day))]
    if need.household_id:
        rows = Membership.objects.filter(household=need.household_id).select_related("person")
        people += [row.person for row in rows if row.person.is_minor_on(day)]
    return sorted({person.name for person in people if len(person.name) > 1}, key=len, reverse=True)


def without_children(text, names):
    """Replace each child's name in a text: no paper names a child."""
    if not names:
        return text
    return re.sub("|".join(map(re.escape, names)), "某某", text)


def assigner(need):
    """Return the unit that handed the need to its present owner, or the one that recorded it."""
    holding = need.holdings.order_by("-from_at", "-id").select_related("assigned_by").first()
    return (holding.assigned_by if holding and holding.assigned_by else None) or need.recorded_org or need.holder


def notice_day(month, now):
    """Return the last day counted by the notice of a month (yyyymm), or None for a month that is none or lies ahead."""
    if not re.fullmatch(r"20\d\d(0[1-9]|1[0-2])", month):
        return None
    year, number = int(month[:4]), int(month[4:])
    last = date(year, number, calendar.monthrange(year, number)[1])
    return min(last, now) if date(year, number, 1) <= now else None


def place_words(stem):
    """Return the short words for a place in a paper's number, county before township: 永善, 永善细沙."""
    codes = [stem[:digits].ljust(12, "0") for digits in (6, 9) if digits <= len(stem)]
    found = Area.objects.in_bulk(codes)
    short = [(found[code].short_name or found[code].name) for code in codes if code in found]
    return "".join(re.sub(r"(?<=..)(县|市|区|乡|镇|街道)$", "", name) for name in short)


def newest(needs, text=""):
    """Return the needs that the papers' page lists: those last moved first, or whose number or requester `text` gives."""
    if text:
        needs = needs.filter(number__icontains=text) | needs.filter(requester_name__startswith=text)
    return needs.select_related("village__parent", "holder").defer("story", "requester_phone", "ledger_cells")


def hard_to_print(need, actor):
    """Return [(field, characters that no font here bears)] of what papers of this need would say."""
    fields = (
        (_("诉求人"), need.requester_name), (_("诉求内容"), need.summary), (_("村(社区)"), f"{need.village.parent or ''}{need.village}"),
        (_("主办单位"), need.holder.name if need.holder else ""), (_("责任人"), need.responsible), (_("包案领导"), need.leader),
        (_("判定理由"), need.decision_reason), (_("结果说明"), need.outcome_text), (_("出具单位"), actor.org_name),
        (_("户编号"), f"{need.household.number}{need.household.group_name}" if need.household else ""),
    )  # fmt: skip
    return [(field, chars) for field, text in fields if (chars := unprintable(text))]


def places_hard_to_print(area):
    """Return [(place or unit, characters that no font here bears)] of an area: they stand on its monthly notice."""
    first, end = area.span()
    within = {"area__code__gte": first, "area__code__lt": end}
    names = [*Area.objects.filter(code__gte=first, code__lt=end).values_list("name", flat=True),
             *Organisation.objects.filter(**within).values_list("name", flat=True)]  # fmt: skip
    return [(name, chars) for name in dict.fromkeys(names) if (chars := unprintable(name))]


def day_words(day):
    """Spell a day as papers do: 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def moment_words(at):
    """Spell a moment's Chinese day."""
    return day_words(today(at)) if at else ""


def slip_addresses(code):
    """Return (the page where a code is typed, the page that the slip's QR opens)."""
    return reverse("casework:slip_enter"), reverse("casework:slip_page", args=[code])


def quoted(name):
    """Return a file name for a header."""
    return quote(name, safe="")


def notices(areas):
    """Return the published notices of `areas`, the newest first, each with its corrections."""
    papers = Paper.objects.filter(kind=PaperKind.MONTHLY, published__isnull=False, area__in=areas)
    return papers.select_related("area", "published__corrects").prefetch_related("corrections__paper").order_by("-printed_at")
