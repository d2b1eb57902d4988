"""What the spreadsheets of care have in common: whom a row names. A row is judged by the same rules as the act that it stands for, before anything is written."""

from django.db.models import Q

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
