"""Which special groups a child belongs to on a day, and why. Pure: facts in, decisions with reasons out.

A decision is True, False, or None when a fact that matters is not known: then the reason says what to ask. Reasons name the
facts in Chinese and English; nothing is stored, so a group cannot outlive the facts it rests on. Data: special_groups.toml.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .child_facts import ChildFacts, ParentFacts, Spell, absence
from .statuses import months_after, scheme

FILE = Path(__file__).with_name("special_groups.toml")

Rule = dict[str, Any]  # one group's table of the file


@dataclass(frozen=True)
class Reason:
    """One fact that a decision rests on, or one that is missing."""

    zh: str
    en: str


@dataclass(frozen=True)
class Decision:
    """Whether a child belongs to a group by a definition on a day; papers: what should be proven and is not."""

    group: str
    holds: bool | None
    reasons: tuple[Reason, ...]
    papers: tuple[Reason, ...] = ()

    @property
    def zh(self) -> str:
        """The group's Chinese name."""
        return str(rules()[self.group]["zh"])

    @property
    def en(self) -> str:
        """The group's English name."""
        return str(rules()[self.group]["en"])

    @property
    def source(self) -> str:
        """The paper that defines the group."""
        return str(rules()[self.group]["source"])


GROUPS = (
    "orphan", "de_facto_unattended", "left_behind_civil", "left_behind_education", "disabled", "in_difficulty", "relief_home",
    "dropped_out",
)  # fmt: skip


@cache
def rules() -> dict[str, Any]:
    """Return the rule table."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def edition_on(day: date) -> str | None:
    """Return the name of the edition of definitions in force on `day`, or None before the first."""
    for edition in rules()["edition"]:
        if edition["from"] <= day and ("to" not in edition or day < edition["to"]):
            return str(edition["name"])
    return None


def age_on(born_on: date, day: date) -> int:
    """Return full years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def decide(child: ChildFacts, day: date) -> tuple[Decision, ...]:
    """Decide every group for a child on a day: a tuple of Decision in the order of GROUPS."""
    return tuple(decide_one(group, child, day) for group in GROUPS)


def review_due(born_on: date | None, reviewed_on: date) -> date:
    """Return the day when derived groups are to be looked at again: a month on, or an earlier birthday that matters."""
    after = months_after(reviewed_on, rules()["review"]["months"])
    return min([after, *(b for b in birthdays(born_on) if reviewed_on < b <= after)])


def birthdays(born_on: date | None) -> list[date]:
    """Return the days on which a child reaches the ages where groups change."""
    return [months_after(born_on, 12 * age) for age in rules()["review"]["birthdays"]] if born_on else []


def age_band(born_on: date, day: date) -> tuple[int, int] | None:
    """Return the civil-affairs age band of a left-behind child as (first, last) years, or None."""
    return next((tuple(band) for band in rules()["left_behind_civil"]["bands"] if band[0] <= age_on(born_on, day) <= band[1]), None)


def decide_one(group: str, child: ChildFacts, day: date) -> Decision:
    """Decide one group for a child on a day."""
    rule = rules()[group]
    if edition_on(day) not in rule["editions"]:
        return Decision(group, False, (Reason("这一天还没有这项规定", "no such rule on this day"),))
    if child.born_on is None:
        return Decision(group, None, (Reason("出生日期未填", "birth date unknown"),))
    if child.born_on > day:
        return Decision(group, False, (Reason("这一天尚未出生", "not yet born on this day"),))
    age = age_on(child.born_on, day)
    if "under_age" in rule and age >= rule["under_age"]:
        return Decision(group, False, (Reason(f"已满 {rule['under_age']} 周岁({age} 岁)", f"aged {age}, not under {rule['under_age']}"),))
    return _BY_GROUP[group](group, rule, child, day)


def _orphan(group: str, rule: Rule, child: ChildFacts, day: date) -> Decision:
    gone = [_gone(parent, day) for parent in child.parents]
    if all(gone):
        return Decision(group, True, tuple(_said(p, s) for p, s in zip(child.parents, gone) if s), _unproven(child.parents, gone))
    others = [p for p, s in zip(child.parents, gone) if not s]
    if not any(map(_is_known, others)):
        return Decision(group, None, tuple(_nothing_of(p) for p in others))
    return Decision(group, False, tuple(
        Reason(f"{p.zh}没有死亡或宣告失踪的记录", f"no record that the {p.en} is dead or declared missing") for p in others
    ))  # fmt: skip


