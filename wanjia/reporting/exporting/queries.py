"""What was asked for, what waits for whom, and what an export means in words."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.duties import Duty
from wanjia.shapes import Shape, number

from ..kinds import exported
from ..models import Export
from ..states import ExportState
from .rules import LIVES, covered, visible_exports

TOLD = timedelta(days=3)  # how long a refusal stands on the asker's desk


def to_approve(actor):
    """List the exports that wait for the actor's own word, the longest waiting first: each with what it means, in words."""
    if not actor.has_duty(Duty.APPROVE_EXPORT):
        return []
    mine = covered(actor, _waiting(actor).order_by("asked_at"))
    said = phrased(mine)
    return [(export, said.get(export.pk, []), columns(export)) for export in mine]


def _waiting(actor):
    return exports_of(actor).filter(state=ExportState.WAITING).exclude(asked_by=actor.pk)


def phrased(exports):
    """Say which rows exports mean: {pk: [(words of the question, its answer)]}; none means all that the asker sees."""
    by_kind, said = defaultdict(list), {}
    for export in exports:
        by_kind[export.kind].append(export)
    for key, some in by_kind.items():
        if key in exported():
            said |= exported()[key].phrased(some)
    return said


def columns(export):
    """Name the sensitive columns of an export in the reader's language."""
    return [_(name) for name in export.columns]


def exports_of(actor):
    """Return what the actor asked for or may decide about: the newest first."""
    rows = visible_exports(actor).select_related("asked_by", "asked_org", "decided_by")
    return rows.order_by("-asked_at", "-pk")


def to_decide(actor):
    """Count the exports that wait for the actor's own word: whoever asked cannot take them until then."""
    return len(covered(actor, _waiting(actor))) if actor.has_duty(Duty.APPROVE_EXPORT) else 0


def answered(actor):
    """Count the actor's exports that somebody approved and that can still be taken, and those refused these last days: one query."""
    now = timezone.now()
    return (ANSWERED.first(actor.pk, now - LIVES, now - TOLD) or 0) if actor.has_duty(Duty.EXPORT) else 0


ANSWERED = Shape(lambda by, lives, told: number(Export.objects.filter(
    Q(state=ExportState.APPROVED, decided_at__gt=lives) | Q(state=ExportState.REFUSED, decided_at__gt=told), asked_by=by)))  # fmt: skip


def watermark(words, export, at):
    """Return the line that a sheet bears above it: what it is, who took it out, when, of which moment the data are, what for."""
    who = f"{export.asked_by.name}({export.asked_org.name if export.asked_org else ''})"
    agreed = f" 批准人:{export.decided_by.name}" if export.decided_by else ""
    when = f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    past = export.query.get("as_of", "")
    stand = f"数据:截至 {past} 终了,按导出时在册" if past and past < today(at).isoformat() else f"数据:实时,{when} 在册"
    return f"{words} 导出人:{who} {when} {stand} 用途:{export.purpose}{agreed} 导出号:{str(export.pk)[:8]} 含个人信息,只用于所写用途,用后销毁"


def speaking(spoken):
    """Return the keys of the exports whose reason, answer or question names whom an erasure seeks (kernel.brings.Spoken)."""
    asked = Export.objects.values_list("pk", "purpose", "decision_words", "query")
    return [pk for pk, *said in asked.iterator() if spoken.names(spoken.strings, str(said))]
