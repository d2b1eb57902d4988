"""Who sees which wishes, who collects, judges, hands over, confirms; what may be published; and why not."""

from datetime import timedelta

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models import Organisation
from wanjia.orgs.roles import Role
from wanjia.policy import wishes as policy
from wanjia.policy.identity import fold, judge_phone
from wanjia.registry import ties
from wanjia.registry.models import Person, Schooling
from wanjia.verdict import first_refusal

from ..children.rules import names_of, own_pairs, records_of, visible_children
from ..duties import Duty
from ..helpers.rules import clear_on
from ..models import Helper, Wish, WishClaim, WishMiss, WishMoney
from ..wish_states import GRANTED, POOL, UNDER_WAY, WISH, AgeBand, Claimant, MoneyKind, WishKind, WishState

COLLECTS = (Duty.GATHER_WISHES, Duty.ACCOMPANY)
HANDS = (Duty.GATHER_WISHES, Duty.JUDGE_WISHES)
CONFIRMS = (Duty.GATHER_WISHES, Duty.JUDGE_WISHES, Duty.ACCOMPANY)
SEES = (Duty.SEE_CARE, *CONFIRMS)
MISSES_AN_HOUR = 10
COUNTY = 6  # digits of a county's code
NO_DUTY = _("您的岗位没有办微心愿的权限。")
NO_JUDGE = _("您的岗位没有审核微心愿的权限。")
ELSEWHERE = _("这个心愿不由您管。")
FAULTS = {
    "cash": _("心愿不收现金、红包、充值:写想要的东西。"),
    "name": _("心愿里不能有人的姓名。"),
    "school": _("心愿里不能写学校、班级。"),
    "number": _("心愿里不能有电话、证件号。"),
    "place": _("心愿里不能写地名、校名。"),
    "plight": _("不写家里的难处、身体情况:只写东西。需要辅助器具的,报需求办理。"),
}
BANDS = ((7, AgeBand.SMALL), (10, AgeBand.LOWER), (13, AgeBand.UPPER), (16, AgeBand.MIDDLE))
BY_STAGE = {
    Schooling.NOT_YET: AgeBand.SMALL, Schooling.KINDERGARTEN: AgeBand.SMALL, Schooling.PRIMARY: AgeBand.LOWER, Schooling.JUNIOR: AgeBand.MIDDLE,
    Schooling.SENIOR: AgeBand.OLDER, Schooling.VOCATIONAL: AgeBand.OLDER,
}  # fmt: skip


def visible_wishes(actor, *, duty=SEES):
    """Wishes of the area of posts near families, of the own school for a school's post, and of the children whom a live pair names."""
    asked = duty if isinstance(duty, tuple) else (duty,)
    within = Q(pk__in=[])
    for post in scope.posts(actor, duty=tuple(one for one in asked if one != Duty.ACCOMPANY)):
        reach = scope.reach_of(post)
        here = Q(area_id__gte=reach.first, area_id__lt=reach.end)
        if post.role == Role.SCHOOL_WORKER:
            within |= here & Q(school__in=names_of(post.organisation))
        elif ties.with_families(reach):
            within |= here
    if Duty.ACCOMPANY in asked:
        within |= Q(child__in=own_pairs(actor, today(timezone.now())).values("child"))
    return Wish.objects.filter(within)


def visible_money(actor, *, duty=HANDS):
    """The money given for these wishes."""
    return WishMoney.objects.filter(claim__wish__in=visible_wishes(actor, duty=duty))


def children_asked(actor, day):
    """The children whose wishes the actor may write down: of the own area or school, and those paired with the actor."""
    near = visible_children(actor, day, duty=Duty.GATHER_WISHES)
    return near | Person.objects.filter(pk__in=own_pairs(actor, day).values("child"), merged_into=None, died_on=None)


def collects(actor, _row=None):
    """May the actor write wishes down at all; whose, the act judges."""
    return first_refusal((actor.has_duty(*COLLECTS), NO_DUTY))


