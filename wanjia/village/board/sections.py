"""What meetings, decisions, votes, points and bodies put on the board: each a function of (village, day, limit, group_name) → [Posted]. No name of anybody but of who holds an office."""

from datetime import timedelta
from itertools import groupby

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wanjia.kernel.calendar import today
from wanjia.reporting.posted import Posted

from ..deciding.rules import up
from ..meetings.queries import RHYTHM, spans
from ..models import AgendaItem, BodySeat, GoverningBody, Meeting, PointClaim, PointLapse, PointMonth, Poll, PublicNotice
from ..point_states import ClaimState, LapseState, MonthState
from ..poll_states import PollState
from ..states import DECIDED, BodyKind, MeetingState, Office

SHOWN_DAYS = 366  # what was decided stands for a year: until the next year's account of the committee (民主评议)
HELD = {
    12: gettext_lazy("%(body)s最近 %(n)s 个月开成 %(held)s 个月,没有开成 %(missed)s 个月。"), 4: gettext_lazy("%(body)s最近 %(n)s 个季度开成 %(held)s 个季度,没有开成 %(missed)s 个季度。"),
    1: gettext_lazy("%(body)s最近 %(n)s 年开成 %(held)s 年,没有开成 %(missed)s 年。"),
}  # fmt: skip
NAMED = (BodyKind.COMMITTEE, BodyKind.SUPERVISION, BodyKind.GOVERNANCE, BodyKind.COUNCIL)  # whose seats are offices that the village may know by name


def _here(village, group_name, path="body__"):
    """Return the Q of what is the whole village's, and of one group where that is asked for: all groups' where none is."""
    mine = Q(**{f"{path}area": village})
    return mine & Q(**{f"{path}group_name__in": ("", group_name)}) if group_name else mine


def open_to_objection(village, day, limit, group_name):
    """What is up and may be objected to, the soonest end first; of points the sum of a group."""
    rows = PublicNotice.objects.filter(_here(village, group_name, "item__body__"), up(day)).select_related("item__body").annotate(n=Count("objections"), waits=Count("objections", filter=Q(objections__outcome="")))
    found = [Posted(_("%(title)s:%(words)s") % {"title": one.item.posted_title, "words": one.words} + _heard(one), one.from_on, one.until_on, href=reverse("village:public_objecting", args=[village.pk, one.pk])) for one in rows.order_by("until_on", "pk")[:limit]]
    return found + _points_up(village, day, limit, group_name)


def _heard(one):
    if not one.n:
        return ""
    return " " + ngettext("已经收到 %(n)s 条异议,%(waits)s 条等着答复。", "已经收到 %(n)s 条异议,%(waits)s 条等着答复。", one.n) % {"n": one.n, "waits": one.waits}


def _points_up(village, day, limit, group_name):
    rows = PointClaim.objects.filter(village=village, state=ClaimState.POSTED, until_on__gte=day)
    rows = rows.filter(home__group_name=group_name) if group_name else rows
    sums = rows.order_by().values("home__group_name").annotate(n=Count("pk"), last=Max("until_on"), first=Max("posted_on")).order_by("home__group_name")[:limit]
    return [Posted(_("%(group)s积分公示 %(n)s 件,各户的贴在村里的公示栏。") % {"group": one["home__group_name"], "n": one["n"]}, one["first"], one["last"]) for one in sums]


def decided(village, day, limit, group_name):
    """What was decided within a year and stood its days on the board, the latest first: by how many, and whether it was carried out. What is still up, was taken down or goes back to its body stands not here."""
    since = day - timedelta(days=SHOWN_DAYS)
    rows = AgendaItem.objects.filter(_here(village, group_name), state__in=DECIDED, decided_on__gte=since, notices__withdrawn_on=None, notices__from_on__lte=day)
    rows = rows.exclude(pk__in=PublicNotice.objects.filter(up(day), area=village).values("item")).filter(notices__until_on__lt=day)
    return [Posted(_decision(one, day), one.decided_on) for one in rows.select_related("body").order_by("-decided_on", "pk").distinct()[:limit]]


def _decision(one, day):
    words = {"body": one.body.name, "title": one.posted_title, "for": one.votes_for, "against": one.votes_against, "abstain": one.votes_abstain, "conclusion": one.conclusion}
    said = _("%(body)s通过“%(title)s”:%(conclusion)s(同意 %(for)s、不同意 %(against)s、弃权 %(abstain)s)。") % words
    if one.done_on and one.done_on <= day:
        return said + " " + _("%(day)s 已落实:%(words)s") % {"day": one.done_on, "words": one.done_words}
    late = one.due_on and one.due_on < day
    return said + " " + ((_("应在 %(day)s 前落实,已经过期。") if late else _("%(day)s 前落实。")) % {"day": one.due_on})


