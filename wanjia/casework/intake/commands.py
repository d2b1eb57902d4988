"""A need is recorded: from this moment it has an owner and a date."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.acts import Asked, act, inside
from wanjia.kernel.calendar import CHINA, WorkingCalendar, today
from wanjia.kernel.command import SystemActor
from wanjia.kernel.erasure import WORD
from wanjia.orgs import scope
from wanjia.orgs.locks import hold
from wanjia.orgs.models import Area
from wanjia.policy.oldcodes import modern
from wanjia.policy.triage import step_days
from wanjia.registry.models import Household
from wanjia.registry.names import sounds_of
from wanjia.shapes import Changed, Filled, Shape
from wanjia.verdict import Refused

from ..closing.commands import reopen_need
from ..closing.rules import can_reopen
from ..commands import correct, hand_over, note_step, start_step
from ..models import Need, NumberSeries
from ..queries import last_numbers, triage_desk
from ..rules import in_whose_name
from ..screening.commands import appeal_decision
from ..states import ENDED, Category, Channel, NeedState
from ..subjects import NEEDS, VISITS
from . import forms, pages, queries, rules
from .queries import source_of

LOOK_AGAIN = 3  # days after a need was declined before it is asked again for what is not settled: a desk is not asked the same every morning
SERIES, COUNTED = Shape(lambda prefix: NumberSeries.objects.select_for_update().filter(pk=prefix)), Changed(NumberSeries, "pk")
WRITTEN = Filled(Need)


@act(
    NEEDS, "record", call="", words=_("登记诉求"), duty=Duty.RECORD_NEEDS, may=inside, new=True, page=False,
    because="the home is found first, then its need is written: intake.views.record", lines={"need.record": _("登记诉求")},
)  # fmt: skip
def record_need(
    *, by, at,
    village: Annotated[Area, Asked(_("村(社区)"), among=queries.villages_of, named=queries.areas_of, shown=queries.with_township)],
    summary: Annotated[str, Asked(_("困难是什么"), _("一句话:谁、遇到什么困难、盼着怎么办。"), rows=3, most=200, least=1)],
    category: Annotated[Category, Asked(_("属于哪一类"))],
    channel: Annotated[Channel, Asked(_("从哪里来"), select=True, initial=Channel.VISIT, but=(Channel.SLIP,))],
    requester_name: Annotated[str, Asked(_("诉求人姓名"), least=1)],
    household: Annotated[Household | None, Asked(_("家庭户"), among=queries.homes_of, page=False, spelt="household_id")] = None,
    requester=None, child=None,
    involves_child: Annotated[bool, Asked(_("涉及未成年人"))] = False,
    requester_phone: Annotated[str, Asked(
        _("联系电话"), _("加密保存,回访时用。"), most=20, attrs={"inputmode": "tel", "autocomplete": "off"},
    )] = "",
    requester_relation: Annotated[str, Asked(_("代谁反映、是什么关系"), _("本人反映的不用填。"), most=20)] = "",
    school_name: Annotated[str, Asked(_("学校"))] = "",
    story: Annotated[str, Asked(_("详细情况"), _("加密保存,查看要写理由。"), rows=4, most=2000)] = "",
    requester_last4: Annotated[str, Asked(_("身份证后四位"), most=4, page=False)] = "",
    basis: Annotated[str, Asked(_("工作机制"), among=queries.mandates, none=_("不标"), select=True)] = "",
    another: Annotated[bool, Asked(_("我看过,这是另一件"), page=False)] = False,
):  # fmt: skip
    """Record one need that a household voices (登记); it goes to the township's desk, to be answered within the reply days.

    another: somebody has looked and says that this is not the open need of the same home and kind. Raises SameNeed without it, and
    Refused when the actor may not, or the household lies in another village.
    """
    rules.can_record(by, village).or_raise()
    if household is not None and household.village_id[:12] != village.code[:12]:
        raise Refused(_("户编号 %(number)s 不在所选的村(社区),请核对。") % {"number": household.number})
    if not summary.strip():
        raise Refused(_("请用一句话写清楚困难是什么。"))
    _one_after_the_other(household or village, requester_name)
    same = queries.same_needs(by, category, village=village, household=household, name=requester_name.strip())
    rules.be_another(same, another, today(at))
    need = Need(
        village=village, household=household, requester=requester, requester_name=requester_name.strip(), channel=Channel(channel),
        category=category, summary=summary.strip(), recorded_by=by, recorded_org=scope.unit(by, duty=Duty.RECORD_NEEDS, code=village.code), child=child,
        involves_child=involves_child or child is not None, requester_phone=requester_phone, requester_relation=requester_relation,
        school_name=school_name, story=story, requester_last4=requester_last4, basis=basis,
    )  # fmt: skip
    return open_need(need, by=by, at=at)


def open_for(*, village, person, name, phone, kind, summary, story, unit, by, at, young=False, again=""):
    """Open a need that another app's act found, within that act (OPENS_NEEDS): that act's own rule has said who may. Returns its number.

    by: whoever did that act; somebody without an account says it of his own home, from away, and stands in no unit's name (Channel.SLIP); the clock, where a unit's own day is over, in its name.

    village: the Area where it is answered; person: of the register, or None for somebody known by name and telephone; kind: a Category; unit: in whose name;
    young: it is a child's, of whom the register may know nothing; again: the number of a need that was opened for the same and is not settled, whatever was
    struck off: it goes on where it can, as if its household said so, and its number is returned.
    """
    if again and _goes_on(again, summary, by=by, at=at):
        return again
    story = str(_("%(story)s以前的编号 %(number)s。") % {"story": story, "number": again}) if again else story
    _one_after_the_other(village, name)
    home = Household.objects.filter(memberships__person=person, memberships__to_on=None, village=village).first() if person else None
    himself = isinstance(by, SystemActor) and unit is None
    need = Need(
        village=village, household=home, requester=person, requester_name=name, requester_phone=phone, channel=Channel.SLIP if himself else Channel.DEPARTMENT,
        category=Category(kind), summary=summary, story=story, recorded_by=None if isinstance(by, SystemActor) else by, recorded_org=unit, involves_child=young,
    )  # fmt: skip
    return open_need(need, by=by, at=at).number


def _goes_on(number, words, *, by, at):
    """Let a need go on that another app's act finds unsettled: open as it stands, opened anew, or looked at again. Returns whether it does."""
    need = Need.objects.filter(number=number).first()
    if need is None or need.state not in ENDED:
        return need is not None
    if need.state == NeedState.DECLINED:
        if (at - need.ended_at).days >= LOOK_AGAIN:
            appeal_decision(need_id=need.pk, words=words, by=by, at=at)
        return True
    goes_on = bool(can_reopen(by, need, at=at))
    if goes_on:
        reopen_need(need_id=need.pk, words=words, by=by, at=at)
    return goes_on


