"""Publish the notice of an area and a month, and its corrections."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act, inside
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area
from wanjia.verdict import Refused

from ..figures.queries import areas_below
from ..kinds import bulletins
from ..models import Paper, PublishedNotice
from ..papers.commands import next_number
from ..papers.subjects import PAPERS
from . import pages, rules
from .forms import area_field, month_field
from .freezing import changes, moment_of, said, settled
from .queries import notice_day

PRINTS = {"lines": {"paper.print": _("打印文书")}, "by_line": {"paper.print": ()}}  # whoever prints: its line tells which paper


def _areas(_row, actor, _day):
    return areas_below(actor)


def _kinds(_row, actor, _day):
    offered = [one for one in bulletins().values() if one.duty is None or actor.has_duty(one.duty)]
    return [(one.key, f"{one.words}{one.hint}") for one in offered]


@act(
    PAPERS, "print_monthly", words=_("出通报"), duty=Duty.SEE_FIGURES, may=inside, new=True, call="monthly", **PRINTS,
    page=False, because="its form stands on the page of papers, which is shown again with what is missing (notices/views.py)",
)  # fmt: skip
def print_monthly(
    *, by, at,
    area: Annotated[Area, Asked(_("辖区"), among=_areas, field=area_field)],
    month: Annotated[str, Asked(_("月份"), field=month_field)],
    kind: Annotated[str, Asked(_("文种"), among=_kinds, when=lambda row, actor, day: len(_kinds(row, actor, day)) > 1)] = "",
):  # fmt: skip
    """Print the monthly notice of an area (月度通报). month: yyyymm, not after this one; a month under way counts to today.

    kind: which, where there are several. The first printing publishes: what the notice says is frozen under its number. Printing
    it again prints the same.
    """
    one = bulletins().get(kind or next(iter(bulletins())))
    if one is None:
        raise Refused(_("没有这种通报,请从列出的里选。"))
    as_of = notice_day(month, today(at))
    if as_of is None:
        raise Refused(_("请选择本月或以前的月份。"))
    rules.can_print_monthly(by, one, area, month, today(at)).or_raise()
    known = Paper.objects.filter(kind=one.key, area=area, period=month, as_of=as_of, published__corrects=None)
    paper = known.order_by("printed_at").first() or _numbered(one, area, month, as_of, by, at)
    if not PublishedNotice.objects.filter(paper=paper).exists():
        # As it was on the books when it got its number.
        PublishedNotice.objects.create(paper=paper, until=moment_of(paper), **settled(paper, paper.printed_at))
    _journal(paper, by, at)
    return paper


@act(
    PAPERS, "correct_notice", words=_("出更正"), duty=Duty.SEE_FIGURES, may=rules.can_correct, at="correct", call="correct",
    then=pages.drawn, raises=(Refused,), **PRINTS,
)  # fmt: skip
def correct_monthly(old, *, by, at):
    """Publish a correction (更正) of a notice: a new number that names the old one and lists what changed. The old one stays."""
    last = PublishedNotice.objects.filter(corrects=old).order_by("pk").last()
    before = last.paper if last else old
    paper = _numbered(bulletins()[old.kind], old.area, old.period, old.as_of, by, at)
    # The correction counts to the same moment as the notice it corrects; only what is known has grown.
    after = settled(old, None)
    changed = changes(before, after, until_of=old)
    if not changed["figures"] and not changed["rows"]:
        raise Refused(_("台账在这一天的情况没有变化,不需要更正。"))
    if may_correct := bulletins()[old.kind].may_correct:
        may_correct(before.published.content, after["content"]).or_raise()
    PublishedNotice.objects.create(paper=paper, until=old.published.until, corrects=old, changes=changed, **after)
    _journal(paper, by, at, corrects=old.number)
    return paper


def _numbered(one, area, month, as_of, by, at):
    return Paper.objects.create(
        kind=one.key, area=area, period=month, as_of=as_of, number=next_number(one.mark, area.stem, at),
        printed_at=at, printed_by=by, printed_org=scope.unit(by, duty=Duty.SEE_FIGURES, code=area.code),
    )  # fmt: skip


def _journal(paper, by, at, **detail):
    published = PublishedNotice.objects.get(paper=paper)  # as it is kept, not as it was worked out
    journal.record(
        act="paper.print", subject=paper, by=by, at=at, area_code=paper.area_id, paper=str(paper.kind), number=paper.number,
        month=paper.period, digest=published.digest, content=said(published), **detail,
    )  # fmt: skip
