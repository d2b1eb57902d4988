"""Draw up a list of what is due, give another unit's word on it, take it back; hold rows back and let them go; carry a list out."""

from collections import Counter
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.command import command
from wanjia.orgs.agreeing.queries import asker
from wanjia.orgs.agreeing.rules import AGREES, can_refuse
from wanjia.orgs.duties import Duty
from wanjia.orgs.locks import hold
from wanjia.orgs.models import Area, ChangeState
from wanjia.orgs.retained import Spared, classes
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import retention as policy
from wanjia.verdict import Refused, first_refusal

from .. import places
from ..erasing import commands as erasing
from ..models import Disposal, DisposalItem, DisposalOutcome, RetentionHold
from ..models.retention import digest
from . import pages, queries, rules
from .subjects import DISPOSALS, HOLDS

LISTS = "retention"  # a row is on one list: two that are drawn up at once go one after the other
TOGETHER = 100  # rows of one transaction: others wait for it no longer than for one chunk of an import
AT_A_SCREEN = "records are destroyed by two people who look at the list, never by a program (ADR 113)"


@act(
    DISPOSALS, "propose_disposal", at="new", words=_("提出销毁清单"), done=_("清单已提出并固定,等另一个单位同意。"), duty=Duty.SET_RULES, may=rules.can_propose, new=True,
    call=None, because=AT_A_SCREEN, lines={"disposal.propose": _("提出销毁清单")}, then=pages.to_list, instead=pages.nothing_due,
)  # fmt: skip
def propose_disposal(
    *, by, at,
    code: Annotated[str, Asked(_("类别"), _("括号里是现在能列入的件数。"), among=queries.offered)],
    area: Annotated[Area, Asked(_("地方"), among=queries.areas_of, initial=pages.first_area)],
):  # fmt: skip
    """Draw up the list of a class and an area as it is due today (销毁清单), frozen with its digest; it waits for another unit's word."""
    one, kept = classes().get(code), policy.in_force(today(at)).kept(code)
    first_refusal(
        (one is not None and kept is not None and kept.by == "list", _("请选择类别。")),
        (queries.areas_of(None, by).filter(pk=area.pk).exists(), _("这个地方不归您管。")),
    ).or_raise()
    if ahead := queries.live().filter(at__gt=at).first():
        raise Refused(_("“%(list)s”的提出时间还没有到:时钟走快过,或者刚被拨回。请先校准;时钟没有错的,收回那份清单再提出。") % {"list": ahead})
    disposal = _drawn_up(one, kept, area, by=by, at=at)
    journal.record(
        act="disposal.propose", subject=disposal, by=by, at=at, area_code=area.code, after=disposal.state, code=code, n=disposal.n, held=disposal.held, list=disposal.digest,
    )  # fmt: skip
    return disposal


def _drawn_up(one, kept, area, *, by, at):
    """Write the list of what is due and not held, frozen with its digest."""
    hold(LISTS)
    rows = queries.unlisted(one, queries.due(one, kept, [area.span()], today(at)))
    stays = queries.held(one, rows, today(at))
    items = [_item(n, one, row) for n, row in enumerate((row for row in one.told(rows, kept) if row["row"] not in stays), 1)]
    if not items:
        raise Refused(_("这里现在没有到期、又没有暂缓的。"))
    disposal = Disposal.objects.create(
        code=kept.code, area=area, on=today(at), n=len(items), young=sum(item.child for item in items), held=_counted(stays.values()), digest=digest(items),
        handled=queries.handled(one, [item.row for item in items]),
        **asker(by, at, act="disposal.propose", code=area.code),
    )  # fmt: skip
    for item in items:
        item.disposal = disposal
    DisposalItem.objects.bulk_create(items, batch_size=500)
    return disposal


def _item(n, one, row):
    return DisposalItem(
        n=n, table=one.model._meta.db_table, row=row["row"], place=row["place"] or "", number=row["number"], child=row["child"], began_on=row["began"], due_on=row["due"],
    )  # fmt: skip


def _counted(codes):
    return dict(Counter(map(str, codes)))