def meetings(village, day, limit, group_name):
    """The meetings that were called and are to come, with what they will speak of; of each body with a rhythm the months, quarters or years with and without a meeting."""
    coming = Meeting.objects.filter(_here(village, group_name), state=MeetingState.CALLED, day__gte=day).select_related("body").prefetch_related("items").order_by("day", "pk")[:limit]
    found = [Posted(_called(one), one.told_on) for one in coming]
    for body in GoverningBody.objects.on(day).filter(_here(village, group_name, ""), kind__in=RHYTHM).order_by("kind", "group_name", "pk")[:limit]:
        rows = spans(body, day)
        if rows:
            held, missed = (sum(one.state in states for one in rows) for states in (("held",), ("missed", "failed")))
            found.append(Posted(HELD[rows[0].per_year] % {"body": body.name, "n": len(rows), "held": held, "missed": missed}, rows[0].first))
    return found


def _called(one):
    said = _("%(body)s %(day)s 在%(place)s开会。") % {"body": one.body.name, "day": one.day, "place": one.place}
    titles = "、".join(item.posted_title for item in one.items.all())
    return said + (" " + _("议题:%(titles)s") % {"titles": titles} if titles else "")


def votes(village, day, limit, group_name):
    """The votes of homes that run, and those whose board is published, with the way to it."""
    running = Poll.objects.filter(area=village, state__in=(PollState.ISSUING, PollState.VOTING, PollState.COUNTING)).order_by("-roll_on", "pk")[:limit]
    counted = Poll.objects.filter(area=village, state=PollState.CLOSED, closed_on__gte=day - timedelta(days=SHOWN_DAYS), closed_on__lte=day).order_by("-closed_on", "pk")[:limit]
    found = [Posted(_running(one) % {"question": one.question}, one.opened_on or one.roll_on, href=reverse("village:poll_vote", args=[one.pk])) for one in running]
    return found + [Posted(_("已经公布:%(question)s") % {"question": one.question}, one.closed_on, href=reverse("village:poll_board", args=[one.pk])) for one in counted]


def _running(one):
    return _("正在计票:%(question)s") if one.state == PollState.COUNTING else _("正在表决:%(question)s")


def points(village, _day, limit, group_name):
    """What homes were told that lapses; the months of points that another hand checked, as sums."""
    told = [] if group_name else PointLapse.objects.filter(village=village, state=LapseState.TOLD).order_by("until_on", "pk")[:limit]
    lapsing = [Posted(_("%(year)s 年记的积分用到 %(day)s,没有用的到期注销。各户多少分贴在村里的公示栏。") % {"year": one.year, "day": one.until_on}, one.told_on, one.until_on) for one in told]
    rows = [] if group_name else PointMonth.objects.filter(village=village, state=MonthState.CHECKED).order_by("-month")[:limit]
    said = _("%(month)s:记分 %(awarded)s,冲正 %(reversed)s,兑换 %(spent)s(%(n)s 笔),月末各户共 %(closing)s 分。")
    return lapsing + [Posted(said % {"month": one.month, "awarded": one.awarded, "reversed": one.reversed, "spent": one.spent, "n": one.redemptions, "closing": one.closing} + _lapsed(one), today(one.checked_at)) for one in rows]


def _lapsed(one):
    return " " + _("过期 %(n)s 分。") % {"n": one.lapsed} if one.lapsed else ""


def bodies(village, day, limit, group_name):
    """The bodies that stand, until when, and who holds an office in them."""
    rows = list(GoverningBody.objects.on(day).filter(_here(village, group_name, "")).order_by("kind", "group_name", "pk")[:limit])
    seats = BodySeat.objects.on(day).filter(body__in=[one for one in rows if one.kind in NAMED]).select_related("person").order_by("body_id", "from_on", "pk")
    sits = {body: list(some) for body, some in groupby(seats, key=lambda seat: seat.body_id)}
    return [Posted(_body(one, sits.get(one.pk, [])), one.from_on) for one in rows]


def _body(one, seats):
    said = one.name
    if one.term_until:
        said += _(",任期到 %(day)s") % {"day": one.term_until}
    offices = ";".join(f"{office} {names}" for office, names in _by_office(seats))
    return said + (f":{offices}。" if offices else "。")


def _by_office(seats):
    """Yield (office, names) of seats, the head first."""
    for office in Office:
        names = "、".join(str(one) for one in seats if one.office == office)
        if names:
            yield office.label, names
