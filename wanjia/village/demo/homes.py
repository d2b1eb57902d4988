"""The three groups of the demo county's village have homes enough that a vote in two halves stays secret. Everybody in them is invented."""

from datetime import date

from wanjia.kernel.calendar import today
from wanjia.registry.households.commands import add_member, register_household
from wanjia.registry.models import Household

FEWEST, GROUPS = 8, ["一组", "二组", "三组"]  # homes that the county's own list knows: where it knows fewer, none is made up
HEADS = ["岑有余", "尹正山", "柏长庚", "宁开贵", "阮学文", "池大田", "仲发茂", "蔺守田", "凌开元", "桑有仓", "甄长顺", "邬正清"]
WIVES = ["鲍兰英", "荀秀珍", "佘桂香", "隗天秀", "晏成碧", "鞠应芬", "茅云仙", "郗学珍", "闵光会", "乐朝翠", "冉启凤", "景绍芳"]


def registered(village, by, at):
    """Register them once, four a group, each with two adults; nothing where a group is known already or too few live there. by: the village's clerk."""
    here = Household.objects.filter(village=village)
    if here.count() < FEWEST or here.filter(group_name__in=GROUPS).exists():
        return
    for n, (head, wife) in enumerate(zip(HEADS, WIVES, strict=True)):
        born = date(today(at).year - 62 + 3 * n, 1 + n, 2 + 2 * n)
        facts = {"id_absent_reason": "to_follow"}
        home = register_household(village_code=village.code, head={"name": head, "sex": "男", "birth_on": born, **facts}, group_name=GROUPS[n // 4], by=by, at=at)
        add_member(household_id=home.pk, relation="配偶", name=wife, sex="女", birth_on=born.replace(year=born.year + 2), **facts, by=by, at=at)
