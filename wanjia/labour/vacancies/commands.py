"""Write a vacancy down, held against the law; confirm it as true; change, withdraw it; note who started."""

from datetime import date, timedelta
from typing import Annotated

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import said
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.fields import searched
from wanjia.policy import demand, vacancy_words
from wanjia.policy.work_places import places
from wanjia.verdict import Refused

from ..demand_states import VACANCY, Boarding, Checked, Month, PayUnit, Shift
from ..duties import Duty
from ..employers import asking as employers
from ..employers.subjects import EMPLOYERS
from ..models import Agreement, Spell, Start, Vacancy
from ..workers.asking import trade_choices
from . import asking, pages, rules
from .subjects import VACANCIES

TITLE = Asked(_("岗位叫什么"), _("例如“分拣工”“缝纫工”。"), least=2, most=40, initial=asking.own("title"))
TRADE = Asked(_("工种"), among=trade_choices, select=True, none=_("请选择"), initial=asking.own("trade"))
HEADCOUNT = Asked(_("招几人"), least=1, most=20000, initial=asking.own("headcount"))
PAY_FROM = Asked(_("工资从多少"), least=1, most=200000, initial=asking.own("pay_from"))
PAY_TO = Asked(_("到多少"), _("写得到的数,不写封顶的数。"), least=1, most=200000, initial=asking.own("pay_to"))
PAY_UNIT = Asked(_("工资按"), initial=asking.own("pay_unit", PayUnit.MONTH))
PLACE = Asked(_("在哪里上班"), **searched(employers.places_of_work), initial=asking.place_at_first)
DAY_HOURS = Asked(_("每天几小时"), least=1, most=24, initial=asking.own("day_hours"))
WEEK_DAYS = Asked(_("每周几天"), least=1, most=7, initial=asking.own("week_days"))
WORDS = Asked(_("做什么、有什么要求"), _("写活计、技能、怎么发工资。性别、婚育、民族、户籍、乙肝、押金、扣证件不能写。"), least=4, most=300, rows=4, initial=asking.own("words"))
FROM_ON = Asked(_("从哪天起招"), initial=lambda row, _actor, day: getattr(row, "from_on", day))
UNTIL_ON = Asked(_("招到哪天为止"), _("这一天起就不再招。"), initial=asking.own("until_on"))
SHIFT, BOARDING = Asked(_("班次"), initial=asking.own("shift", Shift.DAY)), Asked(_("食宿"), initial=asking.own("boarding", Boarding.NONE))
HOME_BY = Asked(_("最晚几点能到家"), _("能照看家人的岗位才填。"), among=asking.home_by, select=True, none=_("不保证"), initial=asking.own("home_by"))
SECTORS = Asked(_("属于哪些产业"), among=employers.sectors, initial=asking.sectors_at_first)
MONTHS = Asked(_("季节性的,哪几个月要人"), initial=asking.own("months"))
LEAST_AGE = Asked(_("年龄从"), _("没有就不填。不满 16 岁不能招。"), most=80, initial=asking.age("least_age"))
MOST_AGE = Asked(_("年龄到"), most=80, initial=asking.age("most_age"))
APPROVED = Asked(_("特殊工时批件"), _("每天超过 8 小时、按综合工时算的,写批件文号。"), most=60, initial=asking.own("approved"))
THROUGH = Asked(_("通过哪份劳务协作协议"), **searched(asking.agreements, none=_("没有")), within=_("这份协议不在有效期里,或者是和别的单位签的。"), initial=asking.own("agreement"))


@act(
    EMPLOYERS, "vacancy_write", at="vacancy", words=_("登记岗位"), done=_("已登记,等另一个人核实以后上榜。"), duty=Duty.KEEP_EMPLOYERS, may=rules.can_write, rank=20, then=pages.to_vacancy,
    template="labour/vacancies/write.html", lines={"vacancy.write": _("登记岗位")},
)  # fmt: skip
def write_vacancy(
    employer, *, by, at,
    title: Annotated[str, TITLE], trade: Annotated[str, TRADE], headcount: Annotated[int, HEADCOUNT], pay_from: Annotated[int, PAY_FROM], pay_to: Annotated[int, PAY_TO],
    place: Annotated[str, PLACE], day_hours: Annotated[int, DAY_HOURS], week_days: Annotated[int, WEEK_DAYS], words: Annotated[str, WORDS],
    from_on: Annotated[date, FROM_ON], until_on: Annotated[date, UNTIL_ON], pay_unit: Annotated[PayUnit, PAY_UNIT] = PayUnit.MONTH, shift: Annotated[Shift, SHIFT] = Shift.DAY,
    boarding: Annotated[Boarding, BOARDING] = Boarding.NONE, home_by: Annotated[str, HOME_BY] = "", sectors: Annotated[list[str], SECTORS] = (),
    months: Annotated[list[Month], MONTHS] = (), least_age: Annotated[int | None, LEAST_AGE] = None, most_age: Annotated[int | None, MOST_AGE] = None,
    approved: Annotated[str, APPROVED] = "", agreement: Annotated[Agreement | None, THROUGH] = None,
):  # fmt: skip
    """Write down a vacancy of an employer (登记岗位), as far as the law lets it be offered. Returns the Vacancy, which somebody else is to confirm."""
    area = scope.areas(by, duty=Duty.KEEP_EMPLOYERS)[0]
    row = Vacancy(employer=employer, area=area, left=headcount, recorded_at=at, recorded_by_id=by.id)
    _fill(row, at, **_told(locals()))
    row.save()
    journal.record(act="vacancy.write", subject=row, by=by, at=at, after=row.state, area_code=area.pk, employer=employer.pk, headcount=headcount)
    return row


