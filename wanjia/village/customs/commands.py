"""The acts of customs: a stretch given to a home, looked at, closed; what was agreed on for feasts; a feast filed."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.orgs.serials import next_serial
from wanjia.policy import customs as policy
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..bodies.homes import NO_HOME, asked_village, homes_in, is_home_of, to_choose
from ..bylaw_states import BylawKind
from ..bylaws import citing
from ..bylaws.queries import in_force
from ..duties import Duty
from ..fee_states import FEAST_CAP, FeastKind, RuleState
from ..models import BylawClause, Feast, FeastCap, Stretch, StretchCheck, StretchKeeper
from ..rules import crosses_nothing
from . import queries, rules
from .subjects import CAPS, FEASTS, STRETCHES

KEEPS = {"duty": Duty.KEEP_CUSTOMS}
Village = Annotated[Area, asked_village(Duty.KEEP_CUSTOMS)]
Home = Annotated[Household, Asked(_("哪一户"), **to_choose(Duty.KEEP_CUSTOMS))]


@act(STRETCHES, "stretch_new", at="new", words=_("划一段"), done=_("已划好,接着定责任户。"), **KEEPS, may=rules.keeps, new=True, lines={"stretch.open": _("划门前责任段")})
def open_stretch(
    *, by, at, village: Village,
    name: Annotated[str, Asked(_("从哪里到哪里"), _("例如:三组水池到大路口。"), least=2, most=60)],
    group_name: Annotated[str, Asked(_("村民小组"), most=40)] = "",
):  # fmt: skip
    """Draw a stretch (划一段) that one home is to see to."""
    try:
        with transaction.atomic():
            one = Stretch.objects.create(village=village, name=name.strip(), group_name=group_name.strip(), opened_at=at, opened_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("已经有叫这个名字的一段。")) from None
    journal.record(act="stretch.open", subject=one, by=by, at=at, area_code=village.pk)
    return one


@act(STRETCHES, "stretch_give", at="give", words=_("定责任户"), done=_("已定好,原来的到今天为止。"), **KEEPS, may=rules.can_keep, rank=10, lines={"stretch.give": _("定门前责任户")})
def give_stretch(stretch, *, by, at, home: Home):
    """Let a home see to a stretch from today (定责任户); whoever did so before does no longer."""
    if home.village_id != stretch.village_id or not homes_in(by, Duty.KEEP_CUSTOMS).filter(pk=home.pk).exists():
        raise Refused(NO_HOME)
    if StretchKeeper.objects.filter(stretch=stretch, to_on=None, home=home).exists():
        raise Conflict(_("这一段已经是这一户的。"))
    StretchKeeper.objects.filter(stretch=stretch, to_on=None).update(to_on=today(at))
    StretchKeeper.objects.create(stretch=stretch, home=home, from_on=today(at), given_at=at, given_by_id=by.id)
    journal.record(act="stretch.give", subject=stretch, by=by, at=at, area_code=stretch.village_id)
    return stretch


@act(STRETCHES, "stretch_free", at="free", words=_("责任户不再管"), done=_("已记下,这一段等着定责任户。"), **KEEPS, may=rules.can_free, rank=40, aside=True, tone="quiet", lines={"stretch.free": _("门前责任户不再管")})
def free_stretch(stretch, *, by, at, reason: Annotated[str, Asked(_("原因"), _("例如:搬走了。不写病情和家里的事。"), least=2, most=60)]):
    """Take a stretch from its home (不再管): it stands in sight until another sees to it."""
    StretchKeeper.objects.filter(stretch=stretch, to_on=None).update(to_on=today(at))
    journal.record(act="stretch.free", subject=stretch, by=by, at=at, area_code=stretch.village_id, reason=reason.strip())
    return stretch


@act(STRETCHES, "stretch_check", at="checks/new", words=_("看一次"), done=_("已记下。"), **KEEPS, may=rules.can_keep, rank=20, lines={"stretch.check": _("门前三包检查")})
def check_stretch(
    stretch, *, by, at,
    lacks: Annotated[list[str], Asked(_("哪几包没做到"), _("都做到的一个也不勾。"), among=queries.guarantees)] = (),
    words: Annotated[str, Asked(_("要收拾什么"), _("只写地方和东西,例如:路口有一堆柴。不写人,不用拍照。"), rows=2, most=120)] = "",
):  # fmt: skip
    """Write down how a place was found (看一次): passed, or what is to mend. Once a day; the last word of a day holds no second."""
    known = {one.code for one in policy.in_force(today(at)).guarantees}
    short = [code for code in dict.fromkeys(lacks) if code in known]
    if len(short) != len(set(lacks)):
        raise Refused(_("三包请从列出的里面选。"))
    if bool(short) != bool(words.strip()):
        raise Refused(_("没做到的勾出来,写明要收拾什么;都做到的两样都空着。"))
    try:
        with transaction.atomic():
            StretchCheck.objects.create(stretch=stretch, day=today(at), passed=not short, lacks=short, words=words.strip(), rule=in_force(stretch.village_id, BylawKind.FRONTAGE, today(at)), made_at=at, made_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这一段今天已经看过。")) from None
    journal.record(act="stretch.check", subject=stretch, by=by, at=at, area_code=stretch.village_id, passed=not short)
    return stretch


@act(STRETCHES, "stretch_close", at="close", words=_("不再是责任段"), done=_("已记下,以前的照样留着。"), **KEEPS, may=rules.can_keep, rank=50, aside=True, tone="danger", lines={"stretch.close": _("门前责任段撤掉")})
def close_stretch(stretch, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Close a stretch (撤掉): what was checked and who saw to it stays."""
    StretchKeeper.objects.filter(stretch=stretch, to_on=None).update(to_on=today(at))
    stretch.closed_on, stretch.version = today(at), stretch.version + 1
    stretch.save(update_fields=["closed_on", "version"])
    journal.record(act="stretch.close", subject=stretch, by=by, at=at, area_code=stretch.village_id, reason=reason.strip())
    return stretch


