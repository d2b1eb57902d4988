"""The kinds of conditions that benefits.toml is written with. Each is pure: (condition, claimant, day, rules) → Answer.

An Answer is yes, no, or not known and what to ask. A fact that nobody told is never a no; a status that nobody recorded is one,
for the register is where it would stand.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from . import special_groups as groups
from .benefit_facts import Claimant, asked_on, held
from .child_facts import Spell
from .special_groups import Reason
from .statuses import months_after, scheme

Rule = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What one condition says. asks: what would have to be known, or proven."""

    holds: bool | None
    reasons: tuple[Reason, ...] = ()
    asks: tuple[Reason, ...] = ()


def _yes(zh: str, en: str) -> Answer:
    return Answer(True, (Reason(zh, en),))


def _no(zh: str, en: str) -> Answer:
    return Answer(False, (Reason(zh, en),))


def _ask(zh: str, en: str) -> Answer:
    return Answer(None, (), (Reason(zh, en),))


def _age(rule: Rule, who: Claimant, day: date, _all: Rule) -> Answer:
    age, least, under = who.age(day), rule.get("least", 0), rule.get("under")
    if age is None:
        return _ask("出生日期", "the date of birth")
    if age < least:
        return _no(f"未满 {least} 周岁", f"not yet {least}")
    if under is not None and age >= under:
        return _no(f"已满 {under} 周岁", f"not under {under}")
    return Answer(True)


def _hukou(_rule: Rule, who: Claimant, _day: date, _all: Rule) -> Answer:
    if who.has_hukou is None:
        return _ask("有没有本地户口、身份证号", "whether there is a local registration, and its number")
    return Answer(True) if who.has_hukou else _no("尚未落户", "not registered yet")


def _home_status(rule: Rule, who: Claimant, day: date, _all: Rule) -> Answer:
    for key in rule["any"]:
        if spell := held(who.home, key, day):
            return _yes(f"家里是{_called(spell)}", f"the home holds: {scheme(spell.kind).en} ({spell.code})")
    if any(held(who.home, key, day) for key in rule.get("unsure", ())):
        return _ask(rule["unsure_zh"], rule["unsure_en"])
    names = list(dict.fromkeys(scheme(key.split(":")[0]).words(key.split(":")[1]) for key in rule["any"]))
    return _no(f"家里没有{'、'.join(names)}的登记", "the home holds none of the statuses asked for")


def _went_away(_rule: Rule, who: Claimant, day: date, _all: Rule) -> Answer:
    """Whether somebody was away for work in the year of `day` at all: only then it is asked where, and since when."""
    if any(_in_year(spell, day) for spell in who.away):
        return Answer(True)
    return _no(f"{day.year} 年没有外出务工的记录", f"no work away from home on record in {day.year}")


def _works_outside(rule: Rule, who: Claimant, day: date, every: Rule) -> Answer:
    """At least so many months outside the province in the year of `day`; whether they must be running, the paper does not say."""
    year, least = date(day.year, 1, 1), rule["months"]
    stays = [_outside(spell, every) for spell in who.away if _in_year(spell, day)]
    if any(outside and _long(spell, least, year, day) for spell, outside in stays):
        return _yes(f"{year.year} 年在省外务工满 {least} 个月", f"{least} months of work outside the province in {year.year}")
    asks = [Reason(f"去向“{s.code}”在不在省外,请写到省", f"whether “{s.code}” lies outside the province") for s, out in stays if out is None]
    asks += [Reason(f"哪天去的“{s.code}”", f"since when in “{s.code}”") for s, out in stays if out and s.from_on is None]
    parts = [days for spell, out in stays if out and (days := _days(spell, year, day))]
    if not asks and len(parts) > 1 and sum(parts) >= 30 * least:
        asks = [Reason(f"几段加起来满 {least} 个月,要不要连续", f"several stays make {least} months: whether they must be running")]
    if asks:
        return Answer(None, (), tuple(dict.fromkeys(asks)))
    return _no(f"{year.year} 年没有在省外务工满 {least} 个月的记录", f"no {least} months of work outside the province on record in {year.year}")


