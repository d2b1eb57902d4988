"""What is asked of money and labour for a project: caps of a year, what each home is due, what waits for whom, whether all adds up, what the board says."""

from dataclasses import dataclass

from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.locks import hold
from wanjia.policy import levies as policy
from wanjia.policy.money import yuan
from wanjia.registry.models import Household
from wanjia.reporting.posted import Posted
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..fee_states import Ground, SpendState
from ..fees.queries import grounds_on, members_on
from ..levy_states import LevyState
from ..models import Levy, LevyPayment, LevyRelief, LevyShare, LevySpend, PublicNotice
from . import rules


def alone_in(village_id):
    """Let nobody else move what this village asks for projects until the running transaction ends: caps, numbers and balances follow each other."""
    hold(f"levies of|{village_id}")


def within_caps(village_id, year, head_fen, worker_days, day, *, apart=None):
    """Decide whether what a village asks in a year, this project with it, keeps to the caps of a day: all that were drawn up or became due in it. `alone_in` was called. apart: a project not counted twice."""
    edition = policy.in_force(day)
    others = Levy.objects.filter(Q(year=year) | Q(charged_on__year=year), village_id=village_id).exclude(state=LevyState.DROPPED).exclude(pk=apart).aggregate(fen=Sum("head_fen", default=0), days=Sum("worker_days", default=0))
    return first_refusal(
        (others["fen"] + head_fen <= edition.head_fen, _("每人每年筹资最多 %(most)s 元,这个村今年别的项目已经有 %(n)s 元。") % {"most": yuan(edition.head_fen), "n": yuan(others["fen"])}),
        (others["days"] + worker_days <= edition.worker_days, _("每个劳动力每年筹劳最多 %(most)s 个工日,这个村今年别的项目已经有 %(n)s 个。") % {"most": edition.worker_days, "n": others["days"]}),
    )


@dataclass(frozen=True)
class Line:
    """What one home is due: heads who give money, labourers who give days, after who is let off; fen, days."""

    home: Household
    heads: int
    workers: int
    fen: int
    days: int

    @property
    def yuan(self):
        """The money, as it is written."""
        return yuan(self.fen)


def lines(levy, day):
    """Return what each home of the village (of the group, where a group decided) is due as the register has it on a day; homes on 特困供养 give neither, who else is let off stands in its relief."""
    edition, reliefs = policy.in_force(day), {one.home_id: one for one in levy.reliefs.filter(undone_on=None)}
    heads, workers = {}, {}
    for home, _person, sex, born in members_on(levy.village_id, day).order_by().values_list("household", "person", "person__sex", "person__birth_on").distinct():
        heads[home] = heads.get(home, 0) + 1
        workers[home] = workers.get(home, 0) + edition.is_worker(sex, born, day)
    supported = {home for home, found in grounds_on(levy.village_id, day).items() if Ground.EXTREME in found}
    homes = Household.objects.filter(pk__in=heads).select_related("village").order_by("group_name", "number")
    if levy.item_id and levy.item.body.group_name:
        homes = homes.filter(group_name=levy.item.body.group_name)
    return [_line(levy, home, heads[home.pk], workers[home.pk], reliefs.get(home.pk), home.pk in supported) for home in homes]


def _line(levy, home, heads, workers, relief, supported):
    """Return what a home is due of its heads and labourers."""
    if supported:
        heads = workers = 0
    elif relief is not None:
        heads, workers = max(0, heads - relief.heads), max(0, workers - relief.workers)
    return Line(home, heads, workers, heads * levy.head_fen, workers * levy.worker_days)


def reliefs(levy, _actor=None, _day=None):
    """The reliefs of a project that stand."""
    return levy.reliefs.filter(undone_on=None).select_related("home") if levy else LevyRelief.objects.none()


def sums(found):
    """Return what a project says of its lines: {field of Levy: n}."""
    return {"homes": len(found), "due_fen": sum(one.fen for one in found), "due_days": sum(one.days for one in found)}


def came(levies):
    """Return {project: {came, days_done, days_bought, spent}}, fen and days: three questions however many projects."""
    found = {one.pk: dict.fromkeys(("came", "days_done", "days_bought", "spent"), 0) for one in levies}
    for pk, done, bought in LevyShare.objects.filter(levy__in=found).order_by().values_list("levy").annotate(Sum("days_done"), Sum("days_bought")):
        found[pk].update(days_done=done, days_bought=bought)
    for pk, fen in LevyPayment.objects.filter(share__levy__in=found).order_by().values_list("share__levy").annotate(Sum("fen")):
        found[pk]["came"] = fen
    for pk, fen in LevySpend.objects.filter(levy__in=found, state=SpendState.APPROVED).order_by().values_list("levy").annotate(Sum("fen")):
        found[pk]["spent"] = fen
    return found