def _one_after_the_other(place, name=""):
    """Let the needs of one home be written one after the other: two people who write the same at once would both find none there."""
    hold(f"needs of|{place.pk}|{name.strip() if isinstance(place, Area) else ''}")


def open_need(need, *, by, at, happened_at=None, calendar=None, desk=None):
    """Number and save a fresh need, give it its first owner and its reply date, and begin its timeline.

    calendar, desk: for whoever opens many needs and has asked for them once. A draft gets its number when it is written.
    """
    moment = happened_at or at
    calendar, day = calendar or WorkingCalendar.load(), today(moment)
    desk = desk or triage_desk(need.village, day) or in_whose_name(by, need)
    if desk is None:
        raise Refused(_("找不到%(village)s的受理单位,请管理员先登记乡镇单位。") % {"village": need.village.name})
    _mask_child(need)
    need.recorded_at, need.recorded_on = moment, day
    need.requester_name = modern(need.requester_name)
    need.requester_initials = sounds_of(need.requester_name)[1]
    need.holder, need.due_on = desk, calendar.add(day, step_days("reply")).on
    need.due_days = step_days("reply")
    start_step(need, "screen", moment, calendar)
    need.touched_at = at
    if need.draft is None:
        need.number = next_number(need.village, moment)
        WRITTEN(need)
    hand_over(need, desk, by=by, at=at, happened_at=moment)
    need.was = {}  # nothing was true before: the first line carries all
    note_step(need, "record", by=by, at=at, happened_at=moment, words=need.summary, number=need.number)
    return need


def _mask_child(need):
    """A child who asks for itself stands on the ledger as on every list: by initials, without the last four; its file says who it is."""
    asks = need.requester
    if asks is not None and asks.is_protected:
        need.requester_name, need.requester_last4 = asks.shown_name, ""
        need.involves_child, need.child = True, need.child or asks


def next_number(village, moment):
    """Return the next ledger number of the village's county and month: county6-yyyymm-seq."""
    return take_numbers(series_of(village, moment), 1)[0]


