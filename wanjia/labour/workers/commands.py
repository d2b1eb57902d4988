"""The acts on labourers: enrolled, spells of work recorded, ended, corrected; skill, wish and care; off the roll and back."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.registry.people.subjects import PEOPLE
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..freeing.commands import free_seats_of
from ..keeping import commands as keeping
from ..keeping.queries import running, standings
from ..models import Change, Spell, Worker
from ..states import BY_HAND, OUTSIDE_COUNTY, Ended, Evidence, How, Left, Place
from . import asking, pages, rules
from .asking import as_it_stands
from .subjects import SPELLS, WORKERS

ENDS_WORK = (Left.SCHOOL, Left.SERVICE, Left.UNABLE)
BY_THE_REGISTER = (Left.DIED, Left.TWICE)  # said in the register of people, and followed


def _note(name, worker, *, by, at, **detail):
    journal.record(act=f"worker.{name}", subject=worker, by=by, at=at, area_code=worker.village_id, **detail)


@act(
    PEOPLE, "labour_enrol", at="labour", words=_("列入劳动力名册"), done=_("已列入名册。在外务工的,接着登记务工。"), duty=Duty.KEEP_LABOUR,
    may=rules.can_enrol, then=pages.to_worker, lines={"worker.enrol": _("列入劳动力名册")},
)  # fmt: skip
def enrol_worker(person, *, by, at):
    """Put somebody of the register on the roll of rural labourers (列入名册): of working age, of a rural home, able to work, not at school."""
    day = today(at)
    worker = Worker(person=person, village_id=person.village_id, entered_on=day, verified_on=day, **standings([person.pk], day)[person.pk])
    keeping.enter(worker)
    _note("enrol", worker, by=by, at=at)
    return worker


@act(WORKERS, "spell_new", at="spells/new", words=_("登记务工"), done=_("已登记。"), duty=Duty.KEEP_LABOUR, may=rules.can_keep, rank=10,
     lines={"worker.spell": _("登记务工")})  # fmt: skip
def record_spell(
    worker, *, by, at,
    place: asking.Where, from_on: asking.From, area: asking.Region = "", employer_name: asking.Employer = "", trade: asking.TradeIs = "",
    pay: asking.Pay = None, how: asking.HowCame = How.SELF, evidence: asking.BorneOut = Evidence.DECLARED, carried: asking.Carried = False,
    source: asking.Source = "", to_on: asking.Back = None,
):  # fmt: skip
    """Record a spell of work (登记务工). It ends the one that runs, on that day; with `to_on` it is one of the past. A person counts once a day."""
    spell = begin_spell(worker, by=by, at=at, from_on=from_on, to_on=to_on, place=place, area=area, employer_name=employer_name.strip(), trade=trade,
                        pay=pay, how=how, carried=carried, evidence=evidence, source=source.strip())  # fmt: skip
    return spell.worker


def begin_spell(worker, *, by, at, **told):
    """Write a spell within an act of labour, told by a person at a moment; see record_spell. Returns the Spell."""
    rules.is_in_time(told["from_on"], told["to_on"], at).or_raise()
    rules.is_old_enough(worker.person, told["from_on"]).or_raise()
    rules.is_borne_out(told["how"], told["carried"], told["evidence"]).or_raise()
    rules.lies_there(told["place"], told["area"], worker.village_id).or_raise()
    before = running(worker)
    if before is not None and told["to_on"] is None and before.from_on < told["from_on"]:
        _close(before, told["from_on"], Ended.CHANGED)
    rules.is_alone(worker, told["from_on"], told["to_on"]).or_raise()
    spell = Spell.objects.create(worker=worker, recorded_at=at, recorded_by=by if by.id else None, **told)
    keeping.settle(worker, since=spell.from_on, verified_on=max(worker.verified_on, today(at)))
    _note("spell", worker, by=by, at=at, spell=spell.pk, place=spell.place, from_on=spell.from_on)
    _tell_register(worker, before, spell if spell.to_on is None else before, spell.from_on, by=by, at=at)
    return spell


def _close(spell, on, why):
    spell.to_on, spell.ended_because = on, why
    Spell.objects.filter(pk=spell.pk).update(to_on=on, ended_because=why)


def _tell_register(worker, before, now, on, *, by, at):
    """Let the register's absence follow: it ends when somebody who was far away is not any more, and begins when somebody is."""
    if now is not None and now.place in OUTSIDE_COUNTY:
        keeping.away(worker, now, by=by, at=at)
    elif before is not None and before.place in OUTSIDE_COUNTY:
        keeping.back(worker, on, by=by, at=at)


