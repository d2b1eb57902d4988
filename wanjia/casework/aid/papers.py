"""The papers of aid: what is handed over before a cut, after it was decided, and when aid is refused. Plain words first, articles last.

A child is named on none of them: its benefit is called, and whoever opens its file knows whose it is.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.policy import aid
from wanjia.policy.glyphs import unprintable
from wanjia.registry.aid.rules import SEES, visible_cuts, visible_refusals
from wanjia.registry.aid.subjects import CUTS, REFUSALS
from wanjia.registry.memberships import heads_of
from wanjia.registry.models import AidCut, AidRefusal
from wanjia.registry.states import CutState
from wanjia.reporting.kinds import PaperKind, Papers
from wanjia.reporting.papers.sheets import Sheet, day_words, moment_words

NOTICE = PaperKind(
    "aid_notice", _("拟停减告知书"), "救告", SEES,
    fits=lambda cut, _standing: (cut.state in (CutState.PROPOSED, CutState.HEARD) and cut.why.heard, _("告知书在决定以前打印。")), leaves=True,
)  # fmt: skip
DECIDED = PaperKind(
    "aid_decision", _("停减救助决定书"), "救决", SEES, fits=lambda cut, _standing: (cut.decided_at is not None, _("决定以后才有决定书。")), leaves=True,
)  # fmt: skip
REFUSED = PaperKind("aid_refusal", _("不予救助决定书"), "救不", SEES, fits=lambda _one, _standing: (True, ""), leaves=True)


def _addressee(household, person):
    """Return to whom a paper is addressed: a grown-up by name, a home by its head; a child's goes to the home."""
    if person is not None and not person.is_protected:
        return f"{person.name}:"
    name = heads_of([household]).get(household.pk, ("",))[0] if household else ""
    return f"{name or '该户'}:"


def _review(at):
    return aid.in_force(today(at)).review[0]


def _seal(paper):
    return "(盖章)", paper.printed_org.name if paper.printed_org else "", moment_words(paper.printed_at)


def _of_cut(paper, cut, _actor, _at):
    return _decision(paper, cut) if paper.kind == DECIDED.key else _notice(paper, cut)


def _notice(paper, cut):
    rule, status = aid.in_force(today(cut.proposed_at)), cut.status
    return Sheet(
        f"拟{cut.get_kind_display()}社会救助告知书", "", _addressee(status.household, status.person),
        [
            f"您家正在享受的“{status.words}”,我们打算{cut.get_kind_display()}。现在还没有决定,钱照发。",
            cut.why.plain,
            "有人会来听您说。您说的话照原样记下来,作决定的人要看。您有不同的情况、有难处,请都说出来;说不清楚的,可以请人代说。",
        ],
        [
            [("救助项目", status.words), ("打算怎么办", cut.get_kind_display())], [("为什么", cut.reasons)], [("我们查到的事实", cut.fact)],
            [("什么时候来听", f"{day_words(cut.due_on)}前"), ("不想等的", "随时到乡镇社会救助窗口说")],
        ],
        seals=[_seal(paper)],
        notes=[f"部门之间能查到的,不用您开证明。{_review(cut.proposed_at)}", f"依据:{rule.source[0]};{cut.why.source}。"],
    )  # fmt: skip


def _decision(paper, cut):
    rule, status = aid.in_force(today(cut.decided_at)), cut.status
    what = f"从{day_words(cut.effective_on)}起{cut.get_kind_display()}" if cut.cuts else "继续发,不停也不减"
    heard = "没有听取意见:" + cut.document if cut.heard_on is None else "多次上门没有找到人,告知书已留下" if cut.left else f"{day_words(cut.heard_on)}听过{cut.heard_who}的意见"
    return Sheet(
        "社会救助停减决定书", "", _addressee(status.household, status.person), [f"您家享受的“{status.words}”,我们决定:{what}。"],
        [
            [("救助项目", status.words), ("决定", what)], [("为什么", cut.decision)], [("用的是什么事实", cut.fact)], [("听取意见", heard)],
            [("签收人", ""), ("签收日期", "")],
        ],
        seals=[_seal(paper)],
        notes=["这份决定送到您手里以后才生效。", _review(cut.decided_at), f"依据:{rule.source[0]};{cut.why.source}。"],
    )  # fmt: skip


def _refusal(paper, one, _actor, _at):
    rule = aid.in_force(today(one.decided_at))
    return Sheet(
        "不予社会救助决定书", "", _addressee(one.household, one.person),
        [f"您申请的是“{one.rule['zh']}”。我们查过了,这一次不能给。原因写在下面。情况变了,随时可以再申请。"],
        [
            [("申请了什么", one.asked), ("申请日期", day_words(one.asked_on))], [("哪一条不符合", one.condition)], [("用的是什么事实", one.fact)],
            [("再申请找谁", one.rule["ask_zh"])], [("签收人", ""), ("签收日期", "")],
        ],
        seals=[_seal(paper)], notes=[_review(one.decided_at), f"依据:{one.rule['source_zh']};{rule.source[0]}。"],
    )  # fmt: skip


def _seen(visible):
    return lambda actor, row, _kind: (visible(actor).filter(pk=row.pk).exists(), _("这一户的救助不由您的单位办。"))


def _hard(*named):
    def hard(row, _actor):
        return [(field, chars) for field, name in named if (chars := unprintable(getattr(row, name)))]

    return hard


def _whole_cut(pk):
    return AidCut.objects.select_related("status__household", "status__person", "village").get(pk=pk)


def _whole_refusal(pk):
    return AidRefusal.objects.select_related("household", "person", "village").get(pk=pk)


def _of_home(number, way):
    rows = AidCut if way == "status__household__number" else AidRefusal
    return Q(subject=rows._meta.label_lower, subject_id__in=rows.objects.filter(**{way: number}).values("pk"))


CUT_PAPERS = Papers(
    CUTS, (NOTICE, DECIDED), seen=visible_cuts, whole=_whole_cut, near=_seen(visible_cuts), standing=lambda _cut, _at: None,
    occasion=lambda cut, kind: int((cut.decided_at if kind == DECIDED.key else cut.proposed_at).timestamp()), write=_of_cut, area=lambda cut: cut.village,
    unit=lambda actor, cut: scope.unit(actor, duty=SEES, code=cut.village_id), told=lambda _actor, cut, _kind: {"cut": str(cut.pk)},
    hard=_hard((_("用的是什么事实"), "fact"), (_("为什么提出"), "reasons"), (_("决定的理由"), "decision")),
    numbered=lambda number: _of_home(number, "status__household__number"), card="registry/aid/card.html", gap="papers_of_cut",
)  # fmt: skip
REFUSAL_PAPERS = Papers(
    REFUSALS, (REFUSED,), seen=visible_refusals, whole=_whole_refusal, near=_seen(visible_refusals), standing=lambda _one, _at: None,
    occasion=lambda one, _kind: int(one.decided_at.timestamp()), write=_refusal, area=lambda one: one.village,
    unit=lambda actor, one: scope.unit(actor, duty=SEES, code=one.village_id), told=lambda _actor, one, _kind: {"refusal": str(one.pk)},
    hard=_hard((_("申请了什么"), "asked"), (_("哪一条不符合"), "condition"), (_("用的是什么事实"), "fact")),
    numbered=lambda number: _of_home(number, "household__number"), card="registry/aid/refusal_card.html", gap="papers_of_refusal",
)  # fmt: skip
