"""The acts of the strict path (rules.md §f.7): after repair failed, talk was refused and a council voted, a household code and an outdoor fact, on the group's paper board alone, fifteen days at most."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.policy import appraisal as policy
from wanjia.verdict import Conflict

from ...appraisal.rules import says_nothing_of
from ...appraisal_states import STRICT, StrictState
from ...duties import Duty
from ...models import AgendaItem, BodySeat, StrictNotice, StrictObjection
from .. import queries, rules
from ..commands import down
from ..subjects import SHORTS, STRICTS

KEEPS, REVIEWS = {"duty": Duty.KEEP_APPRAISAL}, {"duty": Duty.REVIEW_APPRAISAL}


@act(SHORTS, "strict_new", at="board", words=_("拟小组纸质栏"), done=_("已拟好,等另一个人核对。"), **KEEPS, may=rules.can_draw, aside=True, rank=50, tone="quiet",
     then=lambda _request, _row, one: queries.page_of_strict(one), lines={"strict_notice.draw": _("拟小组纸质栏")})  # fmt: skip
def draw_strict(
    shortcoming, *, by, at,
    item: Annotated[AgendaItem, Asked(_("哪个议事会决定"), _("一户一议,期限过了以后表决通过、会议记录已签字的。"), among=queries.decisions_for, named=lambda *_asked: AgendaItem.objects.all())],
    refused: Annotated[str, Asked(_("怎么拒绝沟通的"), _("哪天、谁去、怎么说。"), rows=2, least=8, most=200)],
    words: Annotated[str, Asked(_("贴出的话"), _("只写户外看得见的事。户编号系统自己印,这里不写人、不写户。"), least=4, most=80, initial=lambda row, *_rest: row.fact[:80] if row else None)],
):  # fmt: skip
    """Draw up a notice for the group's paper board (上小组纸质栏). Refused without a valid decision of a council after the days for repair, or where the text says more than an outdoor fact."""
    rules.bears(item, shortcoming).or_raise()
    says_nothing_of(words, policy.LIST, shortcoming.home, today(at)).or_raise()
    try:
        with transaction.atomic():
            one = StrictNotice.objects.create(village_id=shortcoming.village_id, shortcoming=shortcoming, item=item, refused=refused.strip(), words=words.strip(), drawn_at=at, drawn_by_id=by.id)
    except IntegrityError:
        raise Conflict() from None
    journal.record(act="strict_notice.draw", subject=one, by=by, at=at, area_code=one.village_id)
    return one


@act(STRICTS, "strict_put_up", at="up", words=_("核对,贴小组栏"), done=_("印出来贴在小组栏。到期、改好当天撕下。不上网。"), **REVIEWS, may=rules.can_put_up, rank=10, lines={"strict_notice.put_up": _("贴小组纸质栏")})
def put_up_strict(strict_notice, *, by, at):
    """Put it up on the group's paper board (贴出), by another hand: fifteen days, the first and the last included. It is on no page for the public."""
    strict_notice.from_on, strict_notice.put_up_by_id = today(at), by.id
    strict_notice.until_on = policy.last_day(today(at), policy.in_force(today(at)).strict_days)
    journal.move(strict_notice, STRICT, "put_up", by=by, at=at, saving=["from_on", "until_on", "put_up_by"], area_code=strict_notice.village_id)
    return strict_notice


@act(STRICTS, "strict_object", at="object", words=_("登记异议,撕下"), done=_("已登记。马上撕下,监督委员会答复以前不能再贴。"), **REVIEWS, may=rules.can_object, rank=5, lines={"strict_notice.object": _("登记纸质栏异议"), "strict_notice.stop": _("有异议,撕下")})
def object_to_strict(strict_notice, *, by, at, words: Annotated[str, Asked(_("怎么说"), _("照原话记,谁提的都算,不写提的人是谁。"), rows=2, least=4, most=200)]):
    """Write down what somebody says against it (异议): it comes down at once, until the supervision committee has answered."""
    StrictObjection.objects.create(notice=strict_notice, told_on=today(at), words=words.strip(), told_at=at, told_by_id=by.id)
    journal.record(act="strict_notice.object", subject=strict_notice, by=by, at=at, area_code=strict_notice.village_id)
    if strict_notice.state == StrictState.UP:
        journal.move(strict_notice, STRICT, "stop", by=by, at=at, area_code=strict_notice.village_id)
    return strict_notice


@act(STRICTS, "strict_answer", at="answer", words=_("记监督委员会的答复"), done=_("已记下。"), **REVIEWS, may=rules.can_answer, rank=5,
     lines={"strict_notice.answer": _("答复纸质栏异议"), "strict_notice.resume": _("异议不成立,再贴"), "strict_notice.take_down": _("撤下小组纸质栏")})  # fmt: skip
def answer_strict(
    strict_notice, *, by, at,
    objection: Annotated[StrictObjection, Asked(_("哪一条异议"), among=queries.objections_open, named=queries.objections_of, shown=lambda one: one.words)],
    seat: Annotated[BodySeat, Asked(_("监督委员会谁答复"), among=queries.seats_for, within=_("要由本村村务监督委员会的人答复。"))],
    upheld: Annotated[bool, Asked(_("成立吗"), answers=(_("成立,不再贴"), _("不成立")))],
    answer: Annotated[str, Asked(_("答复"), _("查了什么、结果怎样。"), rows=2, least=4, most=200)],
):  # fmt: skip
    """Write down what the supervision committee answers (答复): upheld, it never hangs again; else it hangs for what is left of its days, once all are answered and where the home needs no hand by now."""
    values = {"upheld": upheld, "answer": answer.strip(), "seat": seat, "answered_on": today(at), "answered_by": by.id}
    if not StrictObjection.objects.filter(pk=objection.pk, notice=strict_notice, upheld=None).update(**values):
        raise Conflict()
    journal.record(act="strict_notice.answer", subject=strict_notice, by=by, at=at, area_code=strict_notice.village_id, upheld=upheld)
    if upheld:
        down(strict_notice.shortcoming, _("异议成立"), by=by, at=at)
    elif strict_notice.state == StrictState.STOPPED and today(at) <= strict_notice.until_on and not strict_notice.objections.filter(upheld=None).exists():
        if rules.is_to_be_helped(strict_notice.shortcoming.home, today(at)):
            down(strict_notice.shortcoming, _("先帮一把"), by=by, at=at)
        else:
            journal.move(strict_notice, STRICT, "resume", by=by, at=at, area_code=strict_notice.village_id)
    strict_notice.refresh_from_db()
    return strict_notice


@act(STRICTS, "strict_down", at="down", words=_("撤下"), done=_("已撤下,纸上的今天就撕。"), **REVIEWS, may=rules.can_take_down, rank=30, tone="quiet", lines={"strict_notice.take_down": _("撤下小组纸质栏")})
def take_down_strict(strict_notice, *, by, at, reason: Annotated[str, Asked(_("为什么撤下"), least=2, most=120)]):
    """Take it down (撤下), at any time and by any hand; it never hangs again."""
    down(strict_notice.shortcoming, reason.strip(), by=by, at=at)
    strict_notice.refresh_from_db()
    return strict_notice