@act(WORKERS, "spell_end", at="spells/end", words=_("结束务工"), done=_("已登记。"), duty=Duty.KEEP_LABOUR, may=rules.can_end, rank=20,
     lines={"worker.spell_end": _("结束务工")})  # fmt: skip
def end_spell(
    worker, *, by, at,
    on: Annotated[date, Asked(_("哪天回来的"), **asking.TODAY)],
    because: Annotated[Ended, Asked(_("为什么"), but=tuple(one for one in Ended if one not in BY_HAND))],
):  # fmt: skip
    """End the spell that runs, on a day, with the reason (结束务工)."""
    finish_spell(worker, on=on, because=because, by=by, at=at)
    return worker


def finish_spell(worker, *, on, because, by, at):
    """End the spell that runs, within an act of labour."""
    spell = running(worker)
    rules.is_in_time(spell.from_on, on, at).or_raise()
    _close(spell, on, because)
    keeping.settle(worker, since=on, verified_on=max(worker.verified_on, today(at)))
    _note("spell_end", worker, by=by, at=at, spell=spell.pk, on=on, because=because)
    _tell_register(worker, spell, None, on, by=by, at=at)


@act(SPELLS, "spell_correct", at="correct", words=_("更正这一段"), done=_("已更正,更正前的留着可查。"), duty=Duty.KEEP_LABOUR, may=rules.can_correct,
     then=pages.to_workers_page, lines={"worker.spell_correct": _("更正务工")})  # fmt: skip
def correct_spell(
    spell, *, by, at,
    place: as_it_stands(asking.Where, "place"), from_on: as_it_stands(asking.From, "from_on"), area: as_it_stands(asking.Region, "area") = "",
    employer_name: as_it_stands(asking.Employer, "employer_name") = "", trade: as_it_stands(asking.TradeIs, "trade") = "",
    pay: as_it_stands(asking.Pay, "pay") = None, how: as_it_stands(asking.HowCame, "how") = How.SELF,
    evidence: as_it_stands(asking.BorneOut, "evidence") = Evidence.DECLARED, carried: as_it_stands(asking.Carried, "carried") = False,
    source: as_it_stands(asking.Source, "source") = "", to_on: as_it_stands(asking.Back, "to_on") = None,
):  # fmt: skip
    """Correct a spell (更正): what it said before is kept beside it, and the journal names what changed."""
    told = {"from_on": from_on, "to_on": to_on, "place": place, "area": area, "employer_name": employer_name.strip(), "trade": trade, "pay": pay,
            "how": how, "carried": carried, "evidence": evidence, "source": source.strip()}  # fmt: skip
    worker, was, began = spell.worker, Change.of(spell), spell.from_on
    changed = [name for name in Change.KEPT if getattr(spell, name) != told[name]]
    if not changed:
        return spell
    rules.is_in_time(from_on, to_on, at).or_raise()
    rules.is_old_enough(worker.person, from_on).or_raise()
    rules.is_borne_out(how, carried, evidence).or_raise()
    rules.lies_there(place, area, worker.village_id).or_raise()
    rules.is_alone(worker, from_on, to_on, but=spell).or_raise()
    before, words = running(worker), {"ended_because": "" if to_on is None else spell.ended_because or Ended.OTHER}
    stands = {name: getattr(spell, name) for name in Change.KEPT}
    if not Spell.objects.filter(pk=spell.pk, **stands).update(**told, **words):
        raise Conflict()  # somebody corrected or ended it meanwhile: what stood before would be told wrongly
    Change.objects.create(spell=spell, was=was, recorded_at=at, recorded_by=by if by.id else None)
    keeping.settle(worker, since=min(began, from_on))
    _note("spell_correct", worker, by=by, at=at, spell=spell.pk, fields=changed)
    _tell_register(worker, before, running(worker), to_on or from_on, by=by, at=at)
    return spell