def _de_facto(group: str, rule: Rule, child: ChildFacts, day: date) -> Decision:
    gone = [_gone(parent, day) for parent in child.parents]
    if all(gone):
        return Decision(group, False, (Reason("双亲死亡或失踪,属于孤儿", "both parents dead or missing: an orphan"),))
    if child.has_hukou is False:
        return Decision(group, False, (Reason("孩子尚未落户,请先办落户", "the child has no household registration yet"),))
    held: list[bool | None] = []
    reasons: list[Reason] = []
    papers: list[Reason] = []
    for parent, lost in zip(child.parents, gone):
        holds, reason, spell = (True, _said(parent, lost), lost) if lost else _unable_de_facto(rule, parent, day)
        held.append(holds)
        reasons.append(reason)
        papers += _unproven([parent], [spell]) if holds else []
    holds = _all(held)
    if holds and child.has_hukou is None:
        holds, reasons = None, [*reasons, Reason("孩子的户口情况未填", "the child's household registration is not recorded")]
    return Decision(group, holds, tuple(reasons), tuple(papers))


def _unable_de_facto(rule: Rule, parent: ParentFacts, day: date) -> tuple[bool | None, Reason, Spell | None]:
    """Whether one parent is in the set S of 民发〔2019〕62号: (True/False/None, reason, spell)."""
    doubt = None
    listed = rule["conditions"] + (rule["conditions_since_2021"] if (edition_on(day) or "") >= "2021" else [])
    for spell in parent.spells:
        if not spell.on(day):
            continue
        if spell.kind == "disability" and _severe(rule, spell):
            return True, _said(parent, spell), spell
        if spell.kind != "condition" or spell.code not in listed:
            continue
        fits = _lasts(rule, spell, day)
        if fits:
            return True, _said(parent, spell), spell
        if fits is None:
            doubt = Reason(f"{_said(parent, spell).zh},起止时间未填全", f"{_said(parent, spell).en}, dates incomplete")
    if doubt:
        return None, doubt, None
    zh, en = parent.zh, parent.en
    if not _is_known(parent):
        return None, _nothing_of(parent), None
    return False, Reason(f"{zh}没有列入规定情形的记录", f"the {en} is in none of the listed conditions"), None


def _lasts(rule: Rule, spell: Spell, day: date) -> bool | None:
    if spell.code == "lost_contact":
        return None if spell.from_on is None else months_after(spell.from_on, rule["lost_contact_months"]) <= day
    if spell.code in rule["term_conditions"]:
        if spell.from_on is None:
            return None
        enough = months_after(spell.from_on, rule["term_months"])
        return enough <= spell.to_on if spell.to_on else (True if enough <= day else None)
    return True


def _severe(rule: Rule, spell: Spell) -> bool:
    return spell.grade in rule["severe_grades"] or (spell.code in rule["mind_categories"] and spell.grade in rule["severe_grades_of_mind"])


def _left_civil(group: str, rule: Rule, child: ChildFacts, day: date) -> Decision:
    if child.at_home is False:
        return Decision(group, False, (Reason("孩子本人不在家乡", "the child is not at the home place"),))
    if child.rural is False:
        return Decision(group, False, (Reason("不是农业户籍", "not a rural household registration"),))
    away = [absence(parent, day) for parent in child.parents]
    unable = [_unable_civil(rule, parent, day) for parent in child.parents]
    reasons = [_away_said(p, a) if a else _said(p, u) if u else _stays(p, day) for p, a, u in zip(child.parents, away, unable)]
    if not any(away) or any(not a and not u for a, u in zip(away, unable)):
        return Decision(group, None if _may_be_left(child, away, unable, day) else False, tuple(reasons))
    if child.rural is None:
        return Decision(group, None, (*reasons, Reason("户籍类型未填", "kind of household registration not recorded")))
    if child.rural_presumed:
        reasons.append(Reason("户籍类型未填,按村民委员会辖区视为农村户籍", "registration not asked; counted as rural under a villagers' committee"))
    return Decision(group, True, (*reasons, *_child_presumed(child)))


def _may_be_left(child: ChildFacts, away: Sequence[Spell | None], unable: Sequence[Spell | None], day: date) -> bool:
    """Whether what nobody said could still make the child left behind: nobody is known to be at home and able."""
    return not any(p.at_home(day) and not u for p, u in zip(child.parents, unable)) and not (all(unable) and not any(away))


