"""What the yearly audit counts: each figure one definition, a count of rows, and what may be shown of these rows to whoever audits.

No row shows a child: of people only their number is told, of a leave who, when and on what footing. Reports of children in danger are
banded, so that a single one is never told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanjia.kernel import journal
from wanjia.kernel.calendar import day_start
from wanjia.kernel.models import Entry
from wanjia.orgs.carried import roles_with
from wanjia.orgs.models import Post, User
from wanjia.policy.statuses import months_after
from wanjia.registry.duties import Duty
from wanjia.registry.lookups.commands import LOOK_UP
from wanjia.registry.models import AccessKind, FileAccess, Person
from wanjia.registry.permits import opens_by
from wanjia.registry.states import AccessState
from wanjia.reporting.models import Export

from ..models import ProtectionReport
from ..protection.rules import at_once

SMALL = 5  # of reports of children in danger fewer are told as "fewer than five", none among them
MAJORITY = 12 * 18  # months


@dataclass(frozen=True)
class Span:
    """What a report counts: an area, its year up to and including `as_of`."""

    area: object
    year: int
    as_of: date

    @property
    def since(self) -> datetime:
        """The first moment of the year."""
        return day_start(date(self.year, 1, 1))

    @property
    def until(self) -> datetime:
        """The first moment that no longer counts."""
        return day_start(self.as_of + timedelta(days=1))

    def within(self, path: str, *, moment: str = "") -> Q:
        """The Q of rows whose area code at `path` lies in the area, and whose `moment` lies in the year."""
        first, end = self.area.span()
        here = Q(**{f"{path}__gte": first, f"{path}__lt": end})
        return here & Q(**{f"{moment}__gte": self.since, f"{moment}__lt": self.until}) if moment else here


@dataclass(frozen=True)
class Figure:
    """One figure: its key, its words, its definition, span → the rows it counts; shown: row → cells, () where no row is shown; banded."""

    key: str
    words: object
    meaning: object
    rows: Callable
    shown: Callable | None = None
    banded: bool = False

    @property
    def opens(self) -> bool:
        """Whether the number leads to its rows; a page cannot ask `shown`, which a template would call."""
        return self.shown is not None

    def count(self, span: Span) -> int:
        """Count its rows."""
        found = self.rows(span)
        return len(found) if isinstance(found, list) else found.count()

    def told(self, span: Span) -> str:
        """Return the number as it is printed."""
        n = self.count(span)
        return _("不足 %(n)s") % {"n": SMALL} if self.banded and n < SMALL else str(n)


def children(span):
    """Who was on the register by the end and had not come of age."""
    born = months_after(span.as_of, -MAJORITY)
    alive = Q(died_on=None) | Q(died_on__gt=span.as_of)
    return Person.objects.filter(span.within("village_id"), alive, merged_into=None, birth_on__gt=born, registered_at__lt=span.until)


def holders(span):
    """The posts held on the day by which children's files open."""
    held = Post.objects.on(span.as_of).filter(span.within("organisation__area_id"), role__in=roles_with(Duty.OPEN_CHILD_FILES), user__is_active=True)
    held = held.select_related("organisation", "user").order_by("organisation__area_id", "organisation__name", "role", "pk")
    return [post for post in held if opens_by(post)]


def _accesses(kind, **facts):
    def rows(span):
        found = FileAccess.objects.filter(span.within("area_id", moment="asked_at"), kind=kind, **facts)
        return found.select_related("by", "unit", "area").order_by("asked_at", "pk")

    return rows


def _granted(span):
    return _accesses(AccessKind.ASKED, from_at__lt=span.until)(span)


def _refused(span):
    return _accesses(AccessKind.ASKED, state=AccessState.REFUSED, decided_at__lt=span.until)(span)


def _in_time(span):
    return [one for one in _emergencies(span).filter(reviewed_at__lt=span.until) if one.reviewed_at < day_start(one.review_by_on + timedelta(days=1))]


def _late_reviews(span):
    """Reviewed after its day, or not though its day is over by the end of the span, so that what nobody ever reviews is no better than what is late.

    What has its day still before it is not late.
    """
    in_time = {one.pk for one in _in_time(span)}
    return [one for one in _emergencies(span) if one.pk not in in_time and day_start(one.review_by_on + timedelta(days=1)) <= span.until]


def _improper(span):
    return _accesses(AccessKind.EMERGENCY, proper=False, reviewed_at__lt=span.until)(span)


_emergencies = _accesses(AccessKind.EMERGENCY)


def _lines(*acts, **facts):
    def rows(span):
        return Entry.objects.filter(span.within("area_code", moment="at")).filter(act__in=acts, **facts).order_by("seq")

    return rows


def _opened(by):
    """The readings of children's files by a post's duty, or by a leave."""
    def rows(span):
        lines, leave = _lines("child.open_file")(span), Q(detail__has_key="access")
        return lines.filter(leave) if by == "access" else lines.exclude(leave)

    return rows


def _by_people_here(span, **facts):
    """Lines that bear no place, by the people who had a post in the area."""
    people = User.objects.filter(pk__in=Post.objects.filter(span.within("organisation__area_id")).values("user")).values_list("pk", flat=True)
    return Entry.objects.filter(at__gte=span.since, at__lt=span.until, by_id__in=list(people), **facts).order_by("seq")


def _look_ups(span):
    return _by_people_here(span, act=LOOK_UP)


def _refused_files(span):
    return _by_people_here(span, act__in=("upload.meet_afar", "upload.try_births"), detail__told=False)


