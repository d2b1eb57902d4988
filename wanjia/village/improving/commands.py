"""The acts of what is told privately: a home is helped, or told with help offered; its word is kept; what is put right is over the same day, what is not is over by itself."""

from datetime import date, timedelta
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs import scope
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import appraisal as policy
from wanjia.registry.memberships import members_on
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..appraisal.rules import keeps, says_nothing_of
from ..appraisal_states import SHORT, STRICT, StrictState
from ..bodies.homes import is_home_of, to_choose
from ..duties import Duty
from ..models import Shortcoming, StrictNotice
from . import queries, rules
from .photos.commands import end_pictures
from .subjects import SHORTS

KEEPS = {"duty": Duty.KEEP_APPRAISAL}
HOME = to_choose(Duty.KEEP_APPRAISAL)
PUT_RIGHT = _("本户已改好")
ENDS = {"shortcoming.repair": _("待改进已改好"), "strict_notice.take_down": _("撤下小组纸质栏")}


@act(SHORTS, "short_new", at="new", words=_("私下告知一件待改进"), done=_("已记下。只有本村经办的人看得到。"), **KEEPS, may=keeps, new=True, lines={"shortcoming.tell": _("私下告知待改进")})
def tell_home(
    *, by, at,
    home: Annotated[Household, Asked(_("哪一户"), **HOME)],
    place: Annotated[str, Asked(_("什么公共地方"), _("户外、大家走的地方,例如:二组路边排水沟。不进院子,不进屋,不拍人。"), least=2, most=60)],
    fact: Annotated[str, Asked(_("看见什么"), _("只写事,不评人。例如:柴草堆占了半边路。"), least=4, most=120)],
    help: Annotated[str, Asked(_("提出帮什么"), _("先问要不要帮,例如:组里出两个人一起搬。"), least=4, most=120)],
    seen_on: Annotated[date, Asked(_("哪天看见的"), initial=lambda _row, _actor, day: day)],
    told_on: Annotated[date, Asked(_("哪天当面告知"), _("当面、单独说。"), initial=lambda _row, _actor, day: day)],
):  # fmt: skip
    """Write down what was told to a home, alone and with help offered (待改进). It has seven days; nobody but the village's own keepers opens this. Refused where a home needs a hand."""
    is_home_of(by, home, Duty.KEEP_APPRAISAL).or_raise()
    rules.can_tell(home, today(at)).or_raise()
    edition = policy.in_force(today(at))
    if not (today(at) - timedelta(days=edition.repair_days)) <= seen_on <= told_on <= today(at):
        raise Refused(_("先看见、再告知,都要在这 %(n)s 天里。") % {"n": edition.repair_days})
    for text in (place, fact, help):
        says_nothing_of(text, policy.LIST, home, today(at)).or_raise()
    due_on, until_on = told_on + timedelta(days=edition.repair_days), told_on + timedelta(days=edition.private_days)
    said = {"place": place.strip(), "fact": fact.strip(), "help": help.strip()}
    try:
        with transaction.atomic():
            one = Shortcoming.objects.create(village_id=home.village_id, home=home, **said, seen_on=seen_on, told_on=told_on, due_on=due_on, until_on=until_on, told_at=at, told_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这一户有一件还没有了结,一件一件来。")) from None
    journal.record(act="shortcoming.tell", subject=one, by=by, at=at, area_code=home.village_id)
    return one


@act(SHORTS, "short_help", at="help", words=_("先帮一把"), done=_("已转进诉求台账,由乡镇安排人帮。这里什么都不留。"), **KEEPS, may=rules.can_help, new=True, call=None,
     because="a hand for a home is asked for by people at a screen; a program opens a need of the ledger by its own call", then=queries.to_list, lines={"shortcoming.help": _("转诉求台账帮扶")})  # fmt: skip
def help_home(
    *, by, at,
    home: Annotated[Household, Asked(_("哪一户"), **HOME)],
    words: Annotated[str, Asked(_("要帮什么"), _("例如:帮着清排水沟、搬柴草。"), rows=2, least=4, most=200)],
):  # fmt: skip
    """Ask for a hand for a home (先帮一把): a need of the ledger, through what its app brings (OPENS_NEEDS). Old, sick, disabled homes are helped and stand on no list: nothing of it is kept here. Returns the home."""
    is_home_of(by, home, Duty.KEEP_APPRAISAL).or_raise()
    rules.can_help(by).or_raise()
    head = next((one.person for one in members_on(home, today(at)) if one.person.died_on is None), None)
    young = head is not None and head.is_minor_on(today(at))
    number = gather("OPENS_NEEDS")[0](
        village=home.village, person=head, name=head.shown_name if head else home.number, phone="" if young or head is None else head.phone, kind="environment", summary=words.strip()[:200],
        story=str(_("村里看到这一户要搭把手。")), unit=scope.unit(by, duty=Duty.KEEP_APPRAISAL, code=home.village_id), by=by, at=at, young=young,
    )  # fmt: skip
    journal.record(act="shortcoming.help", subject=home, by=by, at=at, area_code=home.village_id, need=number)
    return home


@act(SHORTS, "short_reply", at="reply", words=_("记本户的话"), done=_("已记下。"), **KEEPS, may=rules.can_reply, rank=10, lines={"shortcoming.reply": _("记待改进户的话")})
def keep_reply(shortcoming, *, by, at, words: Annotated[str, Asked(_("本户怎么说"), _("照原话记。"), rows=3, least=2, most=400, initial=lambda row, *_rest: row.reply if row else None)]):
    """Keep what the home says (本户的话), beside what it was told."""
    rows = Shortcoming.objects.filter(pk=shortcoming.pk, version=shortcoming.version)
    if not rows.update(reply=words.strip(), replied_on=today(at), version=shortcoming.version + 1):
        raise Conflict()
    shortcoming.refresh_from_db()
    journal.record(act="shortcoming.reply", subject=shortcoming, by=by, at=at, area_code=shortcoming.village_id)
    return shortcoming


@act(SHORTS, "short_repair", at="repaired", words=PUT_RIGHT, done=_("已了结。纸质栏上有的,今天就撕下。"), **KEEPS, may=rules.can_repair, rank=5, lines=ENDS)
def mark_repaired(shortcoming, *, by, at):
    """Write down that it was put right (改好): over the same day, and whatever hangs on the group's board comes down with it."""
    down(shortcoming, PUT_RIGHT, by=by, at=at)
    _end(shortcoming, "repair", by=by, at=at)
    return shortcoming


@act(SHORTS, "short_drop", at="drop", words=_("登记错了,作罢"), done=_("已作罢。"), **KEEPS, may=rules.can_drop, aside=True, rank=60, tone="danger", lines={"shortcoming.drop": _("待改进登记错了,作罢")})
def drop_shortcoming(shortcoming, *, by, at, reason: Annotated[str, Asked(_("为什么作罢"), least=4, most=120)]):
    """Drop what was wrongly written (作罢)."""
    shortcoming.reason = reason.strip()
    _end(shortcoming, "drop", by=by, at=at, saving=("reason",))
    return shortcoming


def _end(one, name, *, by, at, saving=()):
    end_pictures(one, _("待改进已经了结"), by=by, at=at)
    one.ended_on = today(at)
    journal.move(one, SHORT, name, by=by, at=at, saving=["ended_on", *saving], area_code=one.village_id)


def down(shortcoming, why, *, by, at):
    """Take down what hangs of a home on the group's board, or would hang there. The home's row is locked by whoever asks."""
    one = StrictNotice.objects.select_for_update(of=("self",), no_key=True).filter(shortcoming=shortcoming).exclude(state=StrictState.DOWN).first()
    if one is not None:
        one.down_on, one.down_why = today(at), str(why)
        journal.move(one, STRICT, "take_down", by=by, at=at, saving=["down_on", "down_why"], area_code=one.village_id)


@command("village.end_lists")
def end_lists(*, by, at):
    """End what is over by its days: what hangs on a group's board comes down after its last day, what was told privately is over after its own, its pictures are gone; nobody's name waits for somebody to think of it. Returns how many. The clock's alone."""
    if by is not CLOCK:
        raise Refused(_("到期由系统了结,不由人代办。"))
    n = 0
    rows = ((queries.hung_out, "shortcoming"), (queries.over, "pk"), (queries.pictured, "pk"))
    late = [pk for found, key in rows for pk in found(today(at)).order_by("pk").values_list(key, flat=True)]
    for pk in dict.fromkeys(late):
        short = Shortcoming.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        if queries.hung_out(today(at)).filter(shortcoming=short).exists():
            down(short, _("到期"), by=by, at=at)
            n += 1
            _end(short, "end", by=by, at=at)
        elif queries.over(today(at)).filter(pk=pk).exists():
            _end(short, "end", by=by, at=at)
            n += 1
        elif queries.pictured(today(at)).filter(pk=pk).exists():
            end_pictures(short, _("到期"), by=by, at=at)
    return n


def watch(at):
    """End what is over: with the day's sweep."""
    end_lists(by=CLOCK, at=at)