def _outside(spell: Spell, every: Rule) -> tuple[Spell, bool | None]:
    """Pair an absence with whether it lies outside the province: None where its words name no place of either kind, or of both."""
    here, there = (any(name in spell.code for name in every[kind]) for kind in ("here", "provinces"))
    return spell, there if here != there else None


def _in_year(spell: Spell, day: date) -> bool:
    """Whether an absence touches the year of `day`, up to that day."""
    return (spell.from_on is None or spell.from_on <= day) and (spell.to_on is None or spell.to_on > date(day.year, 1, 1))


def _long(spell: Spell, months: int, year: date, day: date) -> bool:
    """Whether one absence covers so many months between the first of the year and `day`."""
    return spell.from_on is not None and months_after(max(spell.from_on, year), months) <= _end(spell, day)


def _days(spell: Spell, year: date, day: date) -> int:
    return 0 if spell.from_on is None else max(0, (_end(spell, day) - max(spell.from_on, year)).days)


def _end(spell: Spell, day: date) -> date:
    """Return the first day after an absence, as far as it is known on `day`."""
    return min(spell.to_on or date.max, day + timedelta(days=1))


def _labour(rule: Rule, who: Claimant, _day: date, _all: Rule) -> Answer:
    if not who.labour:
        return _ask("劳动能力", "the ability to work")
    zh, en = _LABOUR.get(who.labour, (who.labour, who.labour))
    return _yes(zh, en) if who.labour in rule["among"] else _no(zh, en)


_LABOUR = {
    "ordinary": ("有劳动能力", "able to work"), "skilled": ("有技能", "skilled"), "weak": ("弱劳动力", "of weak ability to work"),
    "lost": ("丧失劳动能力", "no longer able to work"), "none": ("无劳动能力", "not able to work"),
}  # fmt: skip


def _out_of_work(rule: Rule, who: Claimant, day: date, _all: Rule) -> Answer:
    if any(spell.on(day) for spell in who.away):
        return _no("正在外出务工", "away for work")
    if who.schooling in rule["studying"]:
        return _no("在读", "at school")
    if any(word in who.work for word in rule["words"]):
        return _yes(f"务工状态:{who.work}", f"work: {who.work}")
    return _ask("眼下有没有工作", "whether there is work at present")


def _nobody_able(_rule: Rule, who: Claimant, _day: date, _all: Rule) -> Answer:
    if who.others_able is False:
        return _yes("同住的人里没有劳动力", "nobody else in the home can work")
    return _ask("同住的家人能不能赡养、扶养", "whether the others in the home can support")


def _old_or_disabled(rule: Rule, who: Claimant, day: date, _all: Rule) -> Answer:
    age, spell = who.age(day), _disability(who, day)
    if age is not None and age >= rule["least"]:
        return _yes(f"{age} 岁", f"aged {age}")
    if spell:
        return _yes(f"残疾:{scheme('disability').words(spell.code, spell.grade)}", f"disability: {spell.code} {spell.grade}")
    if age is None:
        return _ask("出生日期", "the date of birth")
    return _no(f"未满 {rule['least']} 周岁,没有残疾证的登记", f"under {rule['least']} and no disability certificate on record")


def _severe(rule: Rule, who: Claimant, day: date, _all: Rule) -> Answer:
    """A grave disability or illness; that none is recorded says nothing, for an illness need not be on record."""
    spell = _disability(who, day)
    if spell and spell.grade in rule["grades"]:
        return _yes(f"残疾:{scheme('disability').words(spell.code, spell.grade)}", f"disability: {spell.code} {spell.grade}")
    if held(who.spells, "condition:severe_illness", day):
        return _yes("重病", "severe illness")
    return _ask("有没有重度残疾或者重病", "whether there is a severe disability or illness")


def _disability(who: Claimant, day: date) -> Spell | None:
    return next((one for one in who.spells if one.kind == "disability" and held((one,), f"disability:{one.code}", day)), None)