def _child_presumed(child: ChildFacts) -> tuple[Reason, ...]:
    """The reason that stands beside a group when nobody said where the child is: then it counts, for a list must not lose it."""
    if child.at_home is not None:
        return ()
    return (Reason("孩子本人在不在家乡没有人说过,按户籍地在家算,请核对", "nobody said whether the child is at the home place; counted as there, please check"),)


def _unable_civil(rule: Rule, parent: ParentFacts, day: date) -> Spell | None:
    """The spell for which a parent counts as unable to be guardian, or None."""
    severe = rules()["de_facto_unattended"]
    for spell in parent.spells:
        listed = spell.kind == "condition" and spell.code in rule["unable"]
        if spell.on(day) and (listed or (spell.kind == "disability" and _severe(severe, spell))):
            return spell
    return None


def _left_education(group: str, rule: Rule, child: ChildFacts, day: date) -> Decision:
    if not child.schooling:
        return Decision(group, None, (Reason("在校状态未填", "schooling not recorded"),))
    if child.schooling == "in_school":
        return Decision(group, None, (Reason("只知在校,学段未填", "at school, stage not recorded"),))
    if child.schooling not in rule["compulsory"]:
        return Decision(group, False, (Reason("不在义务教育阶段就读", "not in compulsory education"),))
    if child.at_home is False:
        return Decision(group, False, (Reason("孩子本人不在家乡", "the child is not at the home place"),))
    spells = [(parent, absence(parent, day)) for parent in child.parents]
    long = [(p, a) for p, a in spells if a and a.from_on and months_after(a.from_on, rule["away_months"]) <= day]
    if long:
        return Decision(group, True, _child_presumed(child) + tuple(
            Reason(f"{_away_said(p, a).zh},已满 {rule['away_months']} 个月", f"{_away_said(p, a).en}, {rule['away_months']} months or more")
            for p, a in long
        ))  # fmt: skip
    undated = [_away_said(p, a) for p, a in spells if a and a.from_on is None]
    if undated:
        return Decision(group, None, tuple(Reason(f"{r.zh},外出时间未填", f"{r.en}, since when is not recorded") for r in undated))
    short = [Reason(f"{_away_said(p, a).zh},未满 {rule['away_months']} 个月", f"{_away_said(p, a).en}, less than "
                    f"{rule['away_months']} months") for p, a in spells if a]  # fmt: skip
    unsaid = [_stays(p, day) for p, a in spells if not a and not _gone(p, day) and p.at_home(day) is None]
    if unsaid:
        return Decision(group, None, (*short, *unsaid))
    return Decision(group, False, tuple(short) or (Reason("父母都没有外出务工的记录", "no parent is recorded as away for work"),))


def _disabled(group: str, rule: Rule, child: ChildFacts, day: date) -> Decision:
    young = child.born_on is not None and age_on(child.born_on, day) < rule["diagnosis_under_age"]
    for spell in child.spells:
        if spell.kind == "disability" and spell.on(day) and (spell.code != "diagnosed" or young):
            words = scheme("disability").words(spell.code, spell.grade)
            return Decision(group, True, (Reason(f"本人:{words}", f"the child: disability {spell.code} {spell.grade}".strip()),))
    return Decision(group, False, (Reason("没有残疾证或诊断的记录", "no disability certificate or diagnosis on record"),))


def _in_difficulty(group: str, rule: Rule, child: ChildFacts, day: date) -> Decision:
    reasons = []
    poor = [s for s in child.home if s.on(day) and s.code in rule["poverty"]]
    needs = [s for s in child.spells if s.kind == "child_need" and s.on(day)]
    if poor and needs:
        reasons.append(Reason(f"家庭{_code(poor[0])},孩子{_code(needs[0])}", f"home: {poor[0].code}; the child: {needs[0].code} difficulty"))
    own = _disabled("disabled", rules()["disabled"], child, day)
    reasons += own.reasons if own.holds else ()
    reasons += [Reason(f"孩子{_code(s)}", f"the child: {s.code}") for s in child.spells if s.kind == "child_harm" and s.on(day)]
    for other in ("orphan", "de_facto_unattended"):
        if decide_one(other, child, day).holds:
            reasons.append(Reason(f"监护缺失:{rules()[other]['zh']}", f"guardianship absent: {rules()[other]['en']}"))
    if reasons:
        return Decision(group, True, tuple(reasons))
    unsure = [one for other in ("orphan", "de_facto_unattended") if (one := decide_one(other, child, day)).holds is None]
    if unsure and not poor:
        return Decision(group, None, tuple(dict.fromkeys(reason for one in unsure for reason in one.reasons)))
    if poor:
        return Decision(group, None, (Reason(
            f"家庭{_code(poor[0])};孩子的生活、就医、就学有没有困难未填",
            f"home: {poor[0].code}; whether the child lacks in living, medical care or schooling is not recorded"),))  # fmt: skip
    return Decision(group, False, (Reason("没有贫困、残疾或监护问题的记录", "no record of poverty, disability or guardianship trouble"),))


