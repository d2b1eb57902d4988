"""Give a paper its number and journal that it was printed."""

from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty
from wanjia.reporting.models import Paper, PaperSeries, PublishedNotice
from wanjia.reporting.states import PaperKind
from wanjia.verdict import NotFound, Refused

from ..models import Need
from ..rules import in_whose_name
from . import rules
from .monthly import changes, moment_of, said, settled
from .queries import notice_day, occasion_of, place_words, printed


@command("reporting.print_document")
def print_document(*, need_id, kind, by, at):
    """Print one paper of a need (出具文书). The same occasion keeps its number; each printing is journalled."""
    need = Need.objects.select_related("village", "holder").get(pk=need_id)
    rules.can_print(by, need, kind, at).or_raise()
    occasion = occasion_of(need, kind)
    paper = printed(need).filter(kind=kind, occasion=occasion).first()
    if paper is None:
        paper = Paper.objects.create(
            subject=Need._meta.label_lower, subject_id=need.pk, kind=kind, occasion=occasion, area=need.village, number=_next_number(kind, need.village_id[:6], at),
            printed_at=at, printed_by=by, printed_org=in_whose_name(by, need),
        )  # fmt: skip
    journal.record(
        act="paper.print", subject=paper, by=by, at=at, area_code=need.village_id, paper=str(kind), number=paper.number,
        need=str(need.pk), phone=kind == PaperKind.ASSIGNMENT and rules.sees_phone(by, need),
    )  # fmt: skip
    return paper


@command("reporting.print_monthly")
def print_monthly(*, area, month, by, at):
    """Print the monthly notice of an area (月度通报). month: yyyymm, not after this one; a month under way counts to today.

    The first printing publishes: what the notice says is frozen under its number. Printing it again prints the same.
    """
    rules.can_print_monthly(by, area).or_raise()
    as_of = notice_day(month, today(at))
    if as_of is None:
        raise Refused(_("请选择本月或以前的月份。"))
    known = Paper.objects.filter(kind=PaperKind.MONTHLY, area=area, period=month, as_of=as_of, published__corrects=None)
    paper = known.order_by("printed_at").first() or _numbered(area, month, as_of, by, at)
    if not PublishedNotice.objects.filter(paper=paper).exists():
        _publish(paper)
    _journal(paper, by, at)
    return paper


@command("reporting.correct_monthly")
def correct_monthly(*, paper_id, by, at):
    """Publish a correction (更正) of a notice: a new number that names the old one and lists what changed. The old one stays."""
    old = Paper.objects.select_related("area", "published").filter(kind=PaperKind.MONTHLY, published__isnull=False, pk=paper_id).first()
    if old is None:
        raise NotFound(_("没有找到这份通报。"))
    rules.can_print_monthly(by, old.area).or_raise()
    last = PublishedNotice.objects.filter(corrects=old).order_by("pk").last()
    before = last.paper if last else old
    paper = _numbered(old.area, old.period, old.as_of, by, at)
    # The correction counts to the same moment as the notice it corrects; only what is known has grown.
    after = settled(old, None)
    changed = changes(before, after, until_of=old)
    if not changed["figures"] and not changed["rows"]:
        raise Refused(_("台账在这一天的情况没有变化,不需要更正。"))
    PublishedNotice.objects.create(paper=paper, until=old.published.until, corrects=old, changes=changed, **after)
    _journal(paper, by, at, corrects=old.number)
    return paper


def _numbered(area, month, as_of, by, at):
    return Paper.objects.create(
        kind=PaperKind.MONTHLY, area=area, period=month, as_of=as_of, number=_next_number(PaperKind.MONTHLY, area.stem, at),
        printed_at=at, printed_by=by, printed_org=scope.unit(by, duty=Duty.SEE_FIGURES, code=area.code),
    )  # fmt: skip


def _publish(paper):
    """Freeze what the notice says, as it was on the books when it got its number."""
    PublishedNotice.objects.create(paper=paper, until=moment_of(paper), **settled(paper, paper.printed_at))


def _journal(paper, by, at, **detail):
    published = PublishedNotice.objects.get(paper=paper)  # as it is kept, not as it was worked out
    journal.record(
        act="paper.print", subject=paper, by=by, at=at, area_code=paper.area_id, paper=str(paper.kind), number=paper.number,
        month=paper.period, digest=published.digest, content=said(published), **detail,
    )  # fmt: skip


def _next_number(kind, stem, at):
    """Return 永善诉交〔2026〕12号: the place, the kind's mark, the year, the next number of the year."""
    place, year, mark = place_words(stem), today(at).year, rules.KINDS[kind].mark
    series, _made = PaperSeries.objects.select_for_update().get_or_create(prefix=f"{mark}{stem}-{year}")
    series.last += 1
    series.save(update_fields=["last"])
    return f"{place}{mark}〔{year}〕{series.last}号"
