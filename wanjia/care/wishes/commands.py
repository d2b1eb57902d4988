"""The acts of wishes: written down, judged, claimed for somebody, received, handed over, confirmed, thanked for, asked about again; money in and out."""

import secrets
from datetime import timedelta
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.locks import hold
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import wishes as policy
from wanjia.verdict import Conflict, Refused

from ..asking import called
from ..duties import Duty
from ..lines.asking import ONE_DOOR
from ..lines.subjects import CHILDREN
from ..models import Wish, WishClaim, WishMoney
from ..wish_states import WISH, After, ClaimEnd, MoneyKind, Returned, Signer, Through, WishState
from . import asking, pages, queries, rules
from .subjects import MONEY, WISHES

JUDGES, HANDS, CONFIRMS = ({"duty": duty} for duty in ((Duty.JUDGE_WISHES,), rules.HANDS, rules.CONFIRMS))
AT_A_SCREEN = "who a child or a donor is stands on a paper, at a screen, and in no program"


@act(WISHES, "wish_new", at="new", words=_("征集心愿"), done=_("已记下,等另一个人审核。"), duty=rules.COLLECTS, may=rules.collects, new=True, lines={"wish.collect": _("征集微心愿")})
def collect_wish(
    *, by, at,
    name: Annotated[str, Asked(_("孩子姓名"), _("写全名,在您能看到的孩子里找。"), least=2, most=60)],
    kind: asking.Kind, thing: asking.Thing, cost: asking.Cost, size: asking.Size = "",
    last4: Annotated[str, Asked(_("身份证后四位"), _("重名时才要填。"), most=4)] = "",
):  # fmt: skip
    """Write down what a child wishes (征集), found by its name among those whom the actor sees."""
    child = called(rules.children_asked(by, today(at)).select_related("village__parent"), name, last4)
    return gather(child, kind=kind, thing=thing, cost=asking.fen_of(cost), size=size, by=by, at=at)


@act(CHILDREN, "child_wish", at="wish", words=_("记孩子的心愿"), done=_("已记下,等另一个人审核。"), duty=rules.COLLECTS, may=rules.can_wish, rank=40, call=None,
     because=ONE_DOOR, lines={"wish.collect": _("征集微心愿")})  # fmt: skip
def note_wish(child, *, by, at, kind: asking.Kind, thing: asking.Thing, cost: asking.Cost, size: asking.Size = ""):
    """Write down what this child wishes (征集)."""
    gather(child, kind=kind, thing=thing, cost=asking.fen_of(cost), size=size, by=by, at=at)
    return child


