"""A small world of a project: 大同村's representatives decided on a path, township and county looked at it, its notice is over, the Wang home gives money and days."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY

from ..levies.collecting import commands as collecting
from ..levies.commands import charge_levy, cite_levy, draw_levy, relieve_home
from ..levy_states import LevyState as S
from ..models import AgendaItem, Levy, LevyLabour, LevyPayment, LevyShare, LevySpend, Meeting, PublicNotice
from .factories import body, meeting, signed
from .factories import item as agenda_item
from .fee_factories import DAY, who

HELD = DAY - timedelta(days=30)
EARLY = MONDAY - timedelta(days=35)
ORDER = [S.DRAFT, S.DECIDED, S.CHECKED, S.APPROVED, S.CHARGED, S.DONE]


def decision(world, *, kind="representatives", day=HELD, votes=8, used=True):
    """The representatives decided on the path: ten seats, eight came."""
    rows = AgendaItem.objects.filter(body__kind=kind, matter="public_works")
    found = (rows if used else rows.exclude(pk__in=Levy.objects.exclude(item=None).values("item"))).first()
    if found is not None:
        return found
    held = meeting(world, "meeting_opened", of=body(world, kind, seats=10), came=8, day=day, told_on=day - timedelta(days=5))
    one = agenda_item(world, "item_passed", at=held, of=held.body, title="三组步道筹资筹劳", matter="public_works")
    AgendaItem.objects.filter(pk=one.pk).update(votes_for=votes)
    Meeting.objects.filter(pk=held.pk).update(state="meeting_closed", closed_at=MONDAY, closed_by=world.visitor)
    signed(held)
    return AgendaItem.objects.select_related("body", "meeting__body").get(pk=one.pk)


def plan(world, **facts):
    """Ten yuan a head, three days a labourer."""
    return {
        "village": world.datong, "name": "三组步道", "what": "从大路口到水池的步道硬化 180 米", "budget": "3000", "per_head": "10", "per_worker": 3, "told_on": HELD - timedelta(days=8),
    } | facts  # fmt: skip


def notice(world, item, until_on=DAY - timedelta(days=1)):
    """The decision hung its days."""
    given = {"area": world.datong, "where": "村务公开栏", "words": "三组步道", "from_on": until_on - timedelta(days=14), "until_on": until_on, "posted_at": MONDAY}
    return PublicNotice.objects.get_or_create(item=item, withdrawn_on=None, defaults=given)[0]


def levy(world, state=S.CHARGED, drawn_by=None):
    """The project, as far as it went."""
    one = Levy.objects.filter(village=world.datong).exclude(state=S.DROPPED).first() or draw_levy(**plan(world), **who(drawn_by or world.register.yang, EARLY))
    went = ORDER.index(state)
    if one.state == S.DRAFT and went >= 1:
        one = cite_levy(levy_id=one.pk, item=decision(world), signed=2, **who(world.register.yang))
    if went >= 2 and one.state == S.DECIDED:
        one = _moved(one, S.CHECKED, checked_on=DAY, check_words="手续齐全", checked_by=world.township_leader)
    if went >= 3 and one.state == S.CHECKED:
        notice(world, one.item)
        one = _moved(one, S.APPROVED, approved_on=DAY, approve_words="符合规定", approved_by=world.farming)
    if went >= 4 and one.state == S.APPROVED:
        one = charge_levy(levy_id=one.pk, **who(world.clerk))
    if went >= 5 and one.state == S.CHARGED:
        one = _moved(one, S.DONE, done_on=DAY, done_words="做完了", accepted_by=world.clerk)
    return Levy.objects.select_related("item__body", "village").get(pk=one.pk)


def _moved(one, state, **facts):
    before = Levy.objects.get(pk=one.pk).state
    assert ORDER.index(state) == ORDER.index(before) + 1
    Levy.objects.filter(pk=one.pk).update(state=state, **facts)
    return Levy.objects.get(pk=one.pk)


def relief(world):
    """One of the Wang home is let off labour."""
    one = levy(world, S.DRAFT)
    if not one.reliefs.exists():
        relieve_home(levy_id=one.pk, home=world.register.home, ground="unable", heads=0, workers=1, words="腰伤,有医院证明", **who(world.register.yang))
    return one.reliefs.get()


def spent(world):
    """The cement is paid."""
    payment(world)
    one = spend(world)
    return one if one.paid_on else collecting.decide_levy_spend(levy_spend_id=one.pk, grant=True, **who(world.clerk))


def share(world):
    """What the Wang home is due."""
    levy(world)
    return LevyShare.objects.filter(home=world.register.home, due_fen__gt=0).first() or LevyShare.objects.order_by("-due_fen", "home__number").first()


def payment(world, yuan="20"):
    """It gave a part."""
    return LevyPayment.objects.filter(reverses=None, days=0).first() or collecting.take_levy_payment(levy_share_id=share(world).pk, yuan=yuan, way="cash", **who(world.register.yang))


def bought(world):
    """It pays instead of a day, as it asked."""
    return LevyPayment.objects.filter(reverses=None, days=1).first() or collecting.buy_labour(levy_share_id=share(world).pk, days=1, wished_on=DAY, way="cash", **who(world.register.yang))


def labour(world):
    """It worked a day."""
    collecting.note_labour(levy_share_id=share(world).pk, day=DAY, days=1, **who(world.register.yang))
    return LevyLabour.objects.first()


def spend(world, yuan="12.50", voucher="0126"):
    """Cement is to be paid."""
    found = LevySpend.objects.filter(village=world.datong, voucher=voucher).first()
    return found or collecting.draw_levy_spend(levy_id=levy(world).pk, yuan=yuan, what="步道水泥运费", payee="细沙运输队", voucher=voucher, day=DAY, **who(world.register.yang))
