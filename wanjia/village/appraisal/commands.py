"""The acts of appraisal: a quarter's is drawn up, homes agree to stand, a closed poll counts, another hand puts the red list up; a home takes its consent back and is gone the same moment."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Area
from wanjia.policy import appraisal as policy
from wanjia.policy.quarters import quarter_of
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..appraisal_states import ENTRY, ROUND, EntryState, Spoken
from ..bodies.homes import asked_village, homes_in, is_home_of, words_of_home
from ..bodies.queries import groups_of
from ..duties import Duty
from ..models import AppraisalRound, Poll, RedEntry
from ..polls.commands import call_off
from ..polls.queries import board_of
from . import queries, rules
from .subjects import ENTRIES, ROUNDS

KEEPS, REVIEWS = {"duty": Duty.KEEP_APPRAISAL}, {"duty": Duty.REVIEW_APPRAISAL}
CALLED_OFF = "季度评比不办了:%s"
SPOKEN = _("谁答应的、谁在场")
ON_A_DAY = _("同意的日期不能晚于今天。")
TAKEN = _("这一户已经登记,或者这个称呼已经有了。")
COUNTED = {"appraisal_round.count": _("登记评比结果"), "appraisal_round.fall_short": _("投票不过半,没有红榜"), "red_entry.choose": _("评上"), "red_entry.pass_by": _("没有评上")}


@act(ROUNDS, "round_new", at="new", words=_("办这一季的评比"), done=_("已建好。登记同意参评的户,再发起户表决。"), **KEEPS, may=rules.keeps, new=True, lines={"appraisal_round.draw": _("办季度评比")})
def draw_round(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_APPRAISAL)],
    year: Annotated[int, Asked(_("年"), least=2000, most=2100, initial=lambda _row, _actor, day: quarter_of(day)[0])],
    quarter: Annotated[int, Asked(_("第几季度"), least=1, most=4, initial=lambda _row, _actor, day: quarter_of(day)[1])],
    places: Annotated[int, Asked(_("评几户"), _("并列最后的一起上榜。"), least=1, initial=5)],
    group_name: Annotated[str, Asked(_("只评哪个小组"), _("全村一起评的空着。参评的户是这个小组的,投票的是全村的户。"), most=40)] = "",
):  # fmt: skip
    """Draw up the appraisal of a quarter (季度评比): its criteria are frozen as they are printed. One a quarter of a village or group."""
    rules.is_of_now(year, quarter, at).or_raise()
    most = policy.in_force(today(at)).most_listed
    if places > most:
        raise Refused(_("一季最多评 %(n)s 户。") % {"n": most})
    group_name = group_name.strip()
    if group_name and group_name not in groups_of(village.pk):
        raise Refused(_("这个村没有这个小组,照户籍册上的写法写。"))
    criteria = [one.words for one in policy.criteria(today(at))]
    try:
        with transaction.atomic():
            one = AppraisalRound.objects.create(village=village, group_name=group_name, year=year, quarter=quarter, criteria=criteria, places=places, drawn_at=at, drawn_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这一季已经在评。")) from None
    journal.record(act="appraisal_round.draw", subject=one, by=by, at=at, area_code=village.pk, year=year, quarter=quarter)
    return one


@act(ROUNDS, "entry_new", at="homes/new", words=_("登记参评户"), done=_("已登记。"), **KEEPS, may=rules.can_stand, rank=10, lines={"red_entry.stand": _("登记参评户")})
def stand_home(
    appraisal_round, *, by, at,
    home: Annotated[Household, Asked(_("哪一户"), named=lambda _row, actor, _day: homes_in(actor, Duty.KEEP_APPRAISAL), **searched(queries.homes_to_stand, words_of_home))],
    called: Annotated[str, Asked(_("公示的称呼"), _("照本户愿意的写:户编号、“三组老岩家”都行。票上、红榜上就这么写。"), least=2, most=40)],
    consent: Annotated[Spoken, Asked(_("怎么同意的"), _("同意的是:参评,评上了用这个称呼贴红榜、上公开栏。随时可以撤回。"))],
    consented_on: Annotated[date, Asked(_("哪天同意的"), initial=lambda _row, _actor, day: day)],
    heard: Annotated[str, Asked(SPOKEN, _("当面说的要写,例如:户主答应,小组长在场。"), most=80)] = "",
):  # fmt: skip
    """Enter a home that agreed to stand, and to hang on the red list under these words if it is chosen (PIPL 25)."""
    is_home_of(by, home, Duty.KEEP_APPRAISAL).or_raise()
    if home.village_id != appraisal_round.village_id or appraisal_round.group_name not in ("", home.group_name):
        raise Refused(_("这一户不在评比的村、小组里。"))
    if consented_on > today(at):
        raise Refused(ON_A_DAY)
    rules.is_heard(consent, heard).or_raise()
    rules.says_nothing_of(called, policy.STORY).or_raise()
    called = " ".join(called.split())
    if appraisal_round.entries.filter(called=called).exclude(home=home).exists():
        raise Conflict(TAKEN)  # of a home that took its consent back, too: the votes on the cards are its own
    try:
        with transaction.atomic():
            entry = RedEntry.objects.create(round=appraisal_round, home=home, called=called, consent=consent, consented_on=consented_on, heard=heard.strip(), asked_at=at, asked_by_id=by.id)
    except IntegrityError:
        raise Conflict(TAKEN) from None
    journal.record(act="red_entry.stand", subject=entry, by=by, at=at, area_code=home.village_id, consent=consent)
    return appraisal_round


@act(ROUNDS, "round_count", at="count", words=_("采用户表决的结果"), done=_("已计票。"), **KEEPS, may=rules.can_count, rank=20, lines=COUNTED)
def count_round(appraisal_round, *, by, at, poll: Annotated[Poll, Asked(_("哪次户表决"), _("本村已经开票公布的。票数、投票率照公开板,不能改。"), among=queries.polls_for, within=_("要选本村已经开票公布的户表决。"))]):
    """Take the published result of a poll (登记结果): enough cast, and the first so many are chosen; too few, and there is no list. Nothing is counted here that the poll did not count."""
    rules.counts_for(appraisal_round, poll).or_raise()
    one, board = appraisal_round, board_of(poll)
    one.poll, one.cast, one.homes, one.counted_on, one.counted_by_id = poll, board["turnout"]["cast"], board["turnout"]["homes"], today(at), by.id
    enough = policy.in_force(poll.roll_on).enough(one.cast, one.homes)
    entries = list(one.entries.select_for_update(of=("self",), no_key=True).filter(state=EntryState.STANDING).order_by("pk"))
    best = queries.chosen(board, {entry.called for entry in entries}, one.places) if enough else set()
    for entry in entries:
        journal.move(entry, ENTRY, "choose" if entry.called in best else "pass_by", by=by, at=at, area_code=one.village_id)
    journal.move(one, ROUND, "count" if enough else "fall_short", by=by, at=at, saving=["poll", "cast", "homes", "counted_on", "counted_by"], area_code=one.village_id, cast=one.cast, homes=one.homes)
    return one


@act(ROUNDS, "round_list", at="list", words=_("核对同意书,公布红榜"), done=_("红榜已公布,到期自己落下。"), **REVIEWS, may=rules.can_list, rank=30, lines={"appraisal_round.list": _("公布红榜"), "red_entry.list": _("上红榜")})
def list_round(appraisal_round, *, by, at):
    """Put the red list up (公布红榜), by another hand: whoever is chosen and agrees still; it comes down by itself."""
    one = appraisal_round
    for entry in one.entries.select_for_update(of=("self",), no_key=True).filter(state=EntryState.CHOSEN).order_by("pk"):
        journal.move(entry, ENTRY, "list", by=by, at=at, area_code=one.village_id)
    one.listed_on, one.until_on, one.listed_by_id = today(at), policy.last_day(today(at), policy.in_force(today(at)).list_days), by.id
    journal.move(one, ROUND, "list", by=by, at=at, saving=["listed_on", "until_on", "listed_by"], area_code=one.village_id)
    return one


@act(ROUNDS, "round_cancel", at="cancel", words=_("这一季不办了"), done=_("已停办。正在办的户表决一起停了,投过的票没有打开就销毁了。"), **KEEPS, may=rules.can_cancel, aside=True, rank=60, tone="danger", lines={"appraisal_round.cancel": _("季度评比不办了")})
def cancel_round(appraisal_round, *, by, at, reason: Annotated[str, Asked(_("为什么不办了"), least=4, most=120)]):
    """Call it off with a reason (不办了), and the vote on its homes with it: what was cast stays uncounted, and both say why."""
    one = appraisal_round
    one.closing = reason.strip()
    for poll in queries.polls_under_way(one).select_for_update(of=("self",), no_key=True).order_by("pk"):
        call_off(poll, CALLED_OFF % one.closing, by=by, at=at)
        one.poll = one.poll or poll
    journal.move(one, ROUND, "cancel", by=by, at=at, saving=["closing", "poll"], area_code=one.village_id, reason=one.closing)
    return one


@act(ENTRIES, "entry_withdraw", at="withdraw", words=_("本户撤回同意"), done=_("已撤下,公开栏上马上没有了。纸上的请当天撕下。"), **KEEPS, may=rules.can_withdraw, tone="danger", lines={"red_entry.withdraw": _("本户撤回同意")})
def withdraw_entry(red_entry, *, by, at):
    """Take a home's consent back (撤回): it stands on no list from this moment; no reason is asked (PIPL 15)."""
    red_entry.withdrawn_on = today(at)
    journal.move(red_entry, ENTRY, "withdraw", by=by, at=at, saving=["withdrawn_on"], area_code=red_entry.round.village_id)
    return red_entry