@act(
    VACANCIES, "vacancy_amend", at="amend", words=_("改岗位"), done=_("已改好,要重新核实才上榜。"), duty=Duty.KEEP_EMPLOYERS, may=rules.can_change, aside=True, rank=60,
    template="labour/vacancies/write.html", lines={"vacancy.amend": _("改岗位")},
)  # fmt: skip
def amend_vacancy(
    vacancy, *, by, at,
    title: Annotated[str, TITLE], trade: Annotated[str, TRADE], headcount: Annotated[int, HEADCOUNT], pay_from: Annotated[int, PAY_FROM], pay_to: Annotated[int, PAY_TO],
    place: Annotated[str, PLACE], day_hours: Annotated[int, DAY_HOURS], week_days: Annotated[int, WEEK_DAYS], words: Annotated[str, WORDS],
    from_on: Annotated[date, FROM_ON], until_on: Annotated[date, UNTIL_ON], pay_unit: Annotated[PayUnit, PAY_UNIT] = PayUnit.MONTH, shift: Annotated[Shift, SHIFT] = Shift.DAY,
    boarding: Annotated[Boarding, BOARDING] = Boarding.NONE, home_by: Annotated[str, HOME_BY] = "", sectors: Annotated[list[str], SECTORS] = (),
    months: Annotated[list[Month], MONTHS] = (), least_age: Annotated[int | None, LEAST_AGE] = None, most_age: Annotated[int | None, MOST_AGE] = None,
    approved: Annotated[str, APPROVED] = "", agreement: Annotated[Agreement | None, THROUGH] = None,
):  # fmt: skip
    """Change a vacancy: held against the law anew, and off the board until somebody else has confirmed it again."""
    if headcount < vacancy.filled:
        raise Refused(_("已经上岗 %(n)s 人,招的人数不能比这少。") % {"n": vacancy.filled})
    vacancy.left = headcount - vacancy.filled
    told = _told(locals())
    _fill(vacancy, at, **told)
    # Whoever changes what was confirmed has written it, and does not confirm it.
    vacancy.confirmed_on, vacancy.confirmed_by_id, vacancy.stale_on, vacancy.recorded_by_id = None, None, None, by.id
    saving = (*told, "place_name", "left", "confirmed_on", "confirmed_by_id", "stale_on", "recorded_by_id")
    journal.move(vacancy, VACANCY, "amend", by=by, at=at, saving=saving, area_code=vacancy.area_id, headcount=headcount)
    return vacancy


def _told(said_):
    """Return what was told of a vacancy, out of the keywords of its act."""
    told = {name: said_[name] for name in (
        "title", "trade", "headcount", "pay_from", "pay_to", "place", "day_hours", "week_days", "words", "from_on", "until_on", "pay_unit", "shift", "boarding", "home_by", "approved", "agreement",
    )}  # fmt: skip
    return told | {
        "title": told["title"].strip(), "words": told["words"].strip(), "approved": told["approved"].strip(), "sectors": list(said_["sectors"]),
        "months": sorted(int(one) for one in said_["months"]), "least_age": said_["least_age"] or 0, "most_age": said_["most_age"] or 0,
    }  # fmt: skip


def _fill(vacancy, at, **told):
    """Write what was told into a vacancy, as far as days and pay agree and the law lets it stand. Raises Refused."""
    if told["until_on"] <= max(told["from_on"], today(at)):
        raise Refused(_("招到的日期要在开始以后、今天以后。"))
    if told["pay_to"] < told["pay_from"]:
        raise Refused(_("工资的上限不能比下限低。"))
    for name, value in told.items():
        setattr(vacancy, name, value)
    vacancy.place_name = places()[told["place"]]
    if refusing := vacancy_words.refusing(vacancy_words.judge(vacancy.offer, today(at))):
        raise Refused(lazy(_sentence, str)(refusing))