def gather(child, *, kind, thing, cost, by, at, size="", made_on=None, source="", source_row=None):
    """Make a wish of a child within an act; what must not be published is refused while the child is still there to be asked."""
    day = today(at)
    rules.can_wish(by, child, at).or_raise()
    said, band = " ".join(thing.split()), rules.band_of(child, day)
    names, places = queries.told_by(child)
    rules.is_fit(f"{said} {size}", cost, names, places, day).or_raise()
    if band is None:
        raise Refused(_("户册没有孩子的出生日期,也没有学段,先请村(社区)补上。"))
    one = Wish(
        child=child, area_id=child.village_id, school=child.school_name, kind=kind, band=band, thing=said, size=size.strip(), cost=cost, made_on=made_on or day,
        source=source, source_row=source_row, recorded_at=at, recorded_by=by if by.id else None, code=_fresh_code(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("这个孩子已经有一个心愿在办,实现以后再征集下一个。")) from None
    journal.record(act="wish.collect", subject=one, by=by, at=at, area_code=one.area_id, what=str(kind), cost=cost)
    return one


def _fresh_code():
    while True:
        code = _signs(queries.LENGTH)
        if not Wish.objects.filter(code=code).exists():
            return code


def _signs(n):
    return "".join(secrets.choice(queries.ALPHABET) for _sign in range(n))


@act(WISHES, "wish_publish", at="publish", words=_("审核通过,公布"), done=_("已公布:只有编号、年龄段和东西。"), **JUDGES, may=rules.can_publish, rank=10, then=pages.back, lines={"wish.publish": _("公布微心愿")})
def publish_wish(wish, *, by, at, kind: asking.KindNow, thing: asking.ThingNow, cost: asking.CostNow, size: asking.SizeNow = ""):
    """Publish a wish (审核通过): fit, within the price, no money, nobody recognised; its words may be bettered on the way."""
    day, fen = today(at), asking.fen_of(cost)
    wish.thing, wish.size, wish.cost, wish.kind = " ".join(thing.split()), size.strip(), fen, kind
    names, places = queries.told_by(wish.child, wish.school)
    rules.is_fit(f"{wish.thing} {wish.size}", fen, names, places, day).or_raise()
    wish.judged_at, wish.judged_by_id, wish.published_on = at, by.id, day
    saving = ["thing", "size", "cost", "kind", "judged_at", "judged_by_id", "published_on"]
    journal.move(wish, WISH, "publish", by=by, at=at, saving=saving, area_code=wish.area_id)
    return wish


@act(WISHES, "wish_reject", at="reject", words=_("不采用、撤下"), done=_("已记下。请告诉征集的人,换一个心愿再报。"), **JUDGES, may=rules.can_reject, tone="danger", rank=20, then=pages.back, lines={"wish.reject": _("不采用微心愿")})
def reject_wish(wish, *, by, at, reason: Annotated[str, Asked(_("原因"), _("只给征集的人看。"), least=2, most=100)]):
    """Turn a wish down, or take it back while nobody has claimed it (不采用、撤下)."""
    wish.reason, wish.judged_at, wish.judged_by_id = reason.strip(), at, by.id
    journal.move(wish, WISH, "reject", by=by, at=at, saving=["reason", "judged_at", "judged_by_id"], area_code=wish.area_id)  # why stands on the wish alone: it may name the child
    return wish


@act(WISHES, "wish_call_off", at="call-off", words=_("孩子去世,和认领人办清"), done=_("已办清,这个心愿不再公布。"), **JUDGES, may=rules.can_call_off, rank=15, then=pages.back, lines={"wish.call_off": _("孩子去世,微心愿和认领人办清")})
def call_off_wish(
    wish, *, by, at,
    returned: Annotated[Returned, Asked(_("东西怎么办的"), _("捐款先在“记捐款收支”里退清。"))],
    reason: Annotated[str, Asked(_("情况"), _("哪天、怎么办的。不写姓名、电话。"), least=4, most=100)],
):  # fmt: skip
    """End the claim on a wish whose child has died (办清): the thing went back or, as the donor agreed, to another child; nobody is offered the wish again."""
    if (returned == Returned.NOTHING) != (wish.received_at is None):
        raise Refused(_("东西收到了的,写退还还是转给别的孩子;没有收到的,选“东西还没有来”。"))
    rules.may_stay_in_journal(reason, *queries.names_and_places(wish.child, wish.school), today(at)).or_raise()  # the wish outlives the donor's own term
    one = rules.live_claim(wish)
    if not WishClaim.objects.filter(pk=one.pk, ended_at=None).update(ended_at=at, end=ClaimEnd.NEEDLESS, returned=returned, version=one.version + 1):
        raise Conflict()
    wish.reason, wish.judged_at, wish.judged_by_id = reason.strip(), at, by.id
    journal.move(wish, WISH, "call_off", by=by, at=at, saving=["reason", "judged_at", "judged_by_id"], area_code=wish.area_id, returned=str(returned))
    return wish


@act(WISHES, "wish_claim", at="claim", words=_("替来人登记认领"), done=_("已登记认领。"), **HANDS, may=rules.can_take_claim, rank=10, then=pages.paper, call=None, because=AT_A_SCREEN, lines={"wish.claim": _("认领微心愿")})
def take_claim(wish, *, by, at, kind: asking.Who, name: asking.DonorName, phone: asking.DonorPhone):
    """Write down the claim of somebody who came or telephoned (认领登记); the paper that opens is the donor's."""
    return claim(wish, kind=kind, name=name, phone=phone, by=by, at=at)


def claim(wish, *, kind, name, phone, by, at, address_index=""):
    """Let somebody hold a wish, within an act that has locked its row: one live claim, whoever else comes at the same moment.

    The row's own lock, the compared move and the database's `one_live_claim_a_wish` each say so.
    """
    day = today(at)
    rules.can_be_claimed(wish).or_raise()
    rules.is_donor(kind, name, phone).or_raise()
    rules.may_keep_company(wish, name, by.id is not None, day).or_raise()
    tokens = queries.claims_under(phone)
    hold(f"wish.phone|{tokens[-1]}")
    rules.may_claim_more(kind, tokens, by.id is not None, day).or_raise()
    rules.may_hold_here(address_index, day).or_raise()
    rules.may_hold_again(wish, tokens, address_index, day).or_raise()
    one = WishClaim(
        wish=wish, kind=kind, name=name.strip(), phone=phone.strip(), code=_signs(queries.SLIP), address_index=address_index, claimed_at=at,
        until_on=day + timedelta(days=policy.in_force(day).lock_days + 1), taken_by_id=by.id,
    )  # fmt: skip
    journal.move(wish, WISH, "claim", by=by, at=at, area_code=wish.area_id, what=str(kind))
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("这个心愿刚刚有人认领了。")) from None
    return one


