"""What the spreadsheets of care have in common: whom a row names, what stands against it, and how accepted rows are written by the acts.

A row is judged by the same rules as the act that it stands for, before anything is written; what changed meanwhile is sent back when it is.
"""

import re
import unicodedata
from functools import partial

from django.db import transaction
from django.db.models import Q

from wanjia.registry.importing.brought import add
from wanjia.sheets.rules import Rule
from wanjia.verdict import Refused

CHILD = {
    "care.child_unknown": ("在您管的孩子里,这个村没有叫这个名字的。请核对姓名和村;还没有登记的,先在户册登记。", "No child of this name in this village among those you answer for. Please check name and village, or register it first."),
    "care.many": ("这个村有几个人叫这个名字,请在“身份证后四位”一列填上。", "Several people of the village bear this name: please fill in the last four of the number."),
    "care.no_village": ("先写清是哪个村,再核对这一行。", "Please say which village; the row is judged then."),
}  # fmt: skip
HELPER = {
    "care.helper_unknown": ("您的帮扶人名册里没有这个人,或者已经离任。请先登记帮扶人。", "Nobody of this name on your list of helpers. Please register the helper first."),
    "care.helper_many": ("有几位帮扶人叫这个名字,请在“单位”一列写上单位全称。", "Several helpers bear this name: please name the unit in full."),
}  # fmt: skip
TWICE = {"care.twice": ("表里前面已经有同一个人的一行,请只留一行。", "An earlier row names the same person: please leave one.")}


class AsSaid(Rule):
    """A row against what is registered: whatever `look` of its Import says of it."""

    def __call__(self, draft):
        if self.world.look and draft.sound:
            for code, column, detail in self.world.look(draft.values, draft.place):
                draft.find(code, column, detail)


def called(people, values, unknown="care.child_unknown"):
    """Return the one of `people` whom a row names (姓名, 身份证后四位), or the code of why there is none. people: of the row's village."""
    named = people.filter(name=values["姓名"])
    rows = list((named.filter(citizen_last4=last4) if (last4 := values.get("身份证后四位")) else named)[:2])
    return rows[0] if len(rows) == 1 else "care.many" if rows else unknown


def helper_called(helpers, name, unit):
    """Return the one of `helpers` who is called so, or the code of why there is none. unit: a unit's name or short name, where the row says one."""
    named = helpers.filter(name=name).select_related("organisation")
    rows = list((named.filter(Q(organisation__name=unit) | Q(organisation__short_name=unit)) if unit else named)[:2])
    return rows[0] if len(rows) == 1 else "care.helper_many" if rows else "care.helper_unknown"


def writing(take, there, counts):
    """Return (apply, tell) of an Import whose rows are each taken by `take`.

    take(row, by, at) → the row as it stands, raising Refused for what changed meanwhile, or a code of why not; there(row, by, at) → (who it is about
    or None, whether it stands already). counts: the names of (new, same, changed meanwhile).
    """
    return partial(_apply, take, there, counts), partial(_tell, there, counts)


def _apply(take, there, counts, rows, _upload, by, at):
    results = [_taken(take, there, row, by, at) for row in rows]
    return results, dict(zip(counts, (results.count("new"), results.count("same"), results.count("changed")), strict=True))


def _taken(take, there, row, by, at):
    who, same = there(row, by, at)
    if who is None or same:
        return "same" if same else "changed"
    try:
        with transaction.atomic():
            take(row, by, at)
    except Refused:  # whose post, place or helper changed between the look and the writing
        return "changed"
    return "new"


def _tell(there, counts, rows, _upload, by, at, memory):
    found = [there(row, by, at) for row in rows]
    memory.setdefault("met", set()).update(str(who.pk) for who, _same in found if who is not None and getattr(who, "is_protected", False))
    same, gone = sum(same for _who, same in found), sum(who is None and not same for who, same in found)
    add(memory, **dict(zip(counts, (len(rows) - same - gone, same, gone), strict=True)))


WEEK = "一二三四五六日"
DAYS = str.maketrans("天七", "日日")
SPAN = re.compile(r"([1-7])(?:至|到|[-—~])([1-7])")


def days_read(text):
    """Return days of the week as digits in order (“周一至周五” → “12345”, “1、3” → “13”, “每天” → all), or "" for what says none."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).translate(DAYS)
    if plain in ("每日", "天天", "全周", "日日"):
        return "1234567"
    if plain in ("工作日", "周末"):
        return "12345" if plain == "工作日" else "67"
    plain = re.sub("星期|礼拜|周", "", plain)
    digits = "".join(str(WEEK.index(sign) + 1) if sign in WEEK else sign for sign in plain)
    digits = SPAN.sub(lambda span: "".join(map(str, range(int(span[1]), int(span[2]) + 1))), digits)
    rest = re.sub(r"[1-7、,,;;/和及]", "", digits)
    return "" if rest else "".join(sorted(set(re.findall("[1-7]", digits))))