@act(CAPS, "feast_cap_new", at="new", words=_("拟红白喜事约定"), done=_("已拟好,请另一个人启用。"), **KEEPS, may=rules.keeps, new=True, lines={"feast_cap.draw": _("拟红白喜事约定")})
def draw_feast_cap(
    *, by, at, village: Village,
    tables: Annotated[int, Asked(_("最多几桌"), least=1, most=200)],
    words: Annotated[str, Asked(_("条文"), _("照村规民约的原话。靠劝导,不罚款。"), rows=2, least=4, most=200)],
    cites: Annotated[BylawClause | None, citing.asked(Duty.KEEP_CUSTOMS, BylawKind.FEASTS)] = None,
    resolved: Annotated[str, Asked(_("哪次会议通过"), _("没有引用制度的写:村民会议、村民代表会议。"), most=120)] = "",
    resolved_on: Annotated[date | None, Asked(_("会议日期"))] = None,
):  # fmt: skip
    """Draw up what was agreed on for feasts (红白喜事约定), by a clause of a by-law in force or by a meeting; in force only when another has looked at it."""
    crosses_nothing(policy.crossed, words, resolved).or_raise()
    citing.may_cite(cites, village.pk, BylawKind.FEASTS, today(at)).or_raise()
    resolved, resolved_on = citing.basis(cites, resolved, resolved_on, at)
    facts = {"tables": tables, "words": words.strip(), "cites": cites, "resolved": resolved, "resolved_on": resolved_on}
    try:
        with transaction.atomic():
            one = FeastCap.objects.create(village=village, serial=next_serial(FeastCap.objects.filter(village=village)), **facts, drawn_at=at, drawn_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这个村已经有一版待启用的约定。")) from None
    journal.record(act="feast_cap.draw", subject=one, by=by, at=at, area_code=village.pk, tables=tables)
    return one


@act(CAPS, "feast_cap_adopt", at="adopt", words=_("核对决议,启用"), done=_("已启用,上一版到昨天为止。"), duty=Duty.REVIEW_FEES, may=rules.can_adopt, rank=10, lines={"feast_cap.adopt": _("启用红白喜事约定"), "feast_cap.end": _("红白喜事约定被新约定替代")})
def adopt_feast_cap(feast_cap, *, by, at):
    """Put a version in force from today (启用); the one before ends."""
    citing.still_stands(feast_cap.cites, today(at)).or_raise()
    before = FeastCap.objects.select_for_update(of=("self",)).filter(village_id=feast_cap.village_id, state=RuleState.IN_FORCE).first()
    if before is not None:
        before.to_on = today(at)
        journal.move(before, FEAST_CAP, "end", by=by, at=at, saving=["to_on"], area_code=before.village_id)
    feast_cap.from_on, feast_cap.adopted_at, feast_cap.adopted_by_id = today(at), at, by.id
    journal.move(feast_cap, FEAST_CAP, "adopt", by=by, at=at, saving=["from_on", "adopted_at", "adopted_by_id"], area_code=feast_cap.village_id)
    return feast_cap


@act(CAPS, "feast_cap_drop", at="drop", words=_("这一版不用"), done=_("已记下。"), **KEEPS, may=rules.can_drop, rank=30, aside=True, tone="danger", lines={"feast_cap.drop": _("红白喜事约定不用")})
def drop_feast_cap(feast_cap, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Drop a version that is not in force (不用)."""
    journal.move(feast_cap, FEAST_CAP, "drop", by=by, at=at, area_code=feast_cap.village_id, reason=reason.strip())
    return feast_cap


@act(FEASTS, "feast_new", at="new", words=_("登记红白喜事"), done=_("已登记。"), **KEEPS, may=rules.keeps, new=True, then=queries.to_feast, lines={"feast.file": _("登记红白喜事")})
def file_feast(
    *, by, at, home: Home,
    kind: Annotated[FeastKind, Asked(_("操办事项"))],
    day: Annotated[date, Asked(_("哪天"), _("丧事来不及的,办完再登。"), initial=lambda _row, _actor, day: day)],
    tables: Annotated[int, Asked(_("几桌"), least=1)],
    guests: Annotated[int | None, Asked(_("大约几个人"), _("说不准的空着。"), least=1, most=5000)] = None,
    helpers: Annotated[str, Asked(_("谁来帮忙"), _("例如:红白理事会、三组帮忙组。"), most=80)] = "",
):  # fmt: skip
    """File a wedding or funeral (登记): kind, day, tables, who helps. No cost, no gift is asked; above what was agreed on it is filed all the same."""
    edition = policy.in_force(today(at))
    is_home_of(by, home, Duty.KEEP_CUSTOMS).or_raise()
    if (today(at) - day).days > edition.back_days:
        raise Refused(_("最多补登 %(n)s 天以前的。") % {"n": edition.back_days})
    if (day - today(at)).days > edition.ahead_days:
        raise Refused(_("最多登记 %(n)s 天以后的。") % {"n": edition.ahead_days})
    if tables > edition.most_tables:
        raise Refused(_("最多写 %(n)s 桌,请核对。") % {"n": edition.most_tables})
    cap = queries.cap_on(home.village_id, today(at))
    facts = {"kind": kind, "day": day, "tables": tables, "guests": guests, "helpers": helpers.strip(), "cap": cap.tables if cap else None}
    try:
        with transaction.atomic():
            one = Feast.objects.create(village_id=home.village_id, home=home, **facts, filed_at=at, filed_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这一户这一天的这件事已经登记过。")) from None
    journal.record(act="feast.file", subject=one, by=by, at=at, area_code=one.village_id)
    return one


@act(FEASTS, "feast_off", at="off", words=_("不办了"), done=_("已记下。要改桌数、日期的,重新登记。"), **KEEPS, may=rules.can_call_off, rank=20, tone="quiet", lines={"feast.off": _("红白喜事不办了")})
def call_off_feast(feast, *, by, at):
    """Write down that a feast is not held (不办了), or was filed otherwise than it will be."""
    feast.called_off_on, feast.version = today(at), feast.version + 1
    feast.save(update_fields=["called_off_on", "version"])
    journal.record(act="feast.off", subject=feast, by=by, at=at, area_code=feast.village_id)
    return feast