def can_wish(actor, child, at):
    """May the actor write down what this child wishes: one under way at a time."""
    return first_refusal(
        (actor.has_duty(*COLLECTS), NO_DUTY),
        (children_asked(actor, today(at)).filter(pk=child.pk).exists(), _("这个孩子不在您管的名单里。")),
        (child.village_id is not None, _("户册没有登记孩子在哪个村,先请村(社区)更新户册。")),
        (not Wish.objects.filter(child__in=records_of(child.pk), state__in=UNDER_WAY).exists(), _("这个孩子已经有一个心愿在办,实现以后再征集下一个。")),
    )


def band_of(child, day):
    """Return the age band of a child, or None where neither birth nor stage of school says it."""
    age = child.age_on(day)
    if age is None:
        return BY_STAGE.get(child.schooling)
    return next((band for under, band in BANDS if age < under), AgeBand.OLDER)


def is_fit(thing, cost, names, places, day):
    """Decide whether a wish may be published so: within its price, no money, nobody recognised by it."""
    numbers = policy.in_force(day)
    found = policy.faults(thing, names, places, day)
    return first_refusal(
        (0 < cost <= numbers.most, _("一个心愿不超过 %(most)s 元。") % {"most": numbers.most // 100}),
        *((word not in found, sentence) for word, sentence in FAULTS.items()),
    )


def tells_nobody(text, names, places, day):
    """Decide whether a child's own words may be shown to the donor: nobody is recognised by them, no money is asked for."""
    found = policy.faults(text, names, places, day)
    return first_refusal(*((word not in found, sentence) for word, sentence in FAULTS.items()))


def may_stay_in_journal(reason, names, places, day):
    """Decide whether a reason may stand in the journal, where people read it who may not know the child: it names nobody, no school or class, no place, no number."""
    told = {"name", "school", "place", "number"} & set(policy.faults(reason, names, places, day))
    return first_refusal((not told, _("原因会留在操作日志里:不写姓名、学校、班级、地名、号码。")))


def _mine(actor, wish, duty, without=NO_DUTY):
    asked = duty if isinstance(duty, tuple) else (duty,)
    return (actor.has_duty(*asked), without), (visible_wishes(actor, duty=asked).filter(pk=wish.pk).exists(), ELSEWHERE)


def can_publish(actor, wish):
    """May the actor publish a wish (审核通过): somebody else than who wrote it down; no second one while a first one of the same school waits."""
    return first_refusal(
        *_mine(actor, wish, Duty.JUDGE_WISHES, NO_JUDGE),
        (WISH.allows("publish", wish.state), _("这个心愿已经审核过。")),
        (wish.recorded_by_id is None or wish.recorded_by_id != actor.id, _("谁征集的心愿,由另一个人审核。")),
        (wish.child.died_on is None, _("户册登记孩子已经去世,这个心愿不再公布,请撤下。")),
        (not (_had_one(wish) and others_wait(wish)), _("这个孩子已经实现过心愿,同一所学校还有孩子的第一个心愿在等,先办他们的。")),
    )


def _had_one(wish):
    return granted_to(records_of(wish.child_id))


def granted_to(records):
    """Tell whether one of these records of a child had a wish granted."""
    return Wish.objects.filter(child__in=records, state__in=GRANTED).exists()


def others_wait(wish):
    """Tell whether another child of the same school (where none is known: of the same village) waits for its first wish."""
    waits = Wish.objects.filter(state__in=(WishState.COLLECTED, *POOL)).exclude(child__in=records_of(wish.child_id)).order_by()
    here = waits.filter(school__in=spelt_alike(wish, waits)) if wish.school else waits.filter(area=wish.area_id, school="")
    return any(not granted_to(records_of(child)) for child in here.values_list("child", flat=True).distinct())


def spelt_alike(wish, among):
    """Return the spellings under which the school of a wish stands among other wishes of the county: full width, blanks, and whatever names the unit is known by are one school."""
    stem = wish.area_id[:COUNTY]
    units = Organisation.objects.filter(area__code__startswith=stem).prefetch_related("aliases")
    known = {fold(name): unit.pk for unit in units for name in names_of(unit)}
    mine = known.get(fold(wish.school), fold(wish.school))
    said = among.filter(area__code__startswith=stem).exclude(school="").values_list("school", flat=True).distinct()
    return [one for one in said if known.get(fold(one), fold(one)) == mine]


def can_reject(actor, wish):
    """May the actor turn a wish down, or take it back while nobody has claimed it."""
    return first_refusal(
        *_mine(actor, wish, Duty.JUDGE_WISHES, NO_JUDGE),
        (wish.state != WishState.CLAIMED, _("已经有人认领,不能撤下。要撤的,先请认领人放弃。")),
        (WISH.allows("reject", wish.state), _("这个心愿已经办完,或者没有采用。")),
        (wish.recorded_by_id is None or wish.recorded_by_id != actor.id, _("谁征集的心愿,由另一个人审核。")),
    )


def can_call_off(actor, wish):
    """May the actor end the claim on a wish whose child has died: the money went back or was spent to the fen; where the thing is, is said with the act."""
    return first_refusal(
        *_mine(actor, wish, Duty.JUDGE_WISHES, NO_JUDGE),
        (wish.child.died_on is not None, _("户册没有登记孩子去世。认领人不办了的,记认领人放弃。")),
        (WISH.allows("call_off", wish.state), _("这个心愿现在没有人认领。")),
        (wish.recorded_by_id is None or wish.recorded_by_id != actor.id, _("谁征集的心愿,由另一个人审核。")),
        (balance(live_claim(wish)) == 0, _("还有捐款没有用完、没有退还,先把账平了。")),
    )


def can_take_claim(actor, wish):
    """May the actor write down a claim of somebody who came or telephoned."""
    return first_refusal(*_mine(actor, wish, HANDS), (wish.state in POOL, _("这个心愿已经有人认领,或者不在公布的清单上。")))


def can_be_claimed(wish):
    """May a wish be claimed by somebody without an account."""
    return first_refusal((wish.state in POOL and wish.child.died_on is None, _("这个心愿刚刚有人认领了,或者已经撤下。请看看别的心愿。")))


def may_keep_company(wish, name, by_staff, day):
    """Decide whether a claim may bring somebody near the child: a wish for company is for a helper of the county whose records are clear, named to the staff; a name typed on the public page proves nobody (未成年人保护法 62)."""
    return first_refusal((
        wish.kind != WishKind.COMPANY or (by_staff and Helper.objects.filter(clear_on(day), name=name.strip(), organisation__area__code__startswith=wish.area_id[:COUNTY]).exists()),
        _("陪伴、参观要和孩子见面,只由背景审查有效的帮扶人认领,请到乡镇(街道)登记。"),
    ))


def live_claim(wish):
    """Return the claim that holds a wish, or None."""
    return WishClaim.objects.filter(wish=wish, ended_at=None).first()


def _claimed(actor, wish, duty=HANDS):
    return (*_mine(actor, wish, duty), (wish.state == WishState.CLAIMED, _("这个心愿现在没有人认领。")))


def can_lengthen(actor, wish):
    """May the actor let a claim run on, once, while the thing has not come."""
    claim = live_claim(wish)
    return first_refusal(
        *_claimed(actor, wish),
        (wish.received_at is None, _("东西已经到了,不用延。")),
        (claim is None or not claim.longer, _("已经延过一次,不能再延。")),
    )


def can_give_up(actor, wish):
    """May the actor end a claim whose donor gives it up; not once the thing or money is in hand."""
    return first_refusal(*_claimed(actor, wish), *_in_hand(wish))


def can_give_up_alone(claim):
    """May a donor give up by the slip."""
    return first_refusal((claim.ended_at is None and claim.wish.state == WishState.CLAIMED, _("这次认领已经结束。")), *_in_hand(claim.wish))


def _in_hand(wish):
    return (
        (wish.received_at is None, _("东西已经收到,不能放弃。")),
        (balance(live_claim(wish)) == 0, _("还有捐款没有用完、没有退还,先把账平了。")),
    )


def can_receive(actor, wish):
    """May the actor note that the thing came and is what was wished (收到、核验)."""
    return first_refusal(*_claimed(actor, wish), (wish.received_at is None, _("已经记过收到。")))


def can_note_money(actor, wish):
    """May the actor write down money of a claim."""
    return first_refusal(*_claimed(actor, wish))


def fits_account(claim, kind, amount, day):
    """Decide whether a line of money fits the account: no more spent or given back than was given, no wish dearer than wishes are."""
    left, most = balance(claim), policy.in_force(day).most
    given = sums(claim)[MoneyKind.GIVEN] + amount
    return first_refusal(
        (kind == MoneyKind.GIVEN or amount <= left, _("手里只有 %(left)s 元捐款。") % {"left": f"{left / 100:.2f}"}),
        (kind != MoneyKind.GIVEN or given <= most, _("一个心愿收的捐款不超过 %(most)s 元。") % {"most": most // 100}),
    )


def sums(claim):
    """Return {kind of money: fen} of a claim."""
    found = dict.fromkeys(MoneyKind, 0)
    if claim is not None:
        found |= {MoneyKind(kind): n for kind, n in WishMoney.objects.filter(claim=claim).order_by().values_list("kind").annotate(n=Sum("amount"))}
    return found


def balance(claim):
    """Return what is left of the money given for a claim, in fen."""
    said = sums(claim)
    return said[MoneyKind.GIVEN] - said[MoneyKind.SPENT] - said[MoneyKind.BACK]


def booked_none(actor, lines):
    """Tell whether the actor wrote none of these lines of an account: whoever takes money in does not say alone what became of it."""
    return not lines.filter(recorded_by=actor.id).exists()


def unchecked():
    """Return the lines of accounts at which nobody but who wrote them has looked since the last line."""
    return WishMoney.objects.filter(claim__checked_at=None)


def can_check_money(actor, wish):
    """May the actor say that an account is right (核对捐款账): somebody else than who wrote it, whether the thing was brought or the money given back."""
    lines = unchecked().filter(claim__wish=wish)
    return first_refusal(
        *_mine(actor, wish, HANDS), (lines.exists(), _("没有等着核对的捐款账。")),
        (booked_none(actor, lines), _("谁记的捐款账,由另一个人核对。")),
    )


def can_deliver(actor, wish):
    """May the actor hand the thing to the child (送达): once it came and was looked at, with the account even; the account is another's, who hands over has looked at it."""
    return first_refusal(
        *_claimed(actor, wish), (wish.child.died_on is None, _("户册登记孩子已经去世,不再送。请和认领人办清。")),
        (wish.received_at is not None, _("先收到东西、核对是不是孩子要的,再送。")),
        (balance(live_claim(wish)) == 0, _("还有捐款没有用完、没有退还,先把账平了。")),
        (booked_none(actor, WishMoney.objects.filter(claim__wish=wish)), _("谁记的捐款账,由另一个人核对以后送出。")),
    )


def _delivered(actor, wish):
    return (
        *_mine(actor, wish, CONFIRMS), (wish.state == WishState.DELIVERED, _("这个心愿不在等签收核实。")),
        (wish.delivered_by_id is None or wish.delivered_by_id != actor.id, _("谁送的,由另一个人向孩子核实。")),
    )


def can_confirm(actor, wish):
    """May the actor confirm that the child has it (签收核实): somebody else than who handed it over."""
    return first_refusal(*_delivered(actor, wish))


def can_thank(actor, wish):
    """May the actor write down what the child says to whoever gave it: once."""
    return first_refusal(*_mine(actor, wish, CONFIRMS), (wish.state in GRANTED, _("孩子签收以后再写。")), (not wish.thanks, _("已经写过了。")))


def can_ask_again(actor, wish, at):
    """May the actor ask the child again (回访), some weeks after it signed."""
    due = wish.confirmed_on and asked_from(wish, today(at))
    return first_refusal(
        *_mine(actor, wish, CONFIRMS), (wish.state == WishState.CONFIRMED, _("签收以后、归档以前才回访。")),
        (due is None or due <= today(at), _("签收满 %(n)s 天再回访。") % {"n": policy.in_force(today(at)).asked_after_days}),
    )


def asked_from(wish, day):
    """Return the day from which a child is asked again, by the rule in force on `day`."""
    return wish.confirmed_on + timedelta(days=policy.in_force(day).asked_after_days)


def can_read_donor(actor, wish):
    """May the actor read who claimed a wish: whoever hands it over, to telephone or to print the claim."""
    return first_refusal(*_mine(actor, wish, HANDS), (WishClaim.objects.filter(wish=wish).exists(), _("还没有人认领过。")))


def can_print_receipt(actor, money):
    """May the actor print the receipt for money that was given."""
    return first_refusal(
        (actor.has_duty(*HANDS), NO_DUTY), (visible_money(actor).filter(pk=money.pk).exists(), ELSEWHERE),
        (money.kind == MoneyKind.GIVEN, _("收到的捐款才有收据。")),
    )


def is_signed(signed_by, names):
    """Decide whether this is the name of one who signs beside the child: neither signs nor one of `names`, the child's own and who handed it over."""
    signed = policy.bare(signed_by)
    return first_refusal((len(signed) >= policy.LEAST_NAME and signed not in map(policy.bare, names), _("签字人写监护人或者班主任的姓名:不是孩子自己,也不是送的人、登记的人。")))


def is_donor(kind, name, phone):
    """Decide whether this can be somebody's name and telephone."""
    found, code = judge_phone(phone)
    return first_refusal(
        (kind in Claimant.values, _("请选是谁认领。")),
        (sum(sign.isalnum() for sign in name) >= 2, _("请写姓名或者单位名称。")),
        (found and (code is None or code.startswith("warn.")), _("电话号码不对,请再核对一遍。")),
    )


def is_known(kind, by_staff):
    """Tell whether this is a unit or a group that somebody of the office writes down: what is chosen on the public page proves nothing."""
    return by_staff and kind != Claimant.PERSON


def may_claim_more(kind, phone_index, by_staff, day):
    """Decide whether this telephone may hold another claim: a few of anybody on the public page; more of a unit or a group that the office writes down."""
    numbers = policy.in_force(day)
    most = numbers.live_of_unit if is_known(kind, by_staff) else numbers.live_of_person
    n = WishClaim.objects.filter(phone_index__in=phone_index, ended_at=None).count()
    return first_refusal((n < most, _("这个电话还有 %(n)s 个认领没有办完,办完一个再认领下一个。单位、集体要多认领的,请打电话到乡镇(街道)登记。") % {"n": n}))


def may_hold_here(address_index, day):
    """Decide whether this address may hold another claim of the public page: telephones can be invented, a place of one's own less easily."""
    n = WishClaim.objects.filter(address_index=address_index, ended_at=None).count() if address_index else 0
    return first_refusal((n < policy.in_force(day).live_at_address, _("从这里认领的还有 %(n)s 个没有办完。要多认领的,请打电话到乡镇(街道)登记。") % {"n": n}))


def may_hold_again(wish, phone_index, address_index, day):
    """Decide whether this telephone, or this address, may hold the wish once more: who let it go time after time keeps the child waiting; others may."""
    mine = Q(phone_index__in=phone_index) | (Q(address_index=address_index) if address_index else Q(pk__in=[]))
    return first_refusal((WishClaim.objects.filter(mine, wish=wish).count() < policy.in_force(day).again, _("这个心愿您认领过、没有送来,现在留给别人。请看看别的心愿。")))


def may_claim_from(address_index, at):
    """Decide whether this address may claim once more: so many an hour. Other addresses are not touched."""
    n = WishClaim.objects.filter(address_index=address_index, claimed_at__gt=at - timedelta(hours=1)).count()
    return first_refusal((n < policy.in_force(today(at)).claims_an_hour, _("这里一小时内认领得太多,请过一会儿再来,或者打电话认领。")))


def may_try(address_index, at):
    """Decide whether this address may try another code of a slip: ten wrong ones an hour are enough. A right code from a shut address waits too."""
    n = WishMiss.objects.filter(address_index=address_index, at__gt=at - timedelta(hours=1)).count()
    return first_refusal((n < MISSES_AN_HOUR, _("输错太多次,请一小时后再试,或者打认领条上的电话。")))