def _sentence(found):
    """Say in the reader's language what may not stand: what, by which article, what to write instead."""
    return " ".join(
        gettext("“%(said)s”:%(why)s(%(law)s)。%(instead)s。")
        % {"said": one.said, "why": said({"zh": one.zh, "en": one.en}), "law": one.law, "instead": said({"zh": one.instead_zh, "en": one.instead_en})}
        for one in found
    )


@act(
    VACANCIES, "vacancy_confirm", at="confirm", words=_("核实岗位"), done=_("已核实,上榜了。"), duty=Duty.CONFIRM_EMPLOYERS, may=rules.can_confirm, rank=10, more=pages.warnings, template="labour/vacancies/confirm.html",
    lines={"vacancy.confirm": _("核实岗位")},
)  # fmt: skip
def confirm_vacancy(
    vacancy, *, by, at,
    checked: Annotated[Checked, Asked(_("怎么核实的"))],
    words: Annotated[str, Asked(_("核实的情况"), _("问了谁、看了什么。"), least=4, most=120, rows=2)],
):  # fmt: skip
    """Confirm that a vacancy is true (核实岗位), now or anew: it stands on the board for the days of the policy, if the law still lets it."""
    day = today(at)
    if day >= vacancy.until_on:
        raise Refused(_("这个岗位 %(day)s 已经到期,还招的请先改日期。") % {"day": vacancy.until_on})
    if refusing := vacancy_words.refusing(vacancy_words.judge(vacancy.offer, day)):  # the minimum wage may have risen since
        raise Refused(lazy(_sentence, str)(refusing))
    vacancy.confirmed_on, vacancy.confirmed_by_id, vacancy.checked, vacancy.confirmed_words = day, by.id, checked, words.strip()
    vacancy.stale_on = day + timedelta(days=demand.in_force(day).stale_days)
    saving = ("confirmed_on", "confirmed_by_id", "checked", "confirmed_words", "stale_on")
    journal.move(vacancy, VACANCY, "confirm", by=by, at=at, saving=saving, area_code=vacancy.area_id, checked=checked, until=vacancy.stale_on)
    return vacancy


@act(
    VACANCIES, "vacancy_withdraw", at="withdraw", words=_("撤下岗位"), done=_("已撤下。"), duty=Duty.KEEP_EMPLOYERS, may=rules.can_change, aside=True, rank=70, tone="danger",
    lines={"vacancy.withdraw": _("撤下岗位")},
)  # fmt: skip
def withdraw_vacancy(vacancy, *, by, at, reason: Annotated[str, Asked(_("为什么撤下"), least=2, most=120, rows=2)]):
    """Take a vacancy off the board for good."""
    vacancy.withdrawn_because = reason.strip()
    journal.move(vacancy, VACANCY, "withdraw", by=by, at=at, saving=("withdrawn_because",), reason=reason, area_code=vacancy.area_id)
    return vacancy


@act(
    VACANCIES, "vacancy_start", at="start", words=_("登记上岗"), done=_("已记下,还缺的人数跟着少了。"), duty=Duty.KEEP_LABOUR, may=rules.can_note_start, rank=20, lines={"vacancy.start": _("登记上岗")},
)  # fmt: skip
def note_start(
    vacancy, *, by, at,
    spells: Annotated[list[Spell], Asked(
        _("谁上岗了"), _("这里列出您管的、用工单位写的是这家单位、还在岗的人。没有的,先更新他的务工情况。"), among=asking.spells, named=asking.visible_spells, shown=asking.spell_words,
    )],
):  # fmt: skip
    """Say which spells of work came about through a vacancy: each fills one place, and counts for its agreement. Returns how many."""
    may = {spell.pk for spell in asking.spells(vacancy, by, today(at))}
    if not spells or not {spell.pk for spell in spells} <= may:
        raise Refused(_("请选在这家单位上岗、还没有登记过的人。"))
    if len(spells) > vacancy.left:
        raise Refused(_("只缺 %(n)s 人,选多了。") % {"n": vacancy.left})
    fill(vacancy, spells, by=by, at=at)
    return len(spells)


def fill(vacancy, spells, *, by, at):
    """Write that spells came about through a vacancy, within an act that holds its row: so many places less are left."""
    Start.objects.bulk_create([Start(spell=spell, vacancy=vacancy, noted_at=at, noted_by_id=by.id) for spell in spells])
    vacancy.left, vacancy.version = vacancy.left - len(spells), vacancy.version + 1
    vacancy.save(update_fields=["left", "version"])
    journal.record(act="vacancy.start", subject=vacancy, by=by, at=at, area_code=vacancy.area_id, n=len(spells), left=vacancy.left)

