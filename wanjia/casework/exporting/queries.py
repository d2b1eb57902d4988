"""Which needs an export means, and what is waiting for whom."""

import uuid

from django.utils.translation import gettext as _

from wanjia.indicators.definitions import definition, everything
from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area, Organisation
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.models import Export
from wanjia.reporting.states import ExportState

from ..figures.population import NEEDS
from ..ledger import queries as casework
from ..ledger.forms import LedgerFilter
from .rules import covered, visible_exports


def selected(actor, asked, day):
    """Return the needs that a checked question keeps: of the ledger, or of one of the dashboard's numbers.

    asked: cleaned data of forms.Question.
    """
    needs = casework.ledger(actor, {**asked, "figure": ""}, day, duty=Duty.EXPORT)
    needs = needs.filter(number__in=asked["numbers"].split(",")) if asked.get("numbers") else needs
    needs = NEEDS.in_month(needs, asked["month"]) if asked.get("month") else needs
    past = asked["as_of"] if asked.get("as_of") and asked["as_of"] < day else None
    asks = [id_ for id_ in (asked.get("figure"), casework.TABS[asked.get("tab") or "all"]) if id_]
    return counting.rows_of_all(asks, needs, past, day).order_by("recorded_at", "number")


def to_approve(actor):
    """List the exports that wait for the actor's own word, the longest waiting first: each with what it means, in words."""
    waiting = exports_of(actor).filter(state=ExportState.WAITING).exclude(asked_by=actor.pk).order_by("asked_at")
    if not actor.has_duty(Duty.APPROVE_EXPORT):
        return []
    mine = covered(actor, waiting)
    names = _names_in(mine)
    return [(export, in_words(export, names), columns(export)) for export in mine]


def columns(export):
    """Name the sensitive columns of an export in the reader's language."""
    return [_(name) for name in export.columns]


def in_words(export, names=None):
    """Say which rows an export means: [(words of the question, its answer)]; none means all that the asker sees. names: `_names_in` many."""
    fields, names = LedgerFilter.base_fields, _names_in([export]) if names is None else names
    said = []
    for name, text in export.query.items():
        if name == "village":
            said.append((_("村(社区)"), names.get(("area", text), "")))
        elif name == "q":  # a number that somebody was searched by is nobody's business here
            said.append((_("查找"), _("按号码") if any(char.isdigit() for char in text) else text))
        elif name in ("area", "holder"):
            said.append((fields[name].label, names.get((name, text), "")))
        elif name in ("tab", "figure"):
            id_ = casework.TABS.get(text, text)
            said.append((_("清单"), casework.named(definition(id_)) if id_ in everything(NEEDS.name) else text))
        elif name == "numbers":
            said.append((_("勾选的"), text.replace(",", "、")))
        elif name == "mine":
            said.append((_("范围"), _("申请人本单位手里的")))
        else:
            label = fields[name].label if name in fields else {"as_of": _("截至"), "month": _("月份")}.get(name, name)
            said.append((label, dict(getattr(fields.get(name), "choices", ())).get(text, text)))
    return [(words, answer) for words, answer in said if answer]


def _names_in(exports):
    """Return the names of the places and units that questions name, {(word, key): name}, from two queries. What is no key has no name."""
    asked = [export.query for export in exports]
    places = {query[word] for query in asked for word in ("area", "village") if query.get(word)}
    units = {query["holder"] for query in asked if _is_key(query.get("holder"))}
    areas = Area.objects.filter(pk__in=places).values_list("pk", "name") if places else ()
    holders = Organisation.objects.filter(pk__in=units).values_list("pk", "name") if units else ()
    return {("area", pk): name for pk, name in areas} | {("holder", str(pk)): name for pk, name in holders}


def _is_key(text):
    try:
        return bool(uuid.UUID(text or ""))
    except ValueError:
        return False


def exports_of(actor):
    """Return what the actor asked for or may decide about: what waits first, then the newest."""
    rows = visible_exports(actor).select_related("asked_by", "asked_org", "decided_by")
    return rows.order_by("-asked_at", "-pk")


def to_decide(actor):
    """Count the exports that wait for the actor's own word: whoever asked cannot take them until then."""
    if not actor.has_duty(Duty.APPROVE_EXPORT):
        return 0
    waiting = visible_exports(actor).filter(state=ExportState.WAITING).exclude(asked_by=actor.pk).select_related("asked_by")
    return len(covered(actor, waiting))


def watermark(export, at):
    """Return the line that every sheet bears: who took it out, when, of which moment the data are, what for."""
    who = f"{export.asked_by.name}({export.asked_org.name if export.asked_org else ''})"
    agreed = f" 批准人:{export.decided_by.name}" if export.decided_by else ""
    when = f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    past = export.query.get("as_of", "")
    stand = f"数据:截至 {past} 终了,按导出时在册" if past and past < today(at).isoformat() else f"数据:实时,{when} 在册"
    return f"困难诉求清单台账 导出人:{who} {when} {stand} 用途:{export.purpose}{agreed} 导出号:{str(export.pk)[:8]} 含个人信息,只用于所写用途,用后销毁"


def file_name(export, suffix):
    """Return the file's name."""
    return f"困难诉求清单台账{today(export.asked_at):%Y%m%d}-{str(export.pk)[:8]}.{suffix}"


def speaking(spoken):
    """Return the keys of the exports whose reason, answer or question names whom an erasure seeks (kernel.brings.Spoken)."""
    asked = Export.objects.values_list("pk", "purpose", "decision_words", "query")
    return [pk for pk, *said in asked.iterator() if spoken.names(spoken.strings, str(said))]
