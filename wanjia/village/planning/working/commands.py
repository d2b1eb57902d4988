"""The acts of a plan's items and of what stands there: how an item goes, done, accepted by another hand; assets written down, looked at, gone."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Area
from wanjia.verdict import Conflict, Refused

from ...bodies.homes import asked_village
from ...duties import Duty
from ...models import PlanWork, VillageAsset, WorkNote
from ...plan_states import ASSET, WORK, Belongs, Unit
from .. import queries, rules
from ..commands import KEEPS, REVIEWS
from ..subjects import ASSETS, WORKS

FUTURE = _("日期要在今天以前。")


@act(WORKS, "work_note", at="note", words=_("写进度"), done=_("已记下。"), **KEEPS, may=rules.can_note, rank=10, lines={"plan_work.note": _("写规划事项进度")})
def note_work(plan_work, *, by, at, words: Annotated[str, Asked(_("进度"), _("做到哪里了,卡在哪里。"), rows=2, least=4, most=200)]):
    """Say how an item goes (进度)."""
    _noted(plan_work, words, by=by, at=at)
    journal.record(act="plan_work.note", subject=plan_work, by=by, at=at, area_code=plan_work.plan.village_id)
    return plan_work


def _noted(work, words, *, by, at):
    WorkNote.objects.create(work=work, day=today(at), words=words.strip(), at=at, made_by_id=by.id)


@act(WORKS, "work_report", at="report", words=_("报完工"), done=_("已报,等另一个人验收。"), **KEEPS, may=rules.can_note, rank=20, lines={"plan_work.report": _("规划事项报完工")})
def report_work(
    plan_work, *, by, at,
    done_on: Annotated[date, Asked(_("哪天完工"), initial=lambda _row, _actor, day: day)],
    done_words: Annotated[str, Asked(_("完工情况"), rows=2, least=4, most=200)],
    yuan: Annotated[str, Asked(_("花了多少元"), _("没有花钱的不填。"), most=16)] = "",
):  # fmt: skip
    """Say that an item is done (报完工); it counts when another hand accepted it."""
    if done_on > today(at):
        raise Refused(FUTURE)
    plan_work.done_on, plan_work.done_words, plan_work.spent_fen = done_on, done_words.strip(), queries.number_of(yuan)
    plan_work.reported_at, plan_work.reported_by_id = at, by.id
    journal.move(plan_work, WORK, "report", by=by, at=at, saving=["done_on", "done_words", "spent_fen", "reported_at", "reported_by_id"], area_code=plan_work.plan.village_id)
    return plan_work


@act(WORKS, "work_accept", at="accept", words=_("验收合格"), done=_("已验收。"), **REVIEWS, may=rules.can_accept, rank=5, lines={"plan_work.accept": _("规划事项验收合格")})
def accept_work(plan_work, *, by, at):
    """Accept an item (验收): somebody else looked at it on the spot."""
    plan_work.accepted_at, plan_work.accepted_by_id = at, by.id
    journal.move(plan_work, WORK, "accept", by=by, at=at, saving=["accepted_at", "accepted_by_id"], area_code=plan_work.plan.village_id)
    return plan_work


@act(WORKS, "work_back", at="back", words=_("验收不合格,退回"), done=_("已退回。"), **REVIEWS, may=rules.can_accept, rank=30, tone="quiet", lines={"plan_work.back": _("规划事项验收退回")})
def send_work_back(plan_work, *, by, at, words: Annotated[str, Asked(_("哪里不合格"), rows=2, least=4, most=200)]):
    """Send an item back (退回): what was not right stands among its notes."""
    _noted(plan_work, words, by=by, at=at)
    plan_work.done_on, plan_work.done_words, plan_work.spent_fen = None, "", 0
    journal.move(plan_work, WORK, "back", by=by, at=at, saving=["done_on", "done_words", "spent_fen"], area_code=plan_work.plan.village_id)
    return plan_work


@act(ASSETS, "asset_new", at="new", words=_("登记资产"), done=_("已登记,另一个人核对后入册。"), **KEEPS, may=rules.keeps, new=True, lines={"village_asset.tell": _("登记村庄资产")})
def tell_asset(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_PLANS)],
    name: Annotated[str, Asked(_("资产"), _("例如:苗木基地一期。"), least=2, most=40)],
    size: Annotated[str, Asked(_("规模"), _("例如 300。"), least=1, most=10)],
    unit: Annotated[Unit, Asked(_("单位"))],
    belongs: Annotated[Belongs, Asked(_("权属"))],
    yuan: Annotated[str, Asked(_("投资多少元"), least=1, most=16)],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    work: Annotated[PlanWork | None, Asked(_("规划哪一项"), _("由哪一项建的;不在规划里的不填。"), **searched(queries.works_for, lambda one: f"{one.n}. {one.words}", _("不在规划里")))] = None,
):  # fmt: skip
    """Write down what stands in the village (资产), and which item of the plan it came from; it counts when another hand looked at it."""
    amount = queries.number_of(size, queries.MOST_SIZE)
    if not amount:
        raise Refused(_("规模要大于 0。"))
    if from_on > today(at):
        raise Refused(FUTURE)
    if work is not None and (work.plan.village_id != village.pk or work.unit != unit):
        raise Refused(_("规划的这一项不是这个村的,或者单位不一样。"))
    try:
        with transaction.atomic():
            one = VillageAsset.objects.create(
                village=village, work=work, name=name.strip(), size=amount, unit=unit, belongs=belongs, fen=queries.number_of(yuan), from_on=from_on, told_at=at, told_by_id=by.id,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(_("已经有叫这个名字的资产;分期的,名字里写明几期。")) from None
    journal.record(act="village_asset.tell", subject=one, by=by, at=at, area_code=village.pk)
    return one


@act(ASSETS, "asset_check", at="check", words=_("核对入册"), done=_("已入册。"), **REVIEWS, may=rules.can_check, rank=5, lines={"village_asset.check": _("核对村庄资产")})
def check_asset(village_asset, *, by, at):
    """Let an asset count (入册): another hand saw it."""
    village_asset.checked_at, village_asset.checked_by_id = at, by.id
    journal.move(village_asset, ASSET, "check", by=by, at=at, saving=["checked_at", "checked_by_id"], area_code=village_asset.village_id)
    return village_asset


@act(ASSETS, "asset_end", at="end", words=_("核销"), done=_("已核销。"), **REVIEWS, may=rules.can_end, aside=True, rank=20, tone="danger", lines={"village_asset.end": _("核销村庄资产")})
def end_asset(village_asset, *, by, at, reason: Annotated[str, Asked(_("为什么核销"), _("例如:水毁,会议同意核销。"), least=4, most=60)]):
    """Say that an asset is gone (核销), and why."""
    village_asset.gone_on, village_asset.reason = today(at), reason.strip()
    journal.move(village_asset, ASSET, "end", by=by, at=at, saving=["gone_on", "reason"], area_code=village_asset.village_id)
    return village_asset
