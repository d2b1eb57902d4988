"""A project in the demo county's village: decided by the representatives, looked at by township and county, put up, collected and worked in part, cement paid. All words are invented."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Line, Post, User
from wanjia.orgs.roles import Role

from ..agenda import commands as agenda
from ..deciding import commands as deciding
from ..levies import commands as levies
from ..levies import queries
from ..levies.collecting import commands as collecting
from ..meetings import commands as meetings
from ..models import AgendaItem, GoverningBody, Levy, LevyShare, LevySpend
from .points import holder

BACK = 48  # days ago the meeting was
WHAT = "从大路口到三组水池的步道硬化,长 180 米、宽 1.5 米,水泥由县里奖补,村民出工平整、拌浆。三组受益,建好后由三组轮流管护。"


def live(code, say):
    """Live it once, in the village whose representatives meet; returns {what: how many}."""
    told, body = Counter(), GoverningBody.objects.filter(area__code__startswith=code[:6], kind="representatives").select_related("area").first()
    if body is None or Levy.objects.exists():
        return told
    keeper, other = holder(Role.VILLAGE_WORKER, body.area_id), holder(Role.TOWNSHIP_WORKER, body.area.parent_id)
    county = Post.objects.filter(role=Role.BUREAU_HEAD, to_on=None, organisation__line=Line.AGRICULTURE, organisation__area__code__startswith=code[:6], user__is_active=True).first()
    leader = holder(Role.TOWNSHIP_LEADER, body.area.parent_id)
    if not (keeper and other and leader and county):
        return told
    at = timezone.now().astimezone(CHINA).replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=BACK)
    one = _approved(body, keeper, leader, User.objects.get(pk=county.user_id), at)
    _collected(one, keeper, other, at + timedelta(days=20), told)
    say(f"  一事一议:{one.name},收款 {told['paid']} 笔,出工 {told['days']} 个工日 / {told['paid']} homes paid, {told['days']} days worked")
    return told


def _approved(body, keeper, leader, county, at):
    """Put up, asked from home to home, decided, put up again, looked at by both."""
    one = levies.draw_levy(
        village=body.area, name="大路口到三组水池步道", what=WHAT, budget="36000", per_head="10", per_worker=3, told_on=today(at) - timedelta(days=8), reward="30000", by=keeper, at=at - timedelta(days=8),
    )  # fmt: skip
    item = _decided(body, keeper, at)
    levies.cite_levy(levy_id=one.pk, item=item, signed=min(31, len(queries.lines(one, today(at)))), by=keeper, at=at + timedelta(hours=3))
    deciding.file_decision(agenda_item_id=item.pk, filed_on=today(at), heard="村党组织、村民委员会同意", by=keeper, at=at + timedelta(hours=4))
    deciding.post_notice(agenda_item_id=item.pk, from_on=today(at), until_on=today(at) + timedelta(days=14), where="村务公开栏、三组院坝", words=WHAT, by=keeper, at=at + timedelta(hours=5))
    levies.check_levy(levy_id=one.pk, passes=True, words="手续齐全,没有超过上限", by=leader, at=at + timedelta(days=2))
    return levies.approve_levy(levy_id=one.pk, passes=True, words="符合筹资筹劳规定", by=county, at=at + timedelta(days=9))


def _decided(body, keeper, at):
    """The representatives vote."""
    who = {"by": keeper, "at": at}
    item = agenda.propose_item(
        governing_body_id=body.pk, title="大路口到三组水池步道筹资筹劳", words=WHAT, source="committee", kind="major", matter="public_works", proposed_on=today(at) - timedelta(days=8), **who,
    )  # fmt: skip
    held = meetings.call_meeting(governing_body_id=body.pk, day=today(at), place="村委会会议室", told_on=today(at) - timedelta(days=5), counting="seats", **who)
    agenda.put_item(agenda_item_id=item.pk, meeting=held, **who)
    held = meetings.open_meeting(meeting_id=held.pk, **who)
    for seat in held.roll.order_by("seat__office", "pk")[:8]:
        meetings.mark_roll(meeting_seat_id=seat.pk, came="present", **who)
    agenda.note_words(agenda_item_id=item.pk, minutes="农闲出工,老人户帮着做。", **who)
    agenda.rule_on_item(
        agenda_item_id=item.pk, ruling="pass", votes_for=7, votes_against=1, conclusion="每人筹资 10 元,每个劳动力出工 3 个工日,不强行以资代劳。", answers="村委会副主任", due_on=today(at) + timedelta(days=90), **who,
    )  # fmt: skip
    seats = [row.seat for row in held.roll.filter(came="present")[:2]]
    meetings.close_meeting(meeting_id=held.pk, witness_one=seats[0], witness_two=seats[1], signatures=8, by=keeper, at=at + timedelta(hours=2))
    return AgendaItem.objects.get(pk=item.pk)


def _collected(one, keeper, other, at, told):
    """Most homes paid and worked; one pays instead of days as it asked; cement is paid, sand waits."""
    levies.charge_levy(levy_id=one.pk, by=other, at=at)
    home = list(LevyShare.objects.filter(levy=one).order_by("home__number"))
    for n, share in enumerate(home[: len(home) * 2 // 3]):
        if share.due_fen:
            collecting.take_levy_payment(levy_share_id=share.pk, yuan=f"{share.due_fen // 100}", way="cash" if n % 3 else "transfer", by=keeper, at=at + timedelta(days=1 + n % 9))
            told["paid"] += 1
        if share.due_days and n % 5 != 4:
            days = share.due_days if n % 4 else min(2, share.due_days)
            collecting.note_labour(levy_share_id=share.pk, day=today(at) + timedelta(days=3 + n % 12), days=days, by=keeper, at=at + timedelta(days=16))
            told["days"] += days
    away = next((share for n, share in enumerate(home) if share.due_days and n % 5 == 4), None)
    if away is not None:
        collecting.buy_labour(levy_share_id=away.pk, days=1, wished_on=today(at), way="transfer", words="在浙江务工,自己写的申请", by=keeper, at=at + timedelta(days=2))
    for n, (what, fen) in enumerate((("步道水泥运费", "300"), ("步道砂石", "260"))):
        collecting.draw_levy_spend(levy_id=one.pk, yuan=fen, what=what, payee="细沙运输队", voucher=f"01{26 + n}", day=today(at) + timedelta(days=8), by=keeper, at=at + timedelta(days=10))
    held = Levy.objects.get(pk=one.pk).held_fen
    first = LevySpend.objects.filter(levy=one).order_by("serial").first()
    if held >= first.fen:
        collecting.decide_levy_spend(levy_spend_id=first.pk, grant=True, by=other, at=at + timedelta(days=11))