def _exports(span):
    found = Export.objects.filter(span.within("asked_org__area_id", moment="taken_at"))
    return found.select_related("asked_by", "asked_org").order_by("taken_at", "pk")


def _erasures(span):
    born = months_after(span.as_of, -MAJORITY)
    lines = journal.erasures().filter(at__gte=span.since, at__lt=span.until).order_by("seq")
    people = Person.objects.filter(span.within("village_id"), birth_on__gt=born, pk__in=[line.subject_id for line in lines])
    young = {str(pk) for pk in people.values_list("pk", flat=True)}
    return [line for line in lines if line.subject_id in young]


def _reports(span):
    return ProtectionReport.objects.filter(span.within("area_id", moment="discovered_at")).order_by("discovered_at", "pk")


def _late(span):
    end = min(span.until, timezone.now())  # a report of the last hour is not late yet because the day will end
    return [one for one in _reports(span).only("discovered_at", "reported_at") if min(one.reported_at or end, end) - one.discovered_at > at_once(one.discovered_at)]


def _of_access(one):
    return one.asked_at, f"{one.by.name} · {one.unit.name}", one.area.name, one.stands[1]


def _of_line(line):
    return line.at, f"{line.by_name} · {line.by_org}", line.area_code, line.seq


def _of_post(post):
    return day_start(post.from_on), f"{post.user.name} · {post.organisation.name}", post.get_role_display(), ""


def _of_export(one):
    return one.taken_at, f"{one.asked_by.name} · {one.asked_org.name if one.asked_org else ''}", str(one.words), one.rows


def _figure(key, words, meaning, rows, shown=None, banded=False):
    return Figure(key, words, meaning, rows, shown, banded)



SECTIONS = (
    (gettext_lazy("一、档案和谁能打开"), (
        _figure("children", gettext_lazy("在册未成年人档案"), gettext_lazy("截至当日在册、未满 18 周岁、没有并入别的记录的人"), children),
        _figure("holders", gettext_lazy("凭岗位能打开儿童档案的岗位"), gettext_lazy("当日在岗,岗位带查看儿童档案的权限,单位属于村、乡镇或教育、民政、残联、妇联"), holders, _of_post),
    )),
    (gettext_lazy("二、打开档案"), (
        _figure("opened_by_post", gettext_lazy("凭岗位职责打开(次)"), gettext_lazy("日志里凭岗位打开儿童档案的行"), _opened("post"), _of_line),
        _figure("opened_by_access", gettext_lazy("凭批准或紧急查阅打开(次)"), gettext_lazy("日志里凭查阅批准打开儿童档案的行"), _opened("access"), _of_line),
    )),
    (gettext_lazy("三、查阅审批"), (
        _figure("asked", gettext_lazy("申请查阅"), gettext_lazy("当年提出的查阅申请"), _accesses(AccessKind.ASKED), _of_access),
        _figure("granted", gettext_lazy("其中批准"), gettext_lazy("当年提出、已批准的"), _granted, _of_access),
        _figure("refused", gettext_lazy("其中不批准"), gettext_lazy("当年提出、没有批准的"), _refused, _of_access),
    )),
    (gettext_lazy("四、紧急查阅"), (
        _figure("emergencies", gettext_lazy("紧急查阅"), gettext_lazy("当年打开的紧急查阅"), _emergencies, _of_access),
        _figure("reviewed", gettext_lazy("其中按期复核"), gettext_lazy("在复核期限以内由另一条线的负责人复核的"), _in_time, _of_access),
        _figure("late_reviews", gettext_lazy("其中逾期复核或还没有复核"), gettext_lazy("过了复核期限才复核,或到截止日已过期限还没有复核的"), _late_reviews, _of_access),
        _figure("improper", gettext_lazy("其中复核为不应当"), gettext_lazy("复核结论是不应当的"), _improper, _of_access),
    )),
    (gettext_lazy("五、查号、导出、删除"), (
        _figure("look_ups", gettext_lazy("按整个号码查人(次)"), gettext_lazy("日志里按号码查人的行,不分查到没有"), _look_ups, _of_line),
        _figure("refused_files", gettext_lazy("名单试探被拒"), gettext_lazy("名单对上别处的人太多、或试同名孩子的出生日期太多,系统没有再告知的"), _refused_files, _of_line),
        _figure("exports", gettext_lazy("导出下载"), gettext_lazy("当年下载的各种导出"), _exports, _of_export),
        _figure("erasures", gettext_lazy("依法删除未成年人信息"), gettext_lazy("当年两人决定、依法删除的未成年人"), _erasures),
    )),
    (gettext_lazy("六、强制报告时效"), (
        _figure("reports", gettext_lazy("强制报告"), gettext_lazy("当年发现的强制报告;不足 5 份的不报准数"), _reports, banded=True),
        _figure("late_reports", gettext_lazy("其中发现后超过 2 小时有权机关才收到,或还没有收到"), gettext_lazy("按钟点算,昼夜、节假日都算;不足 5 份的不报准数"), _late, banded=True),
    )),
)  # fmt: skip
FIGURES = {one.key: one for _words, figures in SECTIONS for one in figures}


def by_role(span):
    """Return [(unit, role in words, n)] of who may open files by duty, by place: no ranking."""
    counts: dict[tuple, int] = {}
    for post in holders(span):
        at = (post.organisation.area_id, post.organisation.name, str(post.get_role_display()))
        counts[at] = counts.get(at, 0) + 1
    return [(unit, role, n) for (_code, unit, role), n in sorted(counts.items())]
