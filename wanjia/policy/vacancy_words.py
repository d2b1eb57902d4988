"""What a vacancy may not say or demand: unlawful words, pay below the minimum of the work place, hours over the law, ages. Pure. Data: vacancy_words.toml.

Whoever spells a word with blanks, in full width or with a stop between its signs writes the same word: it is looked for in the text in NFKC without
blanks, marks and punctuation. What says the opposite (不限男女, 不收押金) is taken out before.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from . import demand, minimum_wage

FILE = Path(__file__).with_suffix(".toml")
REFUSE, WARN = "refuse", "warn"
GAP = "\x00"  # stands where something lawful was taken out: no pattern reaches over it


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. said: as the writer spelt it; law: the articles; what is wrong and what to write instead, in both languages."""

    code: str
    level: str
    said: str
    law: str
    zh: str
    en: str
    instead_zh: str
    instead_en: str

    @property
    def refuses(self) -> bool:
        """Whether it may not stand; else somebody looks at it."""
        return self.level == REFUSE


@dataclass(frozen=True)
class Offer:
    """A vacancy as the law looks at it. pay: the least, yuan a month or an hour; hours: of a day; ages: 0 for none; approved: the leave for other
    hours (批件), "" for none; place: six digits, or the name of a country."""

    text: str
    place: str
    pay: float
    hourly: bool
    day_hours: float
    week_hours: float
    least_age: int
    most_age: int
    trade: str
    night: bool
    approved: str = ""


@cache
def _rules() -> tuple[tuple[dict[str, Any], re.Pattern[str], re.Pattern[str] | None], ...]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["rule"]
    return tuple((row, re.compile("|".join(row["any"]), re.I), re.compile(row["unless"]) if "unless" in row else None) for row in rows)


@cache
def _lawful() -> re.Pattern[str]:
    return re.compile("|".join(tomllib.loads(FILE.read_text(encoding="utf-8"))["lawful"]), re.I)


def packed(text: str) -> tuple[str, list[int]]:
    """Return the text in NFKC without blanks, marks, punctuation and symbols, and for each of its signs the place in `text` it came from."""
    signs: list[str] = []
    places: list[int] = []
    for at, raw in enumerate(text):
        for sign in unicodedata.normalize("NFKC", raw):
            if unicodedata.category(sign)[0] in "LN":
                signs.append(sign)
                places.append(at)
    return "".join(signs), places


def words(text: str) -> tuple[Finding, ...]:
    """Return what a text says that a vacancy may not say, in the order of the rules; each rule's first place alone."""
    bare, places = packed(text)
    open_ = _lawful().sub(lambda found: GAP * len(found[0]), bare)
    found = []
    for row, pattern, unless in _rules():
        hit = pattern.search(open_)
        if hit and hit[0] and not (unless and unless.search(bare)):
            said = text[places[hit.start()] : places[hit.end() - 1] + 1]
            found.append(_finding(row, said))
    return tuple(found)


def _finding(row: dict[str, Any], said: str) -> Finding:
    return Finding(row["code"], row["level"], said, row["law"], row["zh"], row["en"], row["instead_zh"], row["instead_en"])


def judge(offer: Offer, day: date) -> tuple[Finding, ...]:
    """Return everything that is wrong with an offer on a day: what refuses it first."""
    found = (*words(offer.text), *_pay(offer, day), *_hours(offer), *_ages(offer))
    return tuple(sorted(found, key=lambda one: not one.refuses))