def _relief_home(group: str, rule: Rule, child: ChildFacts, day: date) -> Decision:
    found = [s for s in child.home if s.on(day) and s.code in rule["relief"]]
    if found:
        return Decision(group, True, tuple(Reason(f"家庭{_code(s)}", f"home: {s.code}") for s in found))
    return Decision(group, False, (Reason("家庭没有在享社会救助的记录", "the home is on no social assistance"),))


def _dropped_out(group: str, rule: Rule, child: ChildFacts, day: date) -> Decision:
    if not child.schooling:
        return Decision(group, None, (Reason("在校状态未填", "schooling not recorded"),))
    held = child.schooling == "dropped_out"
    return Decision(group, held, (Reason("登记为辍学", "recorded as dropped out") if held else Reason("没有辍学的记录", "not recorded as dropped out"),))


def _gone(parent: ParentFacts, day: date) -> Spell | None:
    """The spell by which a parent is dead or declared missing on `day`, or None."""
    return next((s for s in parent.spells if s.kind == "condition" and s.code in ("dead", "missing") and s.on(day)), None)


def _said(parent: ParentFacts, spell: Spell) -> Reason:
    zh, en = parent.zh, parent.en
    since = f"(自 {spell.from_on})" if spell.from_on else ""
    paper = "" if spell.paper else ",缺证明材料"
    return Reason(f"{zh}{_code(spell)}{since}{paper}", f"{en}: {spell.code} {spell.grade}".rstrip() + (f" since {spell.from_on}" if since else ""))


def _away_said(parent: ParentFacts, spell: Spell) -> Reason:
    zh, en = parent.zh, parent.en
    since = f"(自 {spell.from_on})" if spell.from_on else ""
    return Reason(f"{zh}外出务工:{spell.code}{since}", f"{en} away for work in {spell.code}" + (f" since {spell.from_on}" if since else ""))


def _is_known(parent: ParentFacts) -> bool:
    """Whether anything is recorded of a parent: who is in the register and has no such record counts as alive and able."""
    return parent.known or bool(parent.spells)


def _nothing_of(parent: ParentFacts) -> Reason:
    return Reason(f"{parent.zh}的情况未填", f"nothing is recorded of the {parent.en}")


def _stays(parent: ParentFacts, day: date) -> Reason:
    zh, en = parent.zh, parent.en
    if parent.named and not parent.known:
        return Reason(f"{zh}只登记了姓名,在不在家未填", f"of the {en} only the name is recorded, not the whereabouts")
    if not parent.known:
        return Reason(f"{zh}是谁、在不在家未填", f"who and where the {en} is, is not recorded")
    if parent.at_home(day) is None:
        return Reason(f"{zh}在不在家没有人说过", f"nobody said whether the {en} is at home")
    return Reason(f"{zh}在家,没有丧失监护能力的记录", f"the {en} is at home and able")


def _code(spell: Spell) -> str:
    return scheme(_SCHEME_OF.get(spell.code, spell.kind)).words(spell.code, spell.grade)


_SCHEME_OF = {"minimum": "relief", "extreme": "relief", "margin": "relief", "rigid": "relief", "at_risk": "poverty_risk",
              "unstable": "monitored", "borderline": "monitored", "sudden": "monitored"}  # fmt: skip


def _unproven(parents: Sequence[ParentFacts], spells: Sequence[Spell | None]) -> tuple[Reason, ...]:
    return tuple(
        Reason(f"{p.zh}{_code(s)}的证明材料", f"a paper for the {p.en}: {s.code}") for p, s in zip(parents, spells) if s and not s.paper
    )


def _all(answers: list[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


_BY_GROUP = {
    "orphan": _orphan, "de_facto_unattended": _de_facto, "left_behind_civil": _left_civil, "left_behind_education": _left_education,
    "disabled": _disabled, "in_difficulty": _in_difficulty, "relief_home": _relief_home, "dropped_out": _dropped_out,
}  # fmt: skip
