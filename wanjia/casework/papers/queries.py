"""What papers ask of the rows: who stands at which place, whose names may not be printed."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanjia.policy.glyphs import unprintable

from ..models import Need, Rung, Step
from ..states import PaperKind

# The act on which a paper stands: the same act keeps its number, a new one gets a new.
STANDS_ON = {
    PaperKind.ASSIGNMENT: ("assign", "reopen", "dispute"),
    PaperKind.RETURN: ("return",),
    PaperKind.EXTENSION: ("ask_extension",),
    PaperKind.REPLY: ("report_done", "decline"),
    PaperKind.CALLBACK: ("verify", "give_up_callback", "dispute", "callback_missed", "confirm"),
    PaperKind.CLOSING: ("verify", "give_up_callback", "close"),
    # Urged and supervised by hand it stands on the hand-over; by the clock, on the rung: each rung has its own.
    PaperKind.REMINDER: ("assign", "urged"),
    PaperKind.SUPERVISION: ("assign", "supervised"),
    PaperKind.RAISE: ("raise", "raise_desk", "raised"),
}


def last_step(need, *acts):
    """Return the last line of the timeline with one of `acts`, or None."""
    return need.steps.filter(act__in=acts).select_related("by_org").order_by("-n").first()


def occasion_of(need, kind):
    """Return the number of the timeline's line that a paper stands on; 0 for the need as a whole."""
    step = last_step(need, *STANDS_ON[kind]) if kind in STANDS_ON else last_step(need, "assign")
    return step.pk if step else 0


def rung_of(paper):
    """Return the rung that a paper of the clock stands on, or None for one that a hand made."""
    line = Step.objects.filter(pk=paper.occasion, need=paper.subject_id).values_list("n", flat=True).first()
    return line and Rung.objects.filter(need=paper.subject_id, n=line, passed=False).select_related("holder", "told").first()


def whole_need(need_id):
    """Return a need with everything that papers name."""
    return Need.objects.select_related(
        "village__parent__parent", "holder__area", "handler", "household", "recorded_org", "requester", "child"
    ).get(pk=need_id)


def assigner(need):
    """Return the unit that handed the need to its present owner, or the one that recorded it."""
    holding = need.holdings.order_by("-from_at", "-id").select_related("assigned_by").first()
    return (holding.assigned_by if holding and holding.assigned_by else None) or need.recorded_org or need.holder


def newest(needs, text=""):
    """Return the needs that the papers' page lists: those last moved first, or whose number or requester `text` gives."""
    if text:
        needs = needs.filter(number__icontains=text) | needs.filter(requester_name__startswith=text)
    return needs.select_related("village__parent", "holder").defer("story", "requester_phone", "ledger_cells")


def hard_to_print(need, actor):
    """Return [(field, characters that no font here bears)] of what papers of this need would say."""
    fields = (
        (_("诉求人"), need.requester_name), (_("诉求内容"), need.summary), (_("村(社区)"), f"{need.village.parent or ''}{need.village}"),
        (_("主办单位"), need.holder.name if need.holder else ""), (_("责任人"), need.responsible), (_("包案领导"), need.leader),
        (_("判定理由"), need.decision_reason), (_("结果说明"), need.outcome_text), (_("出具单位"), actor.org_name),
        (_("户编号"), f"{need.household.number}{need.household.group_name}" if need.household else ""),
    )  # fmt: skip
    return [(field, chars) for field, text in fields if (chars := unprintable(text))]


def slip_addresses(code):
    """Return (the page where a code is typed, the page that the slip's QR opens)."""
    return reverse("casework:slip_enter"), reverse("casework:slip_page", args=[code])
