"""The acts of the fee's rules and charges: drawn up by one, put in force and checked by another."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.orgs.serials import next_serial
from wanjia.policy import fees as policy
from wanjia.policy.statuses import months_after
from wanjia.verdict import Conflict, Refused

from ..bodies.homes import asked_village
from ..bylaw_states import BylawKind
from ..bylaws import citing
from ..duties import Duty
from ..fee_states import FEE_RULE, FEE_RUN, Basis, Ground, RuleState, Span
from ..models import BylawClause, FeeCharge, FeeClause, FeeRule, FeeRun
from ..rules import crosses_nothing, hundredths
from ..shop.queries import month_of
from . import queries, rules
from .subjects import RULES, RUNS

KEEPS, REVIEWS = {"duty": Duty.KEEP_FEES}, {"duty": Duty.REVIEW_FEES}
CHARGED = _("这段时间已经算过应收,一户不收两次。")
Village = Annotated[Area, asked_village(Duty.KEEP_FEES)]
Yuan = Annotated[str, Asked(_("多少元"), _("例如 60 或 12.50。"), least=1, most=12)]


def money(text):
    """Return the fen of an amount that somebody wrote. Raises Refused for what is no amount, or nothing."""
    return hundredths(text, _("金额写成 12.50 这样,要多于 0 元。"), least=1)


@act(RULES, "fee_rule_new", at="new", words=_("拟收费办法"), done=_("已建好,接着写减免条款,再请另一个人启用。"), **KEEPS, may=rules.keeps, new=True, lines={"fee_rule.draw": _("拟收费办法")})
def draw_fee_rule(
    *, by, at, village: Village,
    from_on: Annotated[date, Asked(_("从哪天起"), _("写某个月的 1 号,不早于制度施行、会议通过的那天。"))],
    basis: Annotated[Basis, Asked(_("计费方式"))], span: Annotated[Span, Asked(_("多久收一次"))], yuan: Yuan,
    cites: Annotated[BylawClause | None, citing.asked(Duty.KEEP_FEES, BylawKind.REFUSE)] = None,
    resolved: Annotated[str, Asked(_("哪次会议通过"), _("没有引用制度的写:村民会议或村民代表会议;议事会只能商量,不能定收费。"), most=120)] = "",
    resolved_on: Annotated[date | None, Asked(_("会议日期"))] = None,
):  # fmt: skip
    """Draw up a version of the fee's rules (拟收费办法), by a clause of a by-law in force, or as a meeting adopted them; in force only when another has looked at it."""
    edition, fen = policy.in_force(today(at)), money(yuan)
    crosses_nothing(policy.crossed, resolved).or_raise()
    citing.may_cite(cites, village.pk, BylawKind.REFUSE, today(at)).or_raise()
    resolved, resolved_on = citing.basis(cites, resolved, resolved_on, at)
    if from_on.day != 1 or from_on < resolved_on:
        raise Refused(_("写某个月的 1 号,不早于会议日期:以前的不补收。"))
    if fen > edition.most_fen:
        raise Refused(_("标准最多 %(n)s 元。") % {"n": edition.most_fen // 100})
    queries.alone_in(village.pk)
    try:
        with transaction.atomic():
            one = FeeRule.objects.create(
                village=village, serial=next_serial(FeeRule.objects.filter(village=village)), basis=basis, span=span, fen=fen, cites=cites, resolved=resolved, resolved_on=resolved_on, from_on=from_on,
                drawn_at=at, drawn_by_id=by.id,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(_("这个村已经有一版待启用的办法。")) from None
    journal.record(act="fee_rule.draw", subject=one, by=by, at=at, area_code=village.pk, fen=fen)
    return one


@act(RULES, "fee_clause_new", at="clauses/new", words=_("写一条减免"), done=_("已写好。"), **KEEPS, may=rules.can_draft, rank=10, lines={"fee_rule.clause": _("写减免条款")})
def write_fee_clause(
    fee_rule, *, by, at,
    ground: Annotated[Ground, Asked(_("减免情形"), _("同一情形的改写。别的难处,由这一户申请减免。"))],
    percent: Annotated[int, Asked(_("减百分之几"), _("全免的写 100。"), least=1, most=100, initial=100)],
    words: Annotated[str, Asked(_("条文"), _("照会议通过的原话。"), least=4, most=120)],
):  # fmt: skip
    """Write who pays less (减免条款), or rewrite the clause of this ground."""
    crosses_nothing(policy.crossed, words).or_raise()
    FeeClause.objects.update_or_create(rule=fee_rule, ground=ground, defaults={"percent": percent, "words": words.strip()})
    journal.record(act="fee_rule.clause", subject=fee_rule, by=by, at=at, area_code=fee_rule.village_id, ground=ground, percent=percent)
    return fee_rule


@act(RULES, "fee_rule_adopt", at="adopt", words=_("核对决议,启用"), done=_("已启用。"), **REVIEWS, may=rules.can_adopt, rank=20, lines={"fee_rule.adopt": _("启用收费办法"), "fee_rule.end": _("收费办法被新办法替代")})
def adopt_fee_rule(fee_rule, *, by, at):
    """Put a version in force from its day (启用); the one before ends on that day. What was charged stays as it was."""
    queries.alone_in(fee_rule.village_id)
    citing.still_stands(fee_rule.cites, today(at)).or_raise()
    before = FeeRule.objects.select_for_update(of=("self",)).filter(village_id=fee_rule.village_id, state=RuleState.IN_FORCE).first()
    reached = queries.charged_until(fee_rule.village_id)
    if reached and fee_rule.from_on < reached:
        raise Refused(_("按原办法已经算到 %(day)s,新办法要从那天或以后起。") % {"day": reached})
    if before is not None:
        if fee_rule.from_on <= before.from_on:
            raise Refused(_("新办法要比现行的晚起:现行的从 %(day)s 起。") % {"day": before.from_on})
        before.to_on = fee_rule.from_on
        journal.move(before, FEE_RULE, "end", by=by, at=at, saving=["to_on"], area_code=before.village_id)
    fee_rule.adopted_at, fee_rule.adopted_by_id = at, by.id
    journal.move(fee_rule, FEE_RULE, "adopt", by=by, at=at, saving=["adopted_at", "adopted_by_id"], area_code=fee_rule.village_id)
    return fee_rule


@act(RULES, "fee_rule_drop", at="drop", words=_("这一版不用"), done=_("已记下。"), **KEEPS, may=rules.can_draft, aside=True, rank=30, tone="danger", lines={"fee_rule.drop": _("收费办法不用")})
def drop_fee_rule(fee_rule, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Drop a version that is not in force (不用)."""
    journal.move(fee_rule, FEE_RULE, "drop", by=by, at=at, area_code=fee_rule.village_id, reason=reason.strip())
    return fee_rule


@act(RUNS, "fee_run_new", at="new", words=_("算应收"), done=_("已算好,逐户看一遍,再请另一个人核对生效。"), **KEEPS, may=rules.keeps, new=True, then=queries.to_page("fee_run"), lines={"fee_run.draw": _("算应收")})
def draw_fee_run(
    *, by, at, village: Village,
    month: Annotated[str, Asked(_("从哪个月起"), _("例如 2026-11。收几个月,照收费办法。"), least=7, most=7)],
):  # fmt: skip
    """Work out what the homes are due for a period (算应收), as the register has them today. Nobody owes anything before another has checked it."""
    first, _end = month_of(month)
    queries.alone_in(village.pk)
    rule = queries.rule_on(village.pk, first)
    if rule is None:
        raise Refused(_("这个月没有施行的收费办法。先拟好、启用。"))
    months = policy.in_force(first).spans[rule.span]
    if first > today(at):
        raise Refused(_("这段时间还没有开始。"))
    citing.governs(rule.cites, today(at)).or_raise()
    if ((first.year - rule.from_on.year) * 12 + first.month - rule.from_on.month) % months:
        raise Refused(_("这版办法从 %(day)s 起%(span)s收,请写一期的第一个月。") % {"day": rule.from_on, "span": rule.get_span_display()})
    until = months_after(first, months)
    if rule.to_on and until > rule.to_on:
        raise Refused(_("这版办法到 %(day)s 为止,收不满一期。从新办法起算。") % {"day": rule.to_on})
    if FeeRun.objects.filter(village=village, from_on__lt=until, until_on__gt=first).exclude(state="run_dropped").exists():
        raise Conflict(CHARGED)
    try:
        with transaction.atomic():
            one = FeeRun.objects.create(
                village=village, rule=rule, from_on=first, until_on=until, as_of=today(at), **queries.sums(queries.lines(rule, today(at))), drawn_at=at, drawn_by_id=by.id,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(CHARGED) from None
    journal.record(act="fee_run.draw", subject=one, by=by, at=at, area_code=village.pk, homes=one.homes, fen=one.due_fen)
    return one


@act(RUNS, "fee_run_check", at="check", words=_("核对,生效"), done=_("已生效,可以收费。"), **REVIEWS, may=rules.can_check_run, rank=10, lines={"fee_run.charge": _("应收生效")})
def check_run(fee_run, *, by, at):
    """Check a run and let it be due (核对生效): every home once. Refused where the register says otherwise by now than when it was drawn up."""
    queries.alone_in(fee_run.village_id)
    found = queries.lines(fee_run.rule, fee_run.as_of)
    if any(getattr(fee_run, name) != n for name, n in queries.sums(found).items()):
        raise Refused(_("户册或条款和算的时候不一样了,请不用这一批,重新算。"))
    fee_run.checked_at, fee_run.checked_by_id = at, by.id
    journal.move(fee_run, FEE_RUN, "charge", by=by, at=at, saving=["checked_at", "checked_by_id"], area_code=fee_run.village_id, homes=fee_run.homes, fen=fee_run.due_fen)
    try:
        with transaction.atomic():
            FeeCharge.objects.bulk_create([_charge(fee_run, one) for one in found])
    except IntegrityError:
        raise Conflict(CHARGED) from None
    return fee_run


@act(RUNS, "fee_run_drop", at="drop", words=_("这一批不用"), done=_("已记下。"), **KEEPS, may=rules.can_drop_run, rank=20, tone="danger", aside=True, lines={"fee_run.drop": _("应收批次不用")})
def drop_fee_run(fee_run, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Drop a run before it is due (不用): it is worked out anew."""
    journal.move(fee_run, FEE_RUN, "drop", by=by, at=at, area_code=fee_run.village_id, reason=reason.strip())
    return fee_run


def _charge(run, line):
    return FeeCharge(
        run=run, village_id=run.village_id, home=line.home, from_on=run.from_on, heads=line.heads, fen=line.fen, clause=line.clause, cut_fen=line.cut, due_fen=line.due,
    )  # fmt: skip