@act(
    DISPOSALS, "decide_disposal", at="decide", words=_("审定销毁清单"), done=pages.decided, duty=AGREES, may=rules.can_decide, call=None, because=AT_A_SCREEN,
    lines={"disposal.agree": _("同意销毁清单"), "disposal.decline": _("没有同意销毁清单")}, template="office/retention/decide.html", more=pages.shown,
)  # fmt: skip
def decide_disposal(
    disposal, *, by, at,
    agree: Annotated[bool, Asked(_("您的意见"), answers=(_("同意销毁"), _("不同意")))],
    words: Annotated[str, Asked(_("理由"), _("不同意的一定要写,提出的人会看到。"), most=200)] = "",
):  # fmt: skip
    """Give another unit's word on a list (同意销毁): from then on it waits its days and is carried out by the clock, or never."""
    first_refusal((agree or can_refuse(words), can_refuse(words).reason)).or_raise()
    if digest(disposal.items.all()) != disposal.digest:
        raise Refused(_("清单和提出时的不一样,不能同意。请告诉系统管理员运行 wanjia check。"))
    if agree and disposal.code in classes():  # who had a part is worked out anew: a column that one UPDATE can empty shuts nobody out
        disposal.handled = queries.handled(classes()[disposal.code], list(disposal.items.values_list("row", flat=True)))
        rules.can_decide(by, disposal, at).or_raise()
    line = "disposal.agree" if agree else "disposal.decline"
    disposal.hear(agree=agree, words=words, by=by, org=by.org_name_for(line, disposal.area_id), at=at)
    if agree:
        disposal.carry_on = WorkingCalendar.load().add(today(at), policy.in_force(today(at)).wait_days).on
    disposal.save()
    journal.record(
        act=line, subject=disposal, by=by, at=at, area_code=disposal.area_id, before=ChangeState.WAITING, after=disposal.state, reason=disposal.words,
        asked_by=disposal.by_name, list=disposal.digest, n=disposal.n, carry_on=disposal.carry_on,
    )  # fmt: skip
    return disposal


@act(
    DISPOSALS, "take_back_disposal", at="back", words=_("收回清单"), done=_("已收回,一件也没有销毁。"), duty=rules.SEES, may=rules.can_take_back, aside=True, tone="danger",
    call=None, because=AT_A_SCREEN, lines={"disposal.take_back": _("收回销毁清单")},
)  # fmt: skip
def take_back_disposal(disposal, *, by, at, reason: Annotated[str, Asked(_("为什么收回"), most=200, least=2)]):
    """Take a list back before its first row is disposed of (收回): alone, for it only keeps more."""
    before = disposal.state
    disposal.hear(agree=False, words=reason, by=by, org=by.org_name_for("disposal.take_back", disposal.area_id), at=at)
    disposal.carry_on = None
    disposal.save()
    journal.record(act="disposal.take_back", subject=disposal, by=by, at=at, area_code=disposal.area_id, before=before, after=disposal.state, reason=disposal.words)
    return disposal


@act(
    HOLDS, "hold_rows", at="new", words=_("暂缓销毁"), done=_("已暂缓。解除要由另一个单位的人办。"), duty=rules.SEES, may=rules.can_hold, new=True, call=None,
    because=AT_A_SCREEN, lines={"retention.hold": _("暂缓销毁")}, then=pages.to_page,
)  # fmt: skip
def hold_rows(
    *, by, at,
    ground: Annotated[str, Asked(_("为什么"), among=queries.grounds)],
    number: Annotated[str, Asked(_("编号"), _("诉求编号或户编号。整类都要留的,这里不填,选下面的类别。"), most=24)] = "",
    code: Annotated[str, Asked(_("类别"), among=queries.by_list, none=_("不限类别(编号要填)"), select=True)] = "",
    document: Annotated[str, Asked(_("依据的文号"), _("法院、仲裁、纪检、审计的文号,或者收件编号;不写当事人姓名。"), most=60, least=4)],
):  # fmt: skip
    """Keep a need, a home, or a class of one's areas from being disposed of (暂缓销毁), also what is on a list that was agreed to.

    Of a class every area of one's posts has a hold of its own, lifted where it lies; the first is returned.
    """
    number, areas = number.strip(), queries.held_in(by)
    known = dict(queries.by_list(None, by, today(at)))
    first_refusal(
        (ground in dict(queries.grounds(None, by, today(at))), _("请选择为什么暂缓。")),
        (areas, _("您的岗位没有辖区,不能设暂缓。")),
        (number or code, _("请填编号,或者选一个类别。")),
        (not code or code in known, _("请选择类别。")),
        (not number or queries.means_something(number, queries.spans_of(by)), _("在您的辖区没有“%(number)s”这个编号,请核对。") % {"number": number}),
    ).or_raise()
    hold(LISTS)
    said = {"ground": ground, "code": code, "number": number, "document": document.strip()}
    made = [_hold(said, area, by=by, at=at) for area in (areas[:1] if number else areas)]
    return made[0]


def _hold(said, area, *, by, at):
    made = RetentionHold.objects.create(area=area, **said, **asker(by, at, act="retention.hold", code=area.code))
    journal.record(act="retention.hold", subject=made, by=by, at=at, area_code=area.code, after=made.state, **said)
    return made


@act(
    HOLDS, "lift_hold", at="lift", words=_("解除暂缓"), done=_("已解除,到期的可以再列清单。"), duty=AGREES, may=rules.can_lift, call=None, because=AT_A_SCREEN,
    lines={"retention.lift": _("解除暂缓销毁")}, then=pages.to_page,
)  # fmt: skip
def lift_hold(held, *, by, at, words: Annotated[str, Asked(_("依据"), _("例如:判决已生效、复核已答复,写文号。"), most=200, least=4)]):
    """Let held rows go again (解除暂缓): by another unit than the one that held them, and what is due then goes through a list of its own."""
    held.hear(agree=True, words=words, by=by, org=by.org_name_for("retention.lift", held.area_id), at=at)
    held.save()
    journal.record(act="retention.lift", subject=held, by=by, at=at, area_code=held.area_id, before=ChangeState.WAITING, after=held.state, reason=held.words, asked_by=held.by_name)
    return held