@act(WORKERS, "labour_facts", at="facts", words=_("技能和意愿"), done=_("已记下。"), duty=Duty.KEEP_LABOUR, may=rules.can_keep, rank=30,
     lines={"worker.facts": _("登记技能和意愿")})  # fmt: skip
def set_facts(
    worker, *, by, at,
    trade: as_it_stands(Annotated[str, Asked(_("会做什么(工种)"), among=asking.trade_choices, select=True, none=asking.UNSAID)], "trade") = "",
    certificate: as_it_stands(Annotated[str, Asked(_("技能证书"), most=60)], "certificate") = "",
    wants_place: as_it_stands(
        Annotated[str, Asked(_("想去哪里"), among=lambda *_row: [one for one in Place.choices if one[0] != Place.NONE], select=True, none=asking.UNSAID)], "wants_place") = "",
    wants_trade: as_it_stands(Annotated[str, Asked(_("想做什么"), among=asking.trade_choices, select=True, none=asking.UNSAID)], "wants_trade") = "",
    wants_pay: as_it_stands(Annotated[int | None, Asked(_("想要的月工资(元)"), most=asking.LARGEST_PAY)], "wants_pay") = None,
    free_on: as_it_stands(Annotated[date | None, Asked(_("什么时候能走"))], "free_on") = None,
    care: as_it_stands(asking.HasCare, "care") = "", together: as_it_stands(asking.GoesTogether, "together") = False,
):  # fmt: skip
    """Keep what somebody can do, wants to do, and whom they care for at home (A23: work and company of the family)."""
    told = {"trade": trade, "certificate": certificate.strip(), "wants_place": wants_place, "wants_trade": wants_trade, "wants_pay": wants_pay,
            "free_on": free_on, "care": care, "together": together}  # fmt: skip
    changed = [name for name, value in told.items() if getattr(worker, name) != value]
    keeping.keep(worker, **told, verified_on=max(worker.verified_on, today(at)))
    if changed:
        _note("facts", worker, by=by, at=at, fields=changed)
    return worker


@act(WORKERS, "roll_off", at="off", words=_("退出名册"), done=_("已退出名册。记录都留着。"), duty=Duty.KEEP_LABOUR, may=rules.can_keep, aside=True,
     tone="danger", lines={"worker.off": _("退出劳动力名册")})  # fmt: skip
def take_off(
    worker, *, by, at,
    because: Annotated[Left, Asked(_("为什么"), _("去世的、重复登记的在户册里登记,这里会自己跟上。"), but=BY_THE_REGISTER)],
    on: Annotated[date, Asked(_("哪天起"), **asking.TODAY)],
):  # fmt: skip
    """Take somebody off the roll (退出名册), with the reason. School, service and what makes unable to work end the spell that runs."""
    if because in BY_THE_REGISTER:
        raise Refused(_("去世的、重复登记的请在户册里登记,名册会自己跟上。"))
    if on > today(at):
        raise Refused(_("退出的日期不能晚于今天。"))
    if on < worker.entered_on:
        raise Refused(_("退出的日期不能早于列入名册的 %(day)s。") % {"day": worker.entered_on})
    spell = running(worker) if because in ENDS_WORK else None
    if spell is not None:
        _close(spell, max(on, spell.from_on), Ended.LEFT)
    keeping.settle(worker, left_on=on, left_because=because)
    free_seats_of(worker, str(Left(because).label), by=by, at=at)
    _note("off", worker, by=by, at=at, because=because, on=on)
    if spell is not None:
        _tell_register(worker, spell, None, spell.to_on, by=by, at=at)
    return worker


@act(WORKERS, "roll_back", at="back", words=_("恢复到名册"), done=_("已恢复。"), duty=Duty.KEEP_LABOUR, may=rules.can_bring_back, rank=5,
     lines={"worker.back": _("恢复到劳动力名册")})  # fmt: skip
def bring_back(worker, *, by, at):
    """Bring somebody back to the roll (恢复): what the home holds today counts again."""
    day = today(at)
    keeping.settle(worker, left_on=None, left_because="", village_id=worker.person.village_id or worker.village_id, verified_on=day,
                   **standings([worker.pk], day)[worker.pk])  # fmt: skip
    _note("back", worker, by=by, at=at)
    return worker