def told(levies):
    """Return the same, money as it is written."""
    return {pk: one | {"came": yuan(one["came"]), "spent": yuan(one["spent"])} for pk, one in came(levies).items()}


def _has_a_hand(actor):
    """Projects that the actor drew up or cited the meeting of: another looks at them."""
    return Q(drawn_by=actor.id) | Q(cited_by=actor.id)


def to_charge(actor, day):
    """The approved projects whose notice is over, every objection answered, that wait for the actor to let them be due."""
    over = PublicNotice.objects.filter(withdrawn_on=None, until_on__lt=day).exclude(objections__outcome="")
    return rules.visible_levies(actor, duty=Duty.REVIEW_FEES).filter(state=LevyState.APPROVED, item__notices__in=over).exclude(_has_a_hand(actor) | Q(checked_by=actor.id) | Q(approved_by=actor.id)).exclude(reliefs__made_by=actor.id).exclude(reliefs__undone_by=actor.id)


def spends_to_decide(actor, _day=None):
    """The spendings that wait for the actor's look."""
    return rules.visible_spends(actor, duty=Duty.REVIEW_FEES).filter(state=SpendState.DRAWN).exclude(drawn_by_id=actor.id)


def to_check(actor, _day=None):
    """The projects that wait for the township's look."""
    return rules.visible_levies(actor, duty=Duty.FILE_DECISIONS).filter(state=LevyState.DECIDED).exclude(_has_a_hand(actor))


def to_approve(actor, _day=None):
    """The projects that wait for the county's look."""
    return rules.visible_levies(actor, duty=Duty.APPROVE_LEVIES).filter(state=LevyState.CHECKED).exclude(_has_a_hand(actor) | Q(checked_by=actor.id))


def waiting(actor, day):
    """[rows of each kind] that wait for the actor, by what he may."""
    kinds = ((Duty.FILE_DECISIONS, to_check), (Duty.APPROVE_LEVIES, to_approve), (Duty.REVIEW_FEES, to_charge), (Duty.REVIEW_FEES, spends_to_decide))
    return [asked(actor, day) for duty, asked in kinds if actor.has_duty(duty)]


def faults(_day):
    """Yield (what, column, is, should) of each project whose money is not what came less what was spent, and each home whose money or days are not what its rows say."""
    rows = list(Levy.objects.order_by("pk"))
    for one, should in ((one, found["came"] - found["spent"]) for one, found in zip(rows, came(rows).values(), strict=True)):
        if one.held_fen != should:
            yield one, _("结余(分)"), one.held_fen, should
    for one in LevyShare.objects.annotate(should=Sum("labour__days", default=0)).exclude(days_done=F("should")).order_by("pk"):
        yield one, _("已出工(工日)"), one.days_done, one.should
    for one in LevyShare.objects.annotate(should=Sum("payments__fen", filter=Q(payments__days=0), default=0)).exclude(paid_fen=F("should")).order_by("pk"):
        yield one, _("已收(分)"), one.paid_fen, one.should
    for one in LevyShare.objects.annotate(should=Sum("payments__days", default=0)).exclude(days_bought=F("should")).order_by("pk"):
        yield one, _("以资代劳(工日)"), one.days_bought, one.should


SAID = _("一事一议“%(name)s”(%(state)s):每人筹资 %(head)s 元,每个劳动力 %(days)s 个工日;已收 %(came)s 元(应收 %(due)s 元),已出工 %(done)s 个工日,已支出 %(spent)s 元")
PAID = _("一事一议“%(name)s”支出 %(yuan)s 元:%(what)s(票据 %(voucher)s)")
BACK = _("一事一议“%(name)s”冲正 %(yuan)s 元:%(what)s(票据 %(voucher)s),%(why)s")


def on_board(village, day, limit, _group_name=""):
    """Return the newest lines of the board: each project that was decided, and each spending. Money and days of all together: no home, no arrears, nobody's name."""
    found = []
    rows = list(Levy.objects.filter(village=village, told_on__lte=day).exclude(state=LevyState.DROPPED).order_by("-told_on", "-serial")[:limit])
    for one, said in zip(rows, told(rows).values(), strict=True):
        words = {"name": one.name, "state": one.get_state_display(), "head": one.yuan["head"], "days": one.worker_days, "came": said["came"], "due": one.yuan["due"], "done": said["days_done"], "spent": said["spent"]}
        found.append(Posted(str(SAID % words), one.done_on or one.charged_on or one.approved_on or one.told_on))
    for one in LevySpend.objects.filter(village=village, state=SpendState.APPROVED, paid_on__lte=day).select_related("levy").order_by("-paid_on", "-serial")[:limit]:
        found.append(Posted(str((BACK if one.reverses_id else PAID) % {"name": one.levy.name, "yuan": one.yuan, "what": one.what, "voucher": one.voucher, "why": one.reason}), one.paid_on))
    return sorted(found, key=lambda one: one.on, reverse=True)[:limit]