def series_of(village, moment):
    """Return the series from which a need of this village and moment gets its number."""
    return f"{village.code[:6]}-{moment.astimezone(CHINA):%Y%m}"


def take_numbers(prefix, count):
    """Return the next `count` numbers of a series, which is locked from here to the end of the transaction."""
    series, created = SERIES.first(prefix), False
    if series is None:
        series, created = NumberSeries.objects.select_for_update().get_or_create(prefix=prefix)
    last = last_numbers(prefix + "-") if created else series.last
    COUNTED({"last": last + count}, prefix)
    return [f"{prefix}-{n:04d}" for n in range(last + 1, last + count + 1)]


@act(
    NEEDS, "correct", words=_("更正"), done=_("已更正,原来写的留在时间线里。"), duty=Duty.RECORD_NEEDS, may=rules.can_correct, aside=True, rank=30,
    form=forms.Correct, template="casework/intake/correct.html",
)  # fmt: skip
def correct_need(
    need, *, by, at,
    summary: Annotated[str, Asked(_("困难是什么"), rows=3, most=200, least=1, initial=queries.as_said)],
    category: Annotated[Category, Asked(_("属于哪一类"), select=True, initial=queries.as_sorted)],
    another: Annotated[bool, Asked(_("我看过,这是另一件"), page=False)] = False,
):  # fmt: skip
    """Put right the sentence or the category of a need that was just written down (更正登记). What stood there stays in its timeline."""
    facts = {name: value for name, value in (("summary", summary.strip()), ("category", str(category))) if value != getattr(need, name)}
    if not summary.strip():
        raise Refused(_("请用一句话写清楚困难是什么。"))
    if not facts:
        raise Refused(_("和登记的一样,没有要更正的。"))
    if "category" in facts:
        _one_after_the_other(need.household or need.village, need.requester_name)
        same = queries.same_needs(by, category, village=need.village, household=need.household, name=need.requester_name)
        rules.be_another(same.exclude(pk=need.pk), another, today(at))
    said = [facts.get("summary", ""), str(Category(category).label) if "category" in facts else ""]
    correct(need, by=by, at=at, words=" · ".join(filter(None, said)), **facts)
    return need


@act(
    VISITS, "needs_of_visit", at="needs", words=_("走访完成"), duty=Duty.RECORD_NEEDS, may=rules.can_take_findings, call=None,
    because="recording the visit does it; other systems record needs one by one", template="casework/intake/of_visit.html", more=pages.findings,
    then=pages.at_the_door, button=False,
)  # fmt: skip
def take_findings(visit, *, by, at, another: Annotated[list[str], Asked(_("这是另一件"), among=queries.waiting_of)] = ()):
    """Make a need of every difficulty voiced in a visit (走访发现转诉求); those taken already stay as they are. Returns numbers.

    One that may repeat an open need of the home waits until `another` names it: somebody has looked and says that it is not the same.
    """
    _one_after_the_other(visit.household)
    found = [(finding, need) for finding, need in queries.findings_of(visit) if need or finding.words != WORD]  # what was erased since is asked no more
    held = {finding.pk for finding, need in found if not need and str(finding.pk) not in another and queries.same_as(finding, visit, by).exists()}
    return [(need or _need_of(finding, visit, by, at)).number for finding, need in found if finding.pk not in held]


def taken(visit, *, by, at):
    """Take what was voiced, beside the act that noted it."""
    return take_findings(visit_id=visit.pk, by=by, at=at)


def _need_of(finding, visit, by, at):
    home, asks = visit.household, finding.requester or speaker_of(visit.household)
    need = Need(
        village=home.village, household=home, requester=asks, requester_name=asks.name if asks else "未写明", requester_last4=asks.citizen_last4 if asks else "",
        channel=Channel.VISIT, category=finding.category, summary=finding.words[:200], story=finding.words[200:], basis=visit.mandate[:60],
        child=finding.about_child, involves_child=finding.about_child_id is not None, recorded_by=by, recorded_org=scope.unit(by, duty=Duty.RECORD_NEEDS, code=home.village_id),
        source_file=source_of(finding), source_row=0,
    )  # fmt: skip
    return open_need(need, by=by, at=at)


def speaker_of(home):
    """Return who stands for a home where nobody was named: its head, else the first who lives there; nobody who was erased. May be None."""
    living = [one for one in home.memberships.filter(to_on=None).select_related("person").order_by("from_on", "pk") if one.person.name != WORD]
    return next((one.person for one in sorted(living, key=lambda one: one.relation != "户主")), None)