def _pay(offer: Offer, day: date) -> Iterator[Finding]:
    least = minimum_wage.least_pay(offer.place, day) if offer.place.isdigit() else None
    if least is None:
        yield Finding(
            "wage_unknown", WARN, offer.place, minimum_wage.law(), "系统里没有这个地方当天的最低工资,没有核对工资", "The minimum wage of this place on this day is not known here: the pay was not checked",
            "请查当地人社局公布的标准", "Please look it up at the labour bureau of the place",
        )  # fmt: skip
        return
    floor = least.hour if offer.hourly else least.month
    unit_zh, unit_en = ("每小时", "an hour") if offer.hourly else ("每月", "a month")
    if offer.pay < floor:
        yield Finding(
            "wage", REFUSE if least.sure else WARN, f"{offer.pay:g}", f"{minimum_wage.law()};{least.source}",
            f"工资低于工作地的最低工资{unit_zh} {floor:g} 元({least.starts} 起){'' if least.sure else ',这个数待核对'}",
            f"Below the minimum wage of the place of work, {floor:g} yuan {unit_en} since {least.starts}{'' if least.sure else ' (a number still to be checked)'}",
            f"写 {floor:g} 元以上", f"Write {floor:g} yuan or more",
        )  # fmt: skip
    elif not least.classed:
        yield Finding(
            "wage_class", WARN, offer.place, least.source, f"这个地方属于几类地区没有登记,只按本省最低一档{unit_zh} {floor:g} 元核对", f"The class of this place is not known: held against the lowest of the province, {floor:g} yuan {unit_en}",
            "请核对当地属于哪一档", "Please check the class of the place",
        )  # fmt: skip


def _hours(offer: Offer) -> Iterator[Finding]:
    rule = demand.said()["hours"]
    if offer.day_hours > rule["most_day"]:
        yield Finding(
            "hours", REFUSE, f"{offer.day_hours:g}", rule["law"], f"一天不能超过 {rule['most_day']} 小时(标准 {rule['day']} 小时,加班最多 3 小时)", f"No day is longer than {rule['most_day']} hours ({rule['day']}, and three of overtime at most)",
            f"写 {rule['day']} 小时,加班另算加班工资", f"Write {rule['day']} hours, overtime paid as such",
        )  # fmt: skip
    elif (offer.day_hours > rule["day"] or offer.week_hours > rule["week"]) and not offer.approved:
        yield Finding(
            "overtime", WARN, f"{offer.day_hours:g}/{offer.week_hours:g}", rule["law"], f"超过每天 {rule['day']} 小时或每周 {rule['week']} 小时", f"More than {rule['day']} hours a day or {rule['week']} a week",
            f"写明加班工资,或填{rule['approved']}", "Say what overtime pays, or name the leave for other hours",
        )  # fmt: skip


def _ages(offer: Offer) -> Iterator[Finding]:
    rule = demand.said()["young"]
    if offer.least_age and offer.least_age < rule["least"]:
        yield Finding(
            "under_age", REFUSE, str(offer.least_age), rule["law_least"], f"不能招不满 {rule['least']} 岁的人", f"Nobody under {rule['least']} may be hired", f"写 {rule['least']} 岁以上", f"Write {rule['least']} or older",
        )  # fmt: skip
    elif offer.least_age and offer.least_age < rule["grown"] and (why := unsafe(offer)):
        yield Finding(
            "young", REFUSE, why, rule["law_young"], f"这个岗位不能招 16、17 岁的未成年工({why})", f"Nobody of 16 or 17 does this work ({why})", f"写 {rule['grown']} 岁以上", f"Write {rule['grown']} or older",
        )  # fmt: skip
    if offer.most_age and offer.most_age < max(offer.least_age, rule["grown"]):
        yield Finding(
            "ages", REFUSE, f"{offer.least_age}–{offer.most_age}", "就业促进法第三条", "年龄上限比下限还低", "The upper age is below the lower one", "改正或删去年龄", "Mend the ages, or leave them out",
        )  # fmt: skip


def unsafe(offer: Offer) -> str:
    """Return why nobody of 16 or 17 does this work: its trade, a word of its text, or the night; "" where nothing says so."""
    rule = demand.said()["young"]
    bare = packed(offer.text)[0].upper()
    if offer.trade in rule["trades"]:
        return offer.trade
    return next((word for word in rule["words"] if word in bare), "夜班" if offer.night else "")


def refusing(found: Sequence[Finding]) -> list[Finding]:
    """Return those that may not stand."""
    return [one for one in found if one.refuses]
