"""The acts of distributions: opened for a whole roll, sizes, order, arrival, who got it, what is left over."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Organisation
from wanjia.registry.finding import standing
from wanjia.verdict import Conflict, Refused

from ..children.commands import read_names
from ..duties import Duty
from ..models import Distribution, Gift, GiftStock
from ..wish_states import GIFTS, SERVED, SIZES, GiftState, Goes, Served, Sizing
from ..wishes.queries import names_and_places
from ..wishes.rules import may_stay_in_journal
from . import queries, rules
from .subjects import DISTRIBUTIONS, PUPILS

KEEPS = {"duty": Duty.KEEP_GIFTS}
BY_CLASS = {"page": False, "call": None, "button": False, "because": "a class is one page with every name on it, each reading journalled: views.gift_class"}
MOST = 100_000  # of one size
RESERVE = 5  # parts of a hundred
READ = "distribution.read_class"
WRONG = _("件数写成整数。")


@act(DISTRIBUTIONS, "distribution_new", at="new", words=_("开一次发放"), done=_("名册上的孩子都列进来了。接着按班采集尺码。"), **KEEPS, may=rules.keeps, new=True, lines={"distribution.open": _("开一次物资发放")})
def open_distribution(
    *, by, at,
    school: Annotated[Organisation, Asked(_("学校"), among=queries.schools, within=rules.ELSEWHERE)],
    name: Annotated[str, Asked(_("名称"), _("例如“2026 年冬季运动鞋”。不写为什么发。"), least=2, most=60)],
    thing: Annotated[str, Asked(_("发什么"), least=1, most=40)],
    sizing: Annotated[Sizing, Asked(_("尺码"))],
    giver: Annotated[str, Asked(_("谁送的"), most=60)] = "",
    grades: Annotated[str, Asked(_("哪些班级"), _("一行一个,和户册里写的一样。不填就是全校。"), most=400, rows=3)] = "",
    reserve: Annotated[int | None, Asked(_("备用(%)"), _("每个尺码多订百分之几,换码用。"), least=0, most=50, initial=RESERVE)] = None,
):  # fmt: skip
    """Open a distribution (开一次发放): one for every pupil of the school, or of whole classes; nobody is picked out, no reason is kept."""
    rules.says_no_plight(f"{name} {thing}", today(at)).or_raise()
    day, wanted = today(at), [line.strip() for line in grades.splitlines() if line.strip()]
    children = list(rules.roll_of(by, school, day))
    if unknown := [grade for grade in wanted if grade not in {child.grade for child in children}]:
        raise Refused(_("户册里这所学校没有“%(grade)s”这个班级。") % {"grade": unknown[0]})
    chosen = [child for child in children if not wanted or child.grade in wanted]
    if not chosen:
        raise Refused(_("户册里没有这所学校的孩子。先请村(社区)在户册里补上学校。"))
    facts = {"name": name.strip(), "thing": thing.strip(), "sizing": sizing, "giver": giver.strip(), "grades": "\n".join(wanted), "reserve": RESERVE if reserve is None else reserve}
    try:
        with transaction.atomic():
            one = Distribution.objects.create(school=school, opened_at=at, opened_by=by if by.id else None, **facts)
    except IntegrityError:
        raise Conflict(_("这所学校已经有同名的发放。")) from None
    _take_on(one, chosen)
    journal.record(act="distribution.open", subject=one, by=by, at=at, area_code=school.area_id, n=len(chosen))
    return one


def _take_on(distribution, children, on=None):
    only = SIZES[distribution.sizing][0] if distribution.sizing == Sizing.ONE else ""
    Gift.objects.bulk_create([Gift(distribution=distribution, child=child, grade=child.grade, size=only, listed_on=on) for child in children], batch_size=500)


@act(DISTRIBUTIONS, "distribution_renew", at="renew", words=_("补新来的孩子"), done=_("名册已对过。"), **KEEPS, may=rules.can_renew, aside=True, lines={"distribution.renew": _("发放名册补新来的孩子")})
def renew_roll(distribution, *, by, at):
    """Take on the pupils who came to the school, or to these classes, since the roll was taken."""
    grades = distribution.grades.splitlines()
    known = set(distribution.roll.values_list("child", flat=True))
    known |= {standing(row.child).pk for row in distribution.roll.filter(child__merged_into__isnull=False).select_related("child")}  # put together since: one child, one pair
    came = [one for one in rules.roll_of(by, distribution.school, today(at)) if one.pk not in known and (not grades or one.grade in grades)]
    _take_on(distribution, came, today(at))
    journal.record(act="distribution.renew", subject=distribution, by=by, at=at, area_code=distribution.school.area_id, n=len(came))
    return distribution


@act(DISTRIBUTIONS, "distribution_class", words=_("看班级名单"), **KEEPS, may=rules.can_read, reads=True, **BY_CLASS, lines={READ: _("看物资发放的班级名单")})
def read_class(distribution, *, by, at, grade):
    """Journal that the names of a class are sent, a line a child; returns its Gifts."""
    rows = list(queries.pupils(distribution, grade))
    where = _("物资发放:%(name)s %(grade)s") % {"name": distribution.name, "grade": grade}
    read_names([row.child for row in rows], where=where, by=by, at=at)
    journal.record_reading(act=READ, subject=distribution, by=by, at=at, reason=where, area_code=distribution.school.area_id, n=len(rows))
    return rows


@act(DISTRIBUTIONS, "distribution_sizes", words=_("记尺码"), done=_("尺码已记下。"), **KEEPS, may=rules.can_size, **BY_CLASS, lines={"distribution.size": _("记孩子的尺码")})
def note_sizes(distribution, *, by, at, sizes):
    """Write down sizes by class: {id of a Gift: size, "" for not yet}. Who got it already keeps what was given. Returns the distribution."""
    changed = 0
    for row in _of(distribution, sizes):
        size = sizes[str(row.pk)]
        if size:
            rules.is_size(distribution, size).or_raise()
        if size != row.size and row.state == Served.LISTED:
            changed += Gift.objects.filter(pk=row.pk, version=row.version).update(size=size, sized_at=at, sized_by=by.id, version=row.version + 1)
    journal.record(act="distribution.size", subject=distribution, by=by, at=at, area_code=distribution.school.area_id, n=changed)
    return distribution


def _of(distribution, told):
    """Return the pupils that are spoken of; whoever is of another roll is unknown here."""
    rows = list(distribution.roll.select_for_update().filter(pk__in=told).order_by("pk"))
    if len(rows) != len(told):
        raise Refused(_("名单变了,请刷新页面再填。"))
    return rows


@act(DISTRIBUTIONS, "distribution_order", at="order", words=_("尺码齐了,订货"), done=_("已按尺码算好订货单,含备用。"), **KEEPS, may=rules.can_order, rank=10, lines={"distribution.order": _("物资订货")})
def order_things(distribution, *, by, at):
    """Order (订货): by size, with the reserve rounded up."""
    rows = queries.by_size(distribution)
    GiftStock.objects.bulk_create([GiftStock(distribution=distribution, size=row["size"], ordered=row["to_order"]) for row in rows])
    journal.move(distribution, GIFTS, "order", by=by, at=at, area_code=distribution.school.area_id, n=sum(row["to_order"] for row in rows))
    return distribution


@act(DISTRIBUTIONS, "distribution_arrive", words=_("记到货"), done=_("到货已记下。"), **KEEPS, may=rules.can_arrive, page=False, call=None, button=False,
     because="a row for each size stands on one page: views.gift_arrival", lines={"distribution.arrive": _("物资到货")})  # fmt: skip
def note_stock(distribution, *, by, at, counts):
    """Write down how many of each size have come in all: {size: n}. Never fewer than were handed out."""
    given = {row["size"]: row["given"] for row in queries.by_size(distribution)}
    for size, n in counts.items():
        rules.is_size(distribution, size).or_raise()
        if not given.get(size, 0) <= n <= MOST:
            raise Refused(_("%(size)s 码的到货数不对:已经发出 %(given)s 件。") % {"size": size, "given": given.get(size, 0)})
        GiftStock.objects.update_or_create(distribution=distribution, size=size, defaults={"arrived": n})
    if distribution.state == GiftState.ORDERED:
        journal.move(distribution, GIFTS, "arrive", by=by, at=at, area_code=distribution.school.area_id, counts=counts)
    else:
        journal.record(act="distribution.arrive", subject=distribution, by=by, at=at, area_code=distribution.school.area_id, counts=counts)
    return distribution


@act(DISTRIBUTIONS, "distribution_hand_out", words=_("照签收单记发放"), done=_("已照签收单记下。"), **KEEPS, may=rules.can_hand_out, **BY_CLASS, lines={"distribution.hand_out": _("照签收单记发放"), "gift.give": _("孩子领到了")})
def hand_out(distribution, *, by, at, got, witness):
    """Write down by a class's sign-off sheet who got it: {id of a Gift: size}. witness: who signed the sheet beside the one who handed out; kept sealed with the pupils' rows, whose keys the journal has.

    Raises Refused where more of a size are given than came.
    """
    if sum(sign.isalnum() for sign in witness) < 2 or witness.strip() == by.name:
        raise Refused(_("请写签收单上另一个签字的人(班主任或者家长代表)。"))
    rows = [row for row in _of(distribution, got) if row.state == Served.LISTED]
    left, needed = queries.left_of(distribution), {}
    for row in rows:
        rules.is_size(distribution, got[str(row.pk)]).or_raise()
        needed[got[str(row.pk)]] = needed.get(got[str(row.pk)], 0) + 1
    for size, n in needed.items():
        rules.is_there(size, n, left.get(size, 0)).or_raise()
    for row in rows:
        row.size, row.given_on, row.given_by_id, row.witness = got[str(row.pk)], today(at), by.id, witness.strip()
        journal.move(row, SERVED, "give", by=by, at=at, saving=["size", "given_on", "given_by_id", "witness"], area_code=distribution.school.area_id)
    journal.record(act="distribution.hand_out", subject=distribution, by=by, at=at, area_code=distribution.school.area_id, n=len(rows))
    return distribution


@act(PUPILS, "gift_leave", at="leave", words=_("不在这所学校了"), done=_("已从名单去掉。"), **KEEPS, may=rules.can_leave, aside=True, tone="danger", lines={"gift.leave": _("孩子离校,不在发放名单")})
def leave_roll(
    gift, *, by, at,
    reason: Annotated[str, Asked(_("原因"), _("写“转学”“休学”就行,不写去了哪所学校;在校的一个也不能少。"), least=2, most=60)],
    goes: Annotated[Goes | None, Asked(_("孩子那一份怎么办"), _("订了货的要选。转给孩子的,到货以后再记。"))] = None,
):  # fmt: skip
    """Take a pupil off who is not at the school any more. Once it is ordered, what becomes of the thing is said: it stays in stock, or is sent after the child and leaves the stock."""
    may_stay_in_journal(reason, *names_and_places(gift.child), today(at)).or_raise()
    one = gift.distribution
    if one.state != GiftState.SIZING and goes is None:
        raise Refused(_("已经订了货:请选孩子那一份怎么办。"))
    if goes == Goes.FOLLOWS:
        if one.state != GiftState.HANDING:
            raise Refused(_("还没有到货,等到货再转给孩子;要先去掉的,选留作备用。"))
        rules.is_there(gift.size, 1, queries.left_of(one).get(gift.size, 0)).or_raise()
    gift.goes, gift.left_on = "" if one.state == GiftState.SIZING else goes, today(at)
    journal.move(gift, SERVED, "leave", by=by, at=at, saving=["goes", "left_on"], area_code=one.school.area_id, reason=reason.strip(), goes=str(gift.goes))
    return gift


@act(DISTRIBUTIONS, "distribution_close", at="close", words=_("核对结束"), done=_("发放结束,一个不少。"), **KEEPS, may=rules.can_close, rank=30, lines={"distribution.close": _("物资发放核对结束")})
def close_distribution(distribution, *, by, at, rest: Annotated[str, Asked(_("余下的放在哪里"), _("没有余的写“没有”。"), least=2, most=100)]):
    """Close a distribution (核对结束): every pupil has it; what is left over is named; somebody else than who opened it looks."""
    distribution.closed_at, distribution.closed_by_id, distribution.rest = at, by.id, rest.strip()
    journal.move(distribution, GIFTS, "close", by=by, at=at, saving=["closed_at", "closed_by_id", "rest"], area_code=distribution.school.area_id)
    return distribution
