"""The acts of craftsmen: listed by consent, shown by another, gone when they say so; who learns with them; who books them, and what came of it."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Area
from wanjia.policy import crafts as policy
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, first_refusal

from ..appraisal_states import Spoken
from ..bodies.commands import day_of
from ..bodies.homes import NO_HOME, asked_village, is_home_of, to_choose
from ..craft_states import BOOKING, CRAFTSMAN, PAIR, CraftState, Half, PairEnd
from ..duties import Duty
from ..models import CraftBooking, Craftsman, MentorPair
from . import queries, rules
from .subjects import BOOKINGS, CRAFTSMEN, PAIRS

KEEPS, REVIEWS = {"duty": Duty.KEEP_CRAFTS}, {"duty": Duty.REVIEW_CRAFTS}
Home = Annotated[Household, Asked(_("哪一户"), **to_choose(Duty.KEEP_CRAFTS))]
Consented = Annotated[date, Asked(_("哪天同意的"), initial=lambda _row, _actor, day: day)]
Consent = Annotated[Spoken, Asked(_("怎么同意的"), _("随时可以撤回,撤回当时就撤下。"))]
Heard = Annotated[str, Asked(_("谁在场"), _("当面说的要写,例如:本人答应,小组长在场。"), most=80)]
Name = Annotated[str, Asked(_("姓名"), _("写全名,在这一户里找。"), least=2, most=60)]



@act(CRAFTSMEN, "craftsman_new", at="new", words=_("登记乡土人才"), done=_("已登记,等另一个人核对。"), **KEEPS, may=rules.keeps, new=True, lines={"craftsman.list": _("登记乡土人才")})
def list_craftsman(
    *, by, at, home: Home, name: Name,
    called: Annotated[str, Asked(_("公布的称呼"), _("照本人愿意的写。"), least=2, most=40)],
    skill: Annotated[str, Asked(_("手艺"), among=queries.skills, select=True)],
    also: Annotated[str, Asked(_("另一门手艺"), among=queries.skills, select=True, none=_("没有"))] = "",
    words: Annotated[str, Asked(_("会做什么"), _("不写电话,要找的找村里。"), least=4, most=120)],
    consent: Consent, consented_on: Consented, heard: Heard = "",
):  # fmt: skip
    """Enter somebody with a skill (登记乡土人才) who agrees to be listed; shown by another hand, without a telephone."""
    is_home_of(by, home, Duty.KEEP_CRAFTS).or_raise()
    day = today(at)
    offered = {one.code for one in policy.in_force(day).skills}
    first_refusal((skill in offered and (not also or also in offered), rules.NOT_OFFERED), (skill != also, _("两门手艺是同一门。"))).or_raise()
    rules.may_be_said(consent, heard, consented_on, day, home, called, words)
    person = rules.adult_in(home, name, day)
    rules.asked_anew(Craftsman.objects.filter(person=person), consented_on).or_raise()
    given = {"village_id": home.village_id, "home": home, "person": person, "called": called.strip(), "skill": skill, "also": also, "words": words.strip()}
    try:
        with transaction.atomic():
            one = Craftsman.objects.create(**given, consent=consent, consented_on=consented_on, heard=heard.strip(), written_at=at, written_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这个人已经登记。要改的先撤下,再登记。")) from None
    journal.record(act="craftsman.list", subject=one, by=by, at=at, area_code=one.village_id, consent=consent, skill=skill)
    return one


@act(CRAFTSMEN, "craftsman_show", at="show", words=_("核对同意,公布"), done=_("已公布,各村都查得到。"), **REVIEWS, may=rules.can_show, rank=10, lines={"craftsman.show": _("公布乡土人才")})
def show_craftsman(craftsman, *, by, at):
    """Show a craftsman (公布), by another hand."""
    craftsman.shown_on, craftsman.shown_by_id = today(at), by.id
    journal.move(craftsman, CRAFTSMAN, "show", by=by, at=at, saving=["shown_on", "shown_by"], area_code=craftsman.village_id)
    return craftsman


@act(CRAFTSMEN, "craftsman_withdraw", at="withdraw", words=_("撤下"), done=_("已撤下,马上查不到了。"), **KEEPS, may=rules.can_withdraw, rank=30, tone="quiet", lines={"craftsman.withdraw": _("撤下乡土人才")})
def withdraw_craftsman(craftsman, *, by, at):
    """Take a craftsman off the list (撤下): he says so, and no reason is asked."""
    craftsman.withdrawn_on = today(at)
    journal.move(craftsman, CRAFTSMAN, "withdraw", by=by, at=at, saving=["withdrawn_on"], area_code=craftsman.village_id)
    return craftsman


@act(CRAFTSMEN, "craftsman_teach", at="teach", words=_("登记徒弟"), done=_("已登记。"), **KEEPS, may=rules.can_teach, rank=20, lines={"craftsman.teach": _("登记帮带")})
def begin_mentoring(
    craftsman, *, by, at, home: Home, name: Name,
    topic: Annotated[str, Asked(_("学什么"), least=2, most=60)],
    from_on: Annotated[date, Asked(_("从哪天起"), initial=day_of)],
):  # fmt: skip
    """Enter an adult who learns with a craftsman (帮带)."""
    is_home_of(by, home, Duty.KEEP_CRAFTS).or_raise()
    learner = rules.adult_in(home, name, today(at))
    first_refusal((from_on <= today(at), _("开始的日期不能晚于今天。")), (learner.pk != craftsman.person_id, _("师傅和徒弟是同一个人。"))).or_raise()
    try:
        with transaction.atomic():
            pair = MentorPair.objects.create(craftsman=craftsman, learner=learner, topic=topic.strip(), from_on=from_on, begun_at=at, begun_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这个徒弟已经在跟这位师傅学。")) from None
    journal.record(act="craftsman.teach", subject=craftsman, by=by, at=at, area_code=craftsman.village_id, pair=str(pair.pk))
    return craftsman


@act(PAIRS, "mentor_pair_end", at="end", words=_("结束帮带"), done=_("已记下。"), **KEEPS, may=rules.can_end, tone="danger", rank=10, lines={"mentor_pair.end": _("结束帮带")})
def end_mentoring(
    mentor_pair, *, by, at,
    ending: Annotated[PairEnd, Asked(_("怎么结束的"))],
    earns: Annotated[bool, Asked(_("徒弟靠它有了收入"), answers=(_("有了"), _("还没有")))],
    outcome: Annotated[str, Asked(_("学得怎样"), least=2, most=120)],
):  # fmt: skip
    """End a pair (结束帮带): it was learned, or either of the two says so."""
    mentor_pair.to_on, mentor_pair.ending, mentor_pair.earns, mentor_pair.outcome = today(at), ending, earns, outcome.strip()
    journal.move(mentor_pair, PAIR, "end", by=by, at=at, saving=["to_on", "ending", "earns", "outcome"], area_code=mentor_pair.craftsman.village_id)
    return mentor_pair


@act(BOOKINGS, "craft_booking_new", at="new", words=_("请师傅"), done=_("已记下,等师傅那个村问他。"), **KEEPS, may=rules.keeps, new=True, lines={"craft_booking.ask": _("请师傅")})
def ask_booking(
    *, by, at,
    craftsman: Annotated[Craftsman, Asked(_("请谁"), _("各村公布的师傅都可以请。"), named=lambda *_asked: Craftsman.objects.all(), **searched(queries.craftsmen_for, queries.words_of))],
    village: Annotated[Area, asked_village(Duty.KEEP_CRAFTS, _("哪个村请的"))],
    home: Annotated[Household | None, Asked(_("哪一户"), _("村里请的空着。"), **to_choose(Duty.KEEP_CRAFTS))] = None,
    words: Annotated[str, Asked(_("请来做什么"), least=4, most=120)],
):  # fmt: skip
    """Ask for a craftsman (请师傅), for a home or for the village."""
    first_refusal(
        (craftsman.state == CraftState.SHOWN, _("这位师傅还没有公布,或者已经撤下。")), (home is None or (home.village_id == village.pk and bool(is_home_of(by, home, Duty.KEEP_CRAFTS))), NO_HOME),
    ).or_raise()  # fmt: skip
    one = CraftBooking.objects.create(craftsman=craftsman, village=village, home=home, words=words.strip(), asked_on=today(at), asked_at=at, asked_by_id=by.id)
    journal.record(act="craft_booking.ask", subject=one, by=by, at=at, area_code=village.pk)
    return one


@act(BOOKINGS, "craft_booking_agree", at="agree", words=_("约好日子"), done=_("已约好。"), **KEEPS, may=rules.can_agree, rank=10, lines={"craft_booking.agree": _("约好师傅的日子")})
def agree_booking(craft_booking, *, by, at, day: Annotated[date, Asked(_("哪天"), initial=day_of)], half: Annotated[Half, Asked(_("上午、下午"))]):
    """Write down the half-day that the craftsman agreed to (约好日子): he is in one place at a time."""
    first_refusal((day >= craft_booking.asked_on, _("日子不能早于请的那天。")), (rules.is_free(craft_booking.craftsman, day, half), rules.TAKEN)).or_raise()
    craft_booking.day, craft_booking.half, craft_booking.agreed_by_id = day, half, by.id
    try:
        with transaction.atomic():
            journal.move(craft_booking, BOOKING, "agree", by=by, at=at, saving=["day", "half", "agreed_by"], area_code=craft_booking.village_id)
    except IntegrityError:
        raise Conflict(rules.TAKEN) from None
    return craft_booking


@act(BOOKINGS, "craft_booking_hold", at="hold", words=_("去过了"), done=_("已记下。"), **KEEPS, may=rules.can_hold, rank=20, lines={"craft_booking.hold": _("师傅去过了")})
def hold_booking(craft_booking, *, by, at, outcome: Annotated[str, Asked(_("结果"), least=2, most=120)]):
    """Write down what came of it (去过了), from its day on."""
    first_refusal((craft_booking.day <= today(at), _("还没有到约好的那一天。"))).or_raise()
    craft_booking.outcome, craft_booking.settled_on, craft_booking.settled_by_id = outcome.strip(), today(at), by.id
    journal.move(craft_booking, BOOKING, "hold", by=by, at=at, saving=["outcome", "settled_on", "settled_by"], area_code=craft_booking.village_id)
    return craft_booking


@act(BOOKINGS, "craft_booking_fail", at="fail", words=_("没有成"), done=_("已记下。"), **KEEPS, may=rules.can_fail, rank=30, aside=True, tone="danger", lines={"craft_booking.fail": _("请师傅没有成")})
def fail_booking(craft_booking, *, by, at, reason: Annotated[str, Asked(_("为什么没有成"), least=2, most=120)]):
    """Write down why nothing came of it (没有成): the half-day is free again."""
    craft_booking.reason, craft_booking.settled_on, craft_booking.settled_by_id = reason.strip(), today(at), by.id
    journal.move(craft_booking, BOOKING, "fail", by=by, at=at, saving=["reason", "settled_on", "settled_by"], area_code=craft_booking.village_id)
    return craft_booking
