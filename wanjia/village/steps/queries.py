"""What is asked of matters that go step by step: the six steps of one, what waits, what the board shows."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.reporting.posted import Posted

from ..bylaw_states import Step, StepState
from ..duties import Duty
from ..models import AgendaItem, StepResult
from ..states import DECIDED, BodyKind
from . import rules


@dataclass(frozen=True)
class Stage:
    """One of the six steps of a matter, for its page. done: it was taken; row: what stands of it (a StepRecord, an item, a notice, a result), None before."""

    words: object
    done: bool
    row: object
    kind: str


def stages(matter):
    """Return the six Stages of a matter, in their order."""
    records = {one.step: one for one in matter.records.all()}
    merged = any(one.merged for one in records.values())
    found = [Stage(step.label, step in records or (merged and step == Step.BRANCH), records.get(step), "record") for step in Step]
    notice, result = rules.notice_of(matter), matter.results.exclude(accepted=False).first()
    return [
        *found, Stage(_("村民(代表)会议决议"), matter.item_id is not None, matter.item, "item"), Stage(_("决议公开"), notice is not None, notice, "notice"),
        Stage(_("实施结果公开"), bool(result and result.accepted), result, "result"),
    ]  # fmt: skip


def all_decisions(matter, _actor, _day):
    """The decisions of the villagers' or representatives' meetings of a village: a call that is sent again names the one that it linked."""
    rows = AgendaItem.objects.filter(state__in=DECIDED, body__kind__in=(BodyKind.VILLAGERS, BodyKind.REPRESENTATIVES)).select_related("body__area", "meeting")
    return rows.filter(body__area=matter.village_id) if matter else rows.none()


def decisions(matter, actor, day):
    """Those of them that no matter has yet."""
    return all_decisions(matter, actor, day).filter(step_matter=None)


def to_accept(actor):
    """The matters whose result waits for the acceptance of another hand, of the actor's villages."""
    mine = rules.visible_matters(actor, duty=Duty.KEEP_MEETINGS) | rules.visible_matters(actor, duty=Duty.FILE_DECISIONS)
    return mine.filter(state=StepState.TOLD).exclude(Q(results__accepted=None) & Q(results__told_by=actor.id))


def listed(rows):
    """Give matters what their list shows."""
    return rows.select_related("village", "item")


def on_board(village, day, limit, _group_name):
    """Return the matters that were decided, and what came of them while that is public, as Posted lines."""
    rows = StepResult.objects.filter(matter__village=village, accepted=True, accepted_on__lte=day, until_on__gte=day).select_related("matter").order_by("-accepted_on", "pk")[:limit]
    return [
        Posted(_("%(title)s:%(words)s。花了 %(yuan)s 元,%(contractor)s承办,已验收") % {"title": one.matter.title, "words": one.words, "yuan": one.yuan, "contractor": one.contractor}, one.accepted_on, one.until_on)
        for one in rows
    ]
