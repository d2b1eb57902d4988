"""Two months of fees and customs in the demo county's village: rules adopted, a quarter charged and paid in part, a waiver, a truck paid; stretches and looks; feasts. All words are invented."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.roles import Role
from wanjia.policy.statuses import months_after
from wanjia.registry.models import Household

from ..customs import commands as customs
from ..fees import commands as fees
from ..models import FeeCharge, FeeRule, GoverningBody
from ..purse import commands as purse
from .points import cited, holder

STRETCHES = ["村委会门口到小卖部", "小卖部到文化广场", "文化广场到学校", "学校到三组水池", "三组水池到大路口", "大路口到老桥", "老桥到五组", "五组到村口"]
FEASTS = [("wedding", 10, "红白理事会"), ("funeral", 8, "三组帮忙组"), ("wedding", 14, "二组帮忙组")]
BACK = 62  # so many days ago the meeting was


def live(code, say):
    """Live them once, in the village whose bodies meet; returns {what: how many}."""
    told, body = Counter(), GoverningBody.objects.filter(area__code__startswith=code[:6], kind="council").select_related("area__parent").first()
    if body is None or FeeRule.objects.exists():
        return told
    keeper, other = holder(Role.VILLAGE_WORKER, body.area_id), holder(Role.TOWNSHIP_WORKER, body.area.parent_id)
    homes = list(Household.objects.filter(village=body.area, memberships__to_on=None, memberships__isnull=False).distinct().order_by("number"))
    if not (keeper and other and homes):
        return told
    at = timezone.now().astimezone(CHINA).replace(hour=9, minute=0, second=0, microsecond=0)
    _collected(body.area, keeper, other, at, told)
    _looked(body.area, homes, keeper, at, told)
    _feasted(body.area, homes, keeper, other, at, told)
    say(f"  收费 {told['paid']} 笔,门前 {told['stretches']} 段,红白喜事 {told['feasts']} 件 / {told['paid']} fees paid, {told['stretches']} stretches, {told['feasts']} feasts")
    return told


def _collected(village, keeper, other, at, told):
    """A quarter of the fee: most pay whole, some a part, one asks to be let off, the truck is paid, the next one waits."""
    met = today(at) - timedelta(days=BACK)
    first = months_after(met.replace(day=1), 1)
    one = fees.draw_fee_rule(village=village, basis="per_home", span="quarter", yuan="60", **(cited(village, "refuse") or {"resolved": "村民代表会议讨论通过垃圾清运收费办法", "resolved_on": met}), from_on=first, by=keeper, at=at - timedelta(days=BACK - 1))
    for ground, percent, words in (("extreme", 100, "特困户不收"), ("minimum", 100, "低保户不收"), ("empty_home", 50, "全家外出半年以上的减半")):
        fees.write_fee_clause(fee_rule_id=one.pk, ground=ground, percent=percent, words=words, by=keeper, at=at - timedelta(days=BACK - 1))
    fees.adopt_fee_rule(fee_rule_id=one.pk, by=other, at=at - timedelta(days=BACK - 2))
    began = at - timedelta(days=(today(at) - first).days - 1)
    run = fees.draw_fee_run(village=village, month=f"{first:%Y-%m}", by=keeper, at=began)
    fees.check_run(fee_run_id=run.pk, by=other, at=began + timedelta(hours=3))
    due = list(FeeCharge.objects.filter(run=run, due_fen__gt=0).order_by("home__number"))
    for n, charge in enumerate(due[: len(due) * 3 // 4]):
        purse.take_payment(fee_charge_id=charge.pk, yuan="20" if n % 7 == 3 else f"{charge.due_fen // 100}", way="transfer" if n % 4 == 0 else "cash", by=keeper, at=began + timedelta(days=n % 20, hours=4))
        told["paid"] += 1
    if len(due) > 2:
        asked = [purse.ask_waiver(fee_charge_id=charge.pk, yuan="30", reason="今年房子漏雨,刚修过", by=keeper, at=at - timedelta(days=5)) for charge in due[-2:]]
        purse.decide_waiver(fee_waiver_id=asked[0].pk, grant=True, answer="同意减一半", by=other, at=at - timedelta(days=4))
    for n, days in enumerate((20, 1)):
        one = purse.draw_spend(village=village, yuan="180", what=f"{today(at - timedelta(days=days)).month} 月垃圾清运车费", payee="细沙运输队", voucher=f"00{417 + n}", day=today(at) - timedelta(days=days), by=keeper, at=at - timedelta(days=days))
        if n == 0:
            purse.approve_spend(fee_spend_id=one.pk, by=other, at=at - timedelta(days=days - 1))


def _looked(village, homes, keeper, at, told):
    """Stretches: one waits for a home, one is to mend, one was not looked at yet."""
    for n, name in enumerate(STRETCHES):
        one = customs.open_stretch(village=village, name=name, by=keeper, at=at - timedelta(days=40))
        told["stretches"] += 1
        if n != 5:
            customs.give_stretch(stretch_id=one.pk, home=homes[n * 3 % len(homes)], by=keeper, at=at - timedelta(days=39))
        if n != 6:
            lacks = {"lacks": ["order"], "words": "路边有一堆柴,要码到院里"} if n == 2 else {}
            customs.check_stretch(stretch_id=one.pk, **lacks, by=keeper, at=at - timedelta(days=35 if n == 1 else 9))


def _feasted(village, homes, keeper, other, at, told):
    """What was agreed on, and three feasts; one sits at more tables, and is filed all the same."""
    cap = customs.draw_feast_cap(village=village, tables=10, words="红白喜事不超过十桌,邻居帮忙,不请厨师班", **(cited(village, "feasts") or {"resolved": "村民代表会议修订村规民约第九条", "resolved_on": today(at) - timedelta(days=BACK)}), by=keeper, at=at - timedelta(days=50))
    customs.adopt_feast_cap(feast_cap_id=cap.pk, by=other, at=at - timedelta(days=49))
    for n, (kind, tables, helpers) in enumerate(FEASTS):
        day = today(at) - timedelta(days=20 - 12 * n)
        customs.file_feast(home=homes[n * 5 % len(homes)], kind=kind, day=day, tables=tables, helpers=helpers, by=keeper, at=at - timedelta(days=18 - 12 * n if kind == "funeral" else 24 - 12 * n))
        told["feasts"] += 1