def _income(rule: Rule, who: Claimant, day: date, _all: Rule) -> Answer:
    """Income a head under the standard of the day; what the county did not fill in, or the home did not tell, is asked."""
    standard = next((yuan for since, yuan in sorted(rule["standards"], reverse=True) if since <= day), None)
    if standard is None:
        return _ask("人均收入是不是低于当地标准(标准还没有填)", "whether income a head is under the local standard (not filled in yet)")
    if who.income_yuan is None or not who.heads or (who.income_year or 0) < day.year - 1:
        return _ask("近一年的家庭收入", "the home's income of the last year")
    each = who.income_yuan // who.heads
    words = f"人均年收入约 {each} 元,标准 {standard} 元", f"about {each} yuan a head, the standard is {standard}"
    return _yes(*words) if each < standard else _no(*words)


def _schooling(rule: Rule, who: Claimant, _day: date, _all: Rule) -> Answer:
    if who.schooling in rule["among"]:
        return _yes("在读高中", "at senior school")
    if not who.schooling or who.schooling in rule["unsure"]:
        return _ask("是不是还在全日制学校读书", "whether in full-time school")
    return _no("没有在读", "not at school")


def _group(rule: Rule, who: Claimant, day: date, _all: Rule) -> Answer:
    return _decided(rule["group"], who, day)


def _one_of_groups(rule: Rule, who: Claimant, day: date, _all: Rule) -> Answer:
    answers = [_decided(group, who, day) for group in rule["groups"]]
    sure = next((one for one in answers if one.holds), None)
    if sure:
        return Answer(True, sure.reasons)  # its papers are asked for by the aid itself
    unsure = [one for one in answers if one.holds is None]
    return Answer(None, (), _all_asks(unsure)) if unsure else _no("不属于这几类", "in none of these groups")


def _decided(group: str, who: Claimant, day: date) -> Answer:
    """What the groups of children say; the facts behind it stand in the child's file and are not repeated here."""
    table = groups.rules()[group]
    if who.child is None:
        return _ask("父母的情况", "how the parents are")
    on = asked_on(who.born_on, day)
    one = groups.decide_one(group, who.child, on)
    if one.holds is None:
        return _ask("父母的情况有没登记、没写日期的,见儿童档案", "how the parents are is not wholly on record: see the child's file")
    if not one.holds:
        return _no(f"不是{table['zh']}", f"not: {table['en']}")
    zh, en = (f"{table['zh']}", f"{table['en']}") if on == day else (f"满 18 周岁前是{table['zh']}", f"{table['en']} until 18")
    papers = (Reason("证明材料没有登记,见儿童档案", "papers are not on record: see the child's file"),) if one.papers else ()
    return Answer(True, (Reason(zh, en),), papers)


def _pointed_at(rule: Rule, who: Claimant, day: date, _all: Rule) -> Answer:
    """Whether anything points at the group: a parent's record, or an office's own list. Else nearly every child would be asked about."""
    if who.child is None:
        return _ask("父母的情况", "how the parents are")
    listed = [spell.code for spell in who.child.spells if spell.kind == "claimed_group" and spell.on(day) and spell.code in rule["listed"]]
    if listed:
        return _yes(f"原台账写着“{listed[0]}”,待核实", f"an office's list says: {listed[0]}, not verified")
    if any(one.on(day) and one.kind in ("condition", "disability") for parent in who.child.parents for one in parent.spells):
        return Answer(True)
    return _ask("父母的情况", "how the parents are")


def _asked(rule: Rule, _who: Claimant, _day: date, _all: Rule) -> Answer:
    """What the register never holds: it is always asked."""
    return _ask(rule["ask_zh"], rule["ask_en"])


def _called(spell: Spell) -> str:
    return scheme(spell.kind).words(spell.code, spell.grade)


def _all_asks(answers: Iterable[Answer]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(ask for one in answers for ask in one.asks))


KINDS: dict[str, Callable[[Rule, Claimant, date, Rule], Answer]] = {
    "age": _age, "hukou": _hukou, "home_status": _home_status, "went_away": _went_away,
    "works_outside": _works_outside, "labour": _labour,
    "out_of_work": _out_of_work, "nobody_able": _nobody_able, "old_or_disabled": _old_or_disabled, "severe": _severe, "income": _income,
    "schooling": _schooling, "group": _group, "one_of_groups": _one_of_groups, "pointed_at": _pointed_at, "asked": _asked,
}  # fmt: skip
