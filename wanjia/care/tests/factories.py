"""A small world of care: one who helps, looked at and clear, and one pair."""

from datetime import date, timedelta

from wanjia.care.models import BackgroundCheck, Helper, Pair, Team

START = date(2026, 9, 1)


def helper(world, user=None, **facts):
    """A helper of the ledger office's unit; `user` is the account behind it."""
    given = {"name": "岳帮扶", "kind": "cadre", "organisation": world.office, "sex": "女", "from_on": START, "user": user} | facts
    return Helper.objects.create(**given)


def checked(one, on=START, result="clear", **facts):
    """The query of somebody's records, a year long."""
    return BackgroundCheck.objects.create(helper=one, on=on, until_on=facts.pop("until_on", on + timedelta(days=365)), result=result, authority="永善县公安局", recorded_at=facts.pop("at"), **facts)


def team(world, **facts):
    """A team of volunteers."""
    return Team.objects.create(**{"name": "金沙志愿服务队", "kind": "volunteers", "organisation": world.office, "from_on": START} | facts)


def pair(world, one=None, child=None, **facts):
    """The child of the Wang home and a helper."""
    return Pair.objects.create(child=child or world.register.child, helper=one or helper(world), **{"from_on": START} | facts)
