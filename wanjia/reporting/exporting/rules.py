"""Who may take a sheet out of the house, and who must agree."""

import re
from datetime import timedelta

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import day_start, today
from wanjia.orgs import scope
from wanjia.orgs.accounts.queries import read_posts
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area
from wanjia.policy.identity import fold, judge_phone
from wanjia.verdict import ALLOWED, Conflict, TooLate, first_refusal

from ..kinds import exported
from ..models import Export
from ..states import EXPORT, ExportState

ALONE = 500  # rows a day that one person, and one unit's people together, may take without an approver
GROWTH, FEW = 1.1, 5  # how far an approved export may have grown before it must be asked for again: by a part, or by a few rows
LIVES = timedelta(hours=24)
RESEND = timedelta(minutes=10)  # a broken download may be sent again
SHORTEST_PURPOSE = 4
CITIZEN = re.compile(r"\d{17}[\dX]")


def needs_approval(rows, columns, already=0):
    """Tell whether somebody else must agree: many rows in a day, in one piece or in slices, or any sensitive column."""
    return already + rows > ALONE or bool(columns)


def taken_alone(actor, at, but=None):
    """Count the rows asked for or taken on the day of `at` without an approver: by the actor, or by the actor's unit if that is more.

    but: the export that is judged now. What was asked for and may still be taken counts as if it had been.
    """
    mine = Export.objects.filter(asked_at__gte=day_start(today(at)), decided_by=None, state__in=(ExportState.APPROVED, ExportState.TAKEN))
    mine = mine.exclude(pk=but.pk) if but else mine
    return max(
        mine.filter(who).aggregate(n=Sum("rows"))["n"] or 0
        for who in (Q(asked_by=actor.pk), Q(asked_org=scope.unit(actor, duty=Duty.EXPORT), asked_org__isnull=False))
    )


def can_ask(actor, purpose, rows, kind, columns=()):
    """Decide whether the actor may ask for this export of an ExportKind."""
    own = kind.may(actor, columns) if kind.may else ALLOWED
    return first_refusal(
        (actor.has_duty(Duty.EXPORT), _("您的岗位没有导出权限。需要数据时,请台账员或台账办导出。")),
        (len(purpose.strip()) >= SHORTEST_PURPOSE, _("请写明导出做什么用(至少 4 个字),用途会印在表上,也会记入日志。")),
        (bool(own), own.reason),
        (rows > 0, _("按这个范围没有内容可以导出。")),
    )


def can_keep(kind, query, columns=()):
    """Decide whether a question may be kept with its request: it stands there and in the journal in clear, where no number may."""
    strange = sorted({*query} - {*kind.asks} | {name for name, said in query.items() if not isinstance(said, str)} | {*columns} - {*kind.sensitive})
    if strange:
        return first_refusal((False, _("这种导出没有这样的筛选条件或敏感列:%(names)s。") % {"names": "、".join(strange)}))
    asked = fold(query.get("q", ""))
    number = CITIZEN.fullmatch(asked) or (judge_phone(asked)[1] or "warn.").startswith("warn.")
    return first_refusal(
        (not asked or not number, _("按身份证号、电话查出来的不能导出:号码会留在申请和日志里。请换成姓名、户编号或诉求编号再查。")),
    )


def visible_exports(actor):
    """Return the exports that the actor asked for or may decide about."""
    own = Export.objects.filter(asked_by=actor.pk)
    near = Export.objects.filter(scope.in_reach(actor, area="asked_org__area_id", held="asked_org__line", duty=Duty.APPROVE_EXPORT))
    return own | near


def covers_whole(actor, export):
    """Tell whether the actor's approving posts cover all that the export may hold: the sheet is one piece (ADR 81), and so is the word about it."""
    return bool(covered(actor, [export]))


def covered(actor, exports):
    """Keep of `exports` those of which the actor's approving posts cover all that they may hold, as far as the question names no smaller place.

    What every post by which it is asked reaches; and each row that is asked for otherwise, wherever it lies, must be one that the
    approving posts show: its kind tells (`beyond`). However many exports: one question about the people's posts, one about the places, one about the rows.
    """
    places = Area.objects.in_bulk({_place(export) for export in exports} - {""})
    read_posts([export.asked_by for export in exports])
    near = [(export, *_span(export, places)) for export in exports]
    near = [(export, first, end) for export, first, end in near if _reach_covers(actor, export, first, end)]
    lost = _beyond(actor, near)
    return [export for export, _first, _end in near if export.pk not in lost]


def _place(export):
    one = exported().get(export.kind)
    return export.query.get(one.place, "") if one else ""


def _span(export, places):
    place = places.get(_place(export))
    return place.span() if place else ("0", ":")


def _reach_covers(actor, export, first, end):
    mine = scope.reaches(actor, duty=Duty.APPROVE_EXPORT)
    theirs = [(max(one.first, first), min(one.end, end), one.line) for one in scope.reaches(export.asked_by, duty=Duty.EXPORT)]
    return all(any(a.first <= begin and stop <= a.end and a.line in ("", line) for a in mine) for begin, stop, line in theirs if begin < stop)


def _beyond(actor, spans):
    """Return the ids of the exports that may hold a row which the actor's approving posts do not show; one of no known kind may hold any."""
    lost = {export.pk for export, _first, _end in spans if export.kind not in exported()}
    for key, one in exported().items():
        some = [span for span in spans if span[0].kind == key]
        lost |= one.beyond(actor, some) if one.beyond and some else set()
    return lost


def can_decide(actor, export):
    """Decide whether the actor may approve or refuse this export: never the one who asked."""
    return first_refusal(
        (actor.has_duty(Duty.APPROVE_EXPORT), _("您的岗位没有批准导出的权限。")),
        (export.asked_by_id != actor.pk, _("自己申请的导出不能自己批准,请另一位负责人审批。")),
        (visible_exports(actor).filter(pk=export.pk).exists(), _("这个导出申请不在您的辖区。")),
        (covers_whole(actor, export), _("这份导出超出您批准的范围:申请人的岗位还看得到别处的内容。请管得到全部范围的负责人审批。")),
        (EXPORT.allows("approve", export.state), _("这个导出申请已经处理过了。"), Conflict),
    )


def grown(rows):
    """Return how many rows an export of so many may have by the time it is sent."""
    return max(rows + FEW, int(rows * GROWTH))


def can_take(actor, export, rows, at):
    """Decide whether the actor may download this export now. rows: how many it would be now."""
    since = export.decided_at or export.asked_at
    # Not up to ALONE: who agreed to one row with a phone did not agree to five hundred.
    allowed = grown(export.rows) if export.decided_at else ALONE - taken_alone(actor, export.asked_at, but=export)
    return first_refusal(
        (export.asked_by_id == actor.pk, _("只有申请人本人可以下载。")),
        (actor.has_duty(Duty.EXPORT), _("您的岗位没有导出权限。")),
        (export.state != ExportState.WAITING, _("还没有批准,请等审批人处理。")),
        (export.state != ExportState.TAKEN, _("已经下载过了。每次批准只能下载一次,需要时请重新申请。"), TooLate),
        (EXPORT.allows("take", export.state), _("这次导出没有获得批准。")),
        (export.decided_by is None or covers_whole(export.decided_by, export), _("批准的人现在管不到这份导出的全部范围,请重新申请。")),
        (at - since < LIVES, _("已经超过 24 小时,请重新申请。"), TooLate),
        (rows <= allowed, _("现在符合条件的有 %(n)s 行,比申请时多了不少,请重新申请。") % {"n": rows}),
    )
