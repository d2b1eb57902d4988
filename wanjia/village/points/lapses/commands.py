"""The acts of lapsing: told to the homes, carried out by another hand, or not after all. Nothing lapses by the clock."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.verdict import Conflict, Refused

from ...booking import queries as book_of
from ...booking.commands import book
from ...booking.lapsing import amounts
from ...bylaws import citing
from ...duties import Duty
from ...models import PointLapse
from ...point_states import LAPSE, EntryKind
from ..subjects import SCHEMES
from . import queries, rules
from .subjects import LAPSES

KEEPS, REVIEWS = {"duty": Duty.KEEP_POINTS}, {"duty": Duty.REVIEW_POINTS}


@act(SCHEMES, "lapse_new", at="lapses/new", words=_("公告积分过期"), done=_("已公告。请打印张贴,告诉各户;到期由另一个人核对后注销。"), **KEEPS, may=rules.can_tell, rank=50, tone="quiet",
     then=lambda _request, _row, one: redirect("village:point_lapse", one.pk), lines={"point_lapse.tell": _("公告积分过期")})  # fmt: skip
def tell_lapse(point_scheme, *, by, at, year: Annotated[int, Asked(_("哪一年记的积分"), _("用到哪天由办法定,公告以后至少留够规定的天数。"), least=2000, most=9980, initial=queries.first_year)]):
    """Tell the homes which points lapse and until when they may be spent (公告积分过期): those that this version gave in one year, and that are not spent."""
    rules.is_over(year, today(at)).or_raise()
    citing.governs(point_scheme.cites, today(at)).or_raise()
    one = PointLapse(village_id=point_scheme.village_id, scheme=point_scheme, year=year, told_on=today(at), until_on=rules.last_day(point_scheme, year, today(at)), told_at=at, told_by_id=by.id)
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("这一年的已经公告过。")) from None
    if not amounts(one):
        raise Refused(_("这一版这一年记的积分没有剩下的。"))
    journal.record(act="point_lapse.tell", subject=one, by=by, at=at, area_code=one.village_id, year=year)
    return one


@act(LAPSES, "lapse_book", at="book", words=_("核对,注销过期积分"), done=lambda one: _("已注销 %(homes)s 户 %(n)s 分。") % {"homes": one.homes, "n": one.points}, **REVIEWS, may=rules.can_carry_out, rank=10, tone="danger",
     lines={"point_lapse.book": _("注销过期积分")})  # fmt: skip
def book_lapse(point_lapse, *, by, at):
    """Take off the book what is left of these points (注销过期积分): a booking of its own for each home, that names the rule; what was spent meanwhile does not lapse, nor does anything while the by-law that the rule cites is stopped."""
    citing.governs(point_lapse.scheme.cites, today(at)).or_raise()
    book_of.alone_in(point_lapse.village_id)
    homes = queries.homes_of(point_lapse)
    for one in homes:
        book(EntryKind.LAPSE, one.home, -one.points, lapse=point_lapse, by=by, at=at)
    point_lapse.points, point_lapse.homes, point_lapse.booked_at, point_lapse.booked_by_id = sum(one.points for one in homes), len(homes), at, by.id
    journal.move(point_lapse, LAPSE, "book", by=by, at=at, saving=["points", "homes", "booked_at", "booked_by_id"], area_code=point_lapse.village_id, points=point_lapse.points)
    return point_lapse


@act(LAPSES, "lapse_drop", at="drop", words=_("不注销"), done=_("已记下,各户的分照样有效。"), **KEEPS, may=rules.can_drop, aside=True, rank=30, tone="quiet", lines={"point_lapse.drop": _("积分不注销")})
def drop_lapse(point_lapse, *, by, at, reason: Annotated[str, Asked(_("为什么不注销"), least=4, most=120)]):
    """Say that these points do not lapse after all (不注销), with the reason."""
    point_lapse.reason = reason.strip()
    journal.move(point_lapse, LAPSE, "drop", by=by, at=at, saving=["reason"], area_code=point_lapse.village_id)
    return point_lapse
