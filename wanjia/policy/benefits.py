"""What a household may be owed (政策找人): every benefit decided for one claimant on a day, with reasons. Data: benefits.toml. Pure.

A decision is True, False, or None when something that matters is not known: then `asks` says what. What is being received already is
said as received, whatever the conditions say. Nothing is scored or ranked, nothing is stored; a person looks, asks and applies.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .benefit_conditions import KINDS, Answer
from .benefit_facts import Claimant, held
from .special_groups import Reason
from .statuses import scheme

FILE = Path(__file__).with_name("benefits.toml")


@dataclass(frozen=True)
class Owed:
    """One benefit decided for one claimant. asks: what is missing to be sure; leads: whether it is worth asking though unsure."""

    benefit: str
    holds: bool | None
    reasons: tuple[Reason, ...]
    asks: tuple[Reason, ...] = ()
    received: Reason | None = None
    leads: bool = True

    @property
    def rule(self) -> dict[str, Any]:
        """The benefit's table of the file."""
        return benefits()[self.benefit]

    @property
    def stands(self) -> str:
        """How it stands: "received", "owed", "unsure" (worth asking), or "" where there is nothing to say."""
        if self.received:
            return "received"
        return "owed" if self.holds else "unsure" if self.holds is None and self.leads else ""


@cache
def rules() -> dict[str, Any]:
    """Return the file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def benefits() -> dict[str, dict[str, Any]]:
    """Return every benefit's table by its code, in the order of the file."""
    return {one["code"]: one for one in rules()["benefit"]}


def decide(facts: Claimant, on: date) -> tuple[Owed, ...]:
    """Decide every benefit that is for such a claimant on a day: one Owed each, in the order of the file."""
    return tuple(_decided(one, facts, on) for one in benefits().values() if one["of"] == facts.of)


def in_force(rule: dict[str, Any], on: date) -> bool:
    """Tell whether a benefit is given on a day."""
    return bool(rule["from"] <= on and ("until" not in rule or on < rule["until"]))


def claimed_on(rule: dict[str, Any], on: date) -> date:
    """Return the day as of which a claim made on `on` is judged: while last year's may still be made, the end of last year."""
    last_year = date(on.year - 1, 12, 31)
    return last_year if on.month <= rule.get("late_until_month", 0) and in_force(rule, last_year) else on


def _decided(rule: dict[str, Any], facts: Claimant, on: date) -> Owed:
    if not in_force(rule, on):
        return Owed(rule["code"], False, (Reason("这一天没有这项政策", "no such benefit on this day"),))
    day = claimed_on(rule, on)
    answers = [(one, KINDS[one["is"]](one, facts, day, rules())) for one in rule["condition"]]
    leads = all(answer.holds for one, answer in answers if one.get("lead"))
    holds = _together([answer for _one, answer in answers])
    speaks = holds is not False  # of a benefit that is denied only what denies it is told
    told = [answer for _one, answer in answers if answer.holds is speaks]
    asks = [] if not speaks else [ask for _one, answer in answers for ask in answer.asks]
    reasons = tuple(dict.fromkeys(reason for answer in told for reason in answer.reasons))
    received = None if holds is False and rule.get("unless_denied") else _received(rule, facts, day, on)
    return Owed(rule["code"], holds, reasons, tuple(dict.fromkeys(asks)), received, leads)


def _together(answers: list[Answer]) -> bool | None:
    """Conditions hold together: one no is a no, whatever is not known."""
    said = {answer.holds for answer in answers}
    return False if False in said else None if None in said else True


def _received(rule: dict[str, Any], facts: Claimant, day: date, on: date) -> Reason | None:
    """Say that it is being received: by a status of the home, or by a subsidy paid for the year, or within the year before."""
    for key in rule.get("received", ()):
        if spell := held(facts.home, key, on):
            words = scheme(spell.kind).words(spell.code)
            return Reason(f"家里已经是{words}", f"the home holds it already: {scheme(spell.kind).en} ({spell.code})")
    first = date(day.year, 1, 1) if rule.get("by_year") else day - timedelta(days=365)
    for paid in facts.paid:
        if paid.first <= day and first <= paid.last and any(word in paid.words for word in rule["paid_words"]):
            return Reason(f"{paid.first:%Y-%m} 至 {paid.last:%Y-%m} 已发“{paid.words}”", f"paid for {paid.first:%Y-%m} to {paid.last:%Y-%m}: {paid.words}")
    return None