def _names_nobody(wish, reason, at):
    """Refuse a reason that the journal would keep, and whoever reads it, with the child's name or a telephone in it."""
    rules.tells_nobody(reason, *queries.names_and_places(wish.child, wish.school), today(at)).or_raise()


@act(WISHES, "wish_lengthen", at="lengthen", words=_("延长认领"), done=_("已延长一次。"), **HANDS, may=rules.can_lengthen, aside=True, lines={"wish.lengthen": _("延长认领")})
def lengthen_claim(wish, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Let a claim run on (延长), once."""
    _names_nobody(wish, reason, at)
    one = rules.live_claim(wish)
    until = one.until_on + timedelta(days=policy.in_force(today(at)).longer_days)
    if not WishClaim.objects.filter(pk=one.pk, ended_at=None, longer=False, version=one.version).update(until_on=until, longer=True, warned_at=None, version=one.version + 1):
        raise Conflict()
    journal.record(act="wish.lengthen", subject=wish, by=by, at=at, area_code=wish.area_id, reason=reason.strip(), until=until)
    return wish


@act(WISHES, "wish_give_up", at="give-up", words=_("认领人放弃"), done=_("已放回清单,别人可以认领。"), **HANDS, may=rules.can_give_up, aside=True, tone="danger", lines={"wish.release": _("微心愿放回清单")})
def give_up_claim(wish, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """End a claim whose donor gives it up: the wish goes back to the others."""
    _names_nobody(wish, reason, at)
    release(wish, rules.live_claim(wish), ClaimEnd.GIVEN_UP, by=by, at=at, reason=reason.strip())
    return wish


def release(wish, one, end, *, by, at, reason=""):
    """Put a claimed wish back among the others, within an act."""
    if not WishClaim.objects.filter(pk=one.pk, ended_at=None).update(ended_at=at, end=end, version=one.version + 1):
        raise Conflict()
    journal.move(wish, WISH, "release", by=by, at=at, area_code=wish.area_id, reason=reason, end=str(end))


@act(WISHES, "wish_receive", at="receive", words=_("收到东西,核对过"), done=_("已记下。可以送给孩子了。"), **HANDS, may=rules.can_receive, rank=10, lines={"wish.receive": _("收到微心愿物品")})
def receive_thing(wish, *, by, at):
    """Note that the thing came and is what was wished (收到、核验): from now on the claim does not run out."""
    if not Wish.objects.filter(pk=wish.pk, version=wish.version).update(received_at=at, received_by=by.id, version=wish.version + 1):
        raise Conflict()
    wish.refresh_from_db()
    journal.record(act="wish.receive", subject=wish, by=by, at=at, area_code=wish.area_id)
    return wish


@act(WISHES, "wish_pay", at="money", words=_("记捐款收支"), done=_("已记账。"), **HANDS, may=rules.can_note_money, aside=True, lines={"wish.money": _("微心愿捐款收支")})
def note_money(
    wish, *, by, at,
    kind: Annotated[MoneyKind, Asked(_("是什么"))], amount: asking.Amount,
    words: Annotated[str, Asked(_("说明"), _("用掉的写买了什么、发票号;不写姓名。公开的账上看得到。"), most=80)] = "",
):  # fmt: skip
    """Write down money given for a wish, spent, or given back (捐款收支): it is published with its use, by the wish's code."""
    one, fen, day = rules.live_claim(wish), asking.fen_of(amount), today(at)
    rules.fits_account(one, kind, fen, day).or_raise()
    rules.tells_nobody(words, *queries.told_by(wish.child, wish.school), day).or_raise()
    number = ""
    if kind == MoneyKind.GIVEN:
        hold("wish.receipts")
        number = queries.number_for(day.strftime("%Y%m"))
    line = WishMoney.objects.create(claim=one, kind=kind, amount=fen, on=day, number=number, words=words.strip(), recorded_at=at, recorded_by=by if by.id else None)
    WishClaim.objects.filter(pk=one.pk).update(checked_at=None, checked_by=None)
    journal.record(act="wish.money", subject=wish, by=by, at=at, area_code=wish.area_id, what=str(kind), amount=fen, number=line.number)
    return wish


@act(WISHES, "wish_check_money", at="money/check", words=_("核对捐款账"), done=_("已核对,公开的账上看得到。"), **HANDS, may=rules.can_check_money, aside=True, lines={"wish.check_money": _("核对微心愿捐款账")})
def check_money(wish, *, by, at):
    """Say that what was given for a wish, spent and given back is right (核对捐款账): from now on everybody sees it, also where the wish waits for somebody else."""
    n = _looked_at(rules.unchecked().filter(claim__wish=wish), by=by, at=at)
    journal.record(act="wish.check_money", subject=wish, by=by, at=at, area_code=wish.area_id, n=n)
    return wish


def _looked_at(lines, *, by, at):
    """Note that the accounts of these lines were looked at; returns how many accounts."""
    return WishClaim.objects.filter(pk__in=set(lines.values_list("claim", flat=True))).update(checked_at=at, checked_by=by.id)


@act(WISHES, "wish_deliver", at="deliver", words=_("送给孩子"), done=_("已记下。请另一个人向孩子和监护人(或者班主任)核实签收。"), **HANDS, may=rules.can_deliver, rank=10, lines={"wish.deliver": _("送达微心愿")})
def deliver_wish(wish, *, by, at, through: Annotated[Through, Asked(_("怎么送到"), _("认领人不单独见孩子。"))]):
    """Hand the thing to the child (送达), through the school or the village's children's officer; the donor never meets the child alone."""
    wish.delivered_at, wish.delivered_by_id, wish.through = at, by.id, through
    _looked_at(WishMoney.objects.filter(claim=rules.live_claim(wish)), by=by, at=at)  # who hands over has looked at its account
    journal.move(wish, WISH, "deliver", by=by, at=at, saving=["delivered_at", "delivered_by_id", "through"], area_code=wish.area_id, through=str(through))
    return wish


@act(WISHES, "wish_send_back", at="send-back", words=_("孩子没有收到"), done=_("已退回,请送的人再办。"), **CONFIRMS, may=rules.can_confirm, rank=20, tone="danger", lines={"wish.send_back": _("微心愿没有收到")})
def send_back(wish, *, by, at, reason: Annotated[str, Asked(_("怎么回事"), least=2, most=60)]):
    """Send a wish back whose child has nothing in hand."""
    _names_nobody(wish, reason, at)
    wish.delivered_at, wish.delivered_by_id, wish.through = None, None, ""
    journal.move(wish, WISH, "send_back", by=by, at=at, saving=["delivered_at", "delivered_by_id", "through"], area_code=wish.area_id, reason=reason.strip())
    return wish


@act(WISHES, "wish_confirm", at="confirm", words=_("孩子签收了"), done=_("心愿实现了。孩子有话要说的,记下来给认领人看。"), **CONFIRMS, may=rules.can_confirm, rank=10, lines={"wish.confirm": _("签收微心愿")})
def confirm_wish(
    wish, *, by, at,
    signer: Annotated[Signer, Asked(_("谁和孩子一起签"))],
    signed_by: Annotated[str, Asked(_("签字人姓名"), least=2, most=40)],
):  # fmt: skip
    """Confirm that the child has it (签收核实): signed by the child and the guardian or the class teacher, looked at by another than who brought it."""
    day = today(at)
    rules.is_signed(signed_by, {wish.child.name, by.name, wish.delivered_by.name if wish.delivered_by else ""}).or_raise()
    wish.confirmed_on, wish.confirmed_by_id, wish.signer, wish.signed_by, wish.days = day, by.id, signer, signed_by.strip(), max((day - wish.made_on).days, 0)
    saving = ["confirmed_on", "confirmed_by_id", "signer", "signed_by", "days"]
    WishClaim.objects.filter(wish=wish, ended_at=None).update(ended_at=at, end=ClaimEnd.DONE)
    journal.move(wish, WISH, "confirm", by=by, at=at, saving=saving, area_code=wish.area_id, days=wish.days)
    return wish


@act(WISHES, "wish_thank", at="thank", words=_("记孩子的话"), done=_("已记下,认领人凭认领条能看到。"), **CONFIRMS, may=rules.can_thank, rank=20, lines={"wish.thank": _("记下孩子给认领人的话")})
def thank_donor(wish, *, by, at, words: Annotated[str, Asked(_("孩子说的话"), _("不写姓名、学校,认领人看得到。"), least=2, most=120, rows=3)]):
    """Write down what the child says to whoever gave it (感谢): nobody is recognised by it, only the donor sees it."""
    rules.tells_nobody(words, *queries.told_by(wish.child, wish.school), today(at)).or_raise()
    wish.thanks, wish.version = words.strip(), wish.version + 1
    wish.save(update_fields=["thanks", "version"])
    journal.record(act="wish.thank", subject=wish, by=by, at=at, area_code=wish.area_id)
    return wish


@act(WISHES, "wish_ask_again", at="ask-again", words=_("回访"), done=_("已回访、归档。"), **CONFIRMS, may=rules.can_ask_again, rank=10, lines={"wish.archive": _("回访微心愿并归档")})
def ask_again(
    wish, *, by, at,
    after: Annotated[After, Asked(_("东西怎么样"))],
    words: Annotated[str, Asked(_("情况"), _("不合适、坏了的,写明怎么办的。"), most=100)] = "",
):  # fmt: skip
    """Ask the child again some weeks later (回访), and close the file."""
    if after != After.USED and len(words.strip()) < 4:
        raise Refused(_("不合适、坏了、不在孩子手里的,请写明怎么办的。"))
    wish.after, wish.asked_on, wish.words = after, today(at), words.strip()
    journal.move(wish, WISH, "archive", by=by, at=at, saving=["after", "asked_on", "words"], area_code=wish.area_id, after_said=str(after))
    return wish


@act(WISHES, "wish_donor", at="donor", words=_("看认领人、印认领单"), **HANDS, may=rules.can_read_donor, reads=True, call=None, because=AT_A_SCREEN, aside=True, rank=60, tone="quiet",
     template="care/wishes/donor.html", more=pages.donor, lines={"wish.read_donor": _("看认领人姓名、电话")})  # fmt: skip
def read_donor(wish, *, by, at):
    """Journal that somebody reads who claimed a wish; returns the wish. The page shows it once, and prints as the claim's paper."""
    journal.record_reading(act="wish.read_donor", subject=wish, by=by, at=at, reason=_("联系认领人、印认领单"), area_code=wish.area_id, fields=["name", "phone"])
    return wish


@act(MONEY, "wish_receipt", at="receipt", words=_("印收据"), **HANDS, may=rules.can_print_receipt, reads=True, call=None, because=AT_A_SCREEN, tone="quiet",
     template="care/wishes/receipt.html", more=pages.receipt, lines={"wish.read_receipt": _("印捐款收据")})  # fmt: skip
def print_receipt(wish_money, *, by, at):
    """Journal that the receipt for money is printed, with the donor's name; returns the line. The page shows it once."""
    wish = wish_money.claim.wish
    journal.record_reading(act="wish.read_receipt", subject=wish, by=by, at=at, reason=_("印捐款收据"), area_code=wish.area_id, fields=["name"], number=wish_money.number)
    return wish_money


@command("care.watch_claims")
def watch_claims(*, by, at):
    """The day's look: a claim that ends soon is marked, that somebody telephones; one whose day has come goes back to the others. Returns (warned, released)."""
    if by is not CLOCK:
        raise Refused(_("认领到期由系统按天放回,不由人代走。"))
    day = today(at)
    gone = _over(queries.ending(None, day), by=by, at=at)
    soon = queries.ending(day, day + timedelta(days=policy.in_force(day).warn_days)).filter(warned_at=None)
    warned = [one for one in soon if WishClaim.objects.filter(pk=one.pk, ended_at=None, warned_at=None).update(warned_at=at)]
    for one in warned:
        journal.record(act="wish.warn", subject=one.wish, by=by, at=at, area_code=one.wish.area_id)
    return len(warned), gone


def _over(claims, *, by, at):
    """Release what nobody brought by its day; a wish with money in the box stays, for somebody to settle the account."""
    n = 0
    for pk in list(claims.values_list("wish", flat=True)):
        wish = Wish.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        one = rules.live_claim(wish)
        if wish.state == WishState.CLAIMED and wish.received_at is None and one and one.until_on <= today(at) and rules.balance(one) == 0:
            release(wish, one, ClaimEnd.LAPSED, by=by, at=at)
            n += 1
    return n


def watch(at):
    """Look at every claim: for the day's sweep."""
    watch_claims(by=CLOCK, at=at)