@command("office.carry_disposal", alone=True)
def carry_some(*, disposal_id, by, at):
    """Dispose of the next rows of a list (执行销毁), each looked at once more; return how many are left. Killed between, the next call goes on.

    What is no longer due, or is held by now, is spared with its reason. Alone: nobody writes a word about a row while it is emptied.
    """
    disposal = Disposal.objects.select_for_update(of=("self",)).select_related("area").get(pk=disposal_id)
    rules.can_carry(by, disposal, at).or_raise()
    items = list(disposal.items.filter(outcome=None)[:TOGETHER])
    before = queries.emptied_for(disposal, items)  # on a restored copy, before anybody saw it
    stays = _stays(disposal, items, before, today(at))
    going = [_key(disposal, item) for item in items if item.row not in stays and item.row not in before]
    said = _emptied(disposal, going, by=by, at=at) if going else {"order": None}
    DisposalOutcome.objects.bulk_create(
        DisposalOutcome(item=item, order=None if item.row in stays else before.get(item.row, said["order"]), spared=stays.get(item.row, ""), at=at) for item in items
    )
    left = disposal.items.filter(outcome=None).count()
    if not left:
        _note_carried(disposal, by=by, at=at)
    if going:  # the last thing before it is kept (ADR 87)
        erasing.keep_order(said)
    return left


def _key(disposal, item):
    return classes()[disposal.code].model._meta.pk.to_python(item.row)


def _stays(disposal, items, before, day):
    """Return {row: why it is spared} of what changed since the list was drawn up, or is held."""
    one = classes()[disposal.code]
    rows = queries.still_due(one, disposal, day).filter(pk__in=[_key(disposal, item) for item in items])
    still = set(rows.values_list("spelt", flat=True))
    return {item.row: Spared.CHANGED for item in items if item.row not in still and item.row not in before} | queries.held(one, rows, day)


def _emptied(disposal, keys, *, by, at):
    return erasing.dispose(
        disposal, classes()[disposal.code].model, keys, by=by, at=at, list=disposal.digest, of=disposal.n,
        first=str(disposal.by_id), second=str(disposal.decided_by_id), asked_by=disposal.by_name, agreed_by=disposal.decided_name,
    )  # fmt: skip


def _note_carried(disposal, *, by, at):
    disposal.carried_at = at
    disposal.save(update_fields=["carried_at"])
    done = queries.outcome_of(disposal)["done"]
    journal.record(
        act="disposal.carried", subject=disposal, by=by, at=at, area_code=disposal.area_id, done=done, spared=disposal.n - done,
        list=disposal.digest, asked_by=disposal.by_name, agreed_by=disposal.decided_name,
    )  # fmt: skip


def replay(alias, *, orders):
    """Dispose again, on the restored database `alias`, of what was disposed of since its backup; return how many orders there were.

    A row that is not over in that copy is left alone, and so is what a later hold keeps, a later round spared, or a list that was taken back after
    the order: that order was never carried out on it (a kill between it and the commit leaves one behind).
    """
    done = 0
    with places.standing_in(alias):
        for said in (one for one in orders if "disposal" in one and one["code"] in classes()):
            done += _again(said)
    return done


def _again(said):
    one = classes()[said["code"]]
    field = one.model._meta.pk
    rows = one.rows().filter(pk__in=[field.to_python(key) for key in said["keys"]])
    held = {key for _ground, kept in queries.holds_on(one, rows, after=said["at"]) for key in kept.values_list("spelt", flat=True)}
    held |= queries.never_done(said["disposal"], rows)
    keys = [key for key, spelt in rows.values_list("pk", "spelt") if spelt not in held]
    if keys:
        disposal = Disposal(pk=UUID(said["disposal"]), code=said["code"], area_id=said["area"])
        told = {name: said[name] for name in ("first", "second", "list", "asked_by", "agreed_by")}
        with transaction.atomic(), journal.held_back():
            erasing.dispose(disposal, one.model, keys, by=CLOCK, at=timezone.now(), reason=_("恢复备份后再次执行已登记的销毁"), ordered=said["order"], **told)
    return bool(keys)


def by_the_clock(at):
    """Let go what no list is drawn up for (by = "clock"), for the day's sweep: a row that is due, unless a hold keeps it; that is asked again in the moment itself."""
    for one, keys in queries.over_by_clock(today(at)):
        for pk in keys:
            with transaction.atomic():
                hold(LISTS)
                if not queries.is_held(one, pk, today(at)):
                    one.by_clock(pk, at)
