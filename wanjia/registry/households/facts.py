"""What is kept of a household, and whether it can be true."""

from django.utils.translation import gettext as _

from wanjia.policy.identity import judge_phone
from wanjia.verdict import Refused

FACTS = (
    "group_name", "address", "phone", "hukou_kind", "income_yuan", "income_year", "income_source", "income_wage", "income_business",
    "income_transfer", "income_property", "main_expense", "causes", "housing", "housing_safety", "water", "power", "farmland_mu",
    "forest_mu", "vehicles", "grid_worker", "note",
)  # fmt: skip
PARTS = ("income_wage", "income_business", "income_transfer", "income_property")


def checked(facts, day):
    """Return a copy of a household's facts in canonical form. Raises Refused with a sentence when they cannot be true."""
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise Refused(_("不认识的信息项:%(names)s。") % {"names": "、".join(sorted(unknown))})
    facts = dict(facts)
    if facts.get("phone"):
        facts["phone"], code = judge_phone(facts["phone"])
        if code and not code.startswith("warn."):
            raise Refused(_("电话号码“%(phone)s”不对:手机 11 位,座机带区号,例如 0870-4123456。") % {"phone": facts["phone"]})
    if facts.get("income_year") and not 2000 <= facts["income_year"] <= day.year:
        raise Refused(_("收入年度应在 2000 年到今年之间。"))
    total = facts.get("income_yuan")
    if total is not None and sum(facts.get(part) or 0 for part in PARTS) > total:
        raise Refused(_("各项收入加起来超过了家庭年收入,请核对。"))
    return facts


def assign(household, facts):
    """Set checked facts on a household; return the names of the columns that changed."""
    changed = [name for name, value in facts.items() if not _same(getattr(household, name), value)]
    for name in changed:
        setattr(household, name, facts[name])
    return changed + (["phone_index"] if "phone" in changed else [])


def _same(old, new):
    return old == new or (old in (None, "") and new in (None, ""))
