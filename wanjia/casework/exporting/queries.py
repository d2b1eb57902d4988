"""Which needs an export means, in rows and in words."""

import uuid

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils.translation import gettext as _

from wanjia.indicators.definitions import definition, everything
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area, Organisation
from wanjia.reporting.exporting.queries import watermark
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.models import Export

from ..figures.population import NEEDS
from ..ledger import queries as casework
from ..ledger.asking import LedgerFilter
from ..matters.queries import named_to
from ..models import Need
from ..rules import tied, visible_needs
from . import columns
from .forms import Question

NAME = "困难诉求清单台账"


def rows(actor, query, at):
    """Return the needs that a question means, as far as the actor sees them now. Raises Http404 for a broken one."""
    question = Question(query, actor=actor)
    if not question.is_valid():
        raise Http404
    return selected(actor, question.cleaned_data, today(at))


def selected(actor, asked, day):
    """Return the needs that a checked question keeps: of the ledger, or of one of the dashboard's numbers.

    asked: cleaned data of `forms.Question`.
    """
    needs = casework.ledger(actor, {**asked, "figure": ""}, day, duty=Duty.EXPORT)
    needs = needs.filter(number__in=asked["numbers"].split(",")) if asked.get("numbers") else needs
    needs = NEEDS.in_month(needs, asked["month"]) if asked.get("month") else needs
    past = asked["as_of"] if asked.get("as_of") and asked["as_of"] < day else None
    asks = [id_ for id_ in (asked.get("figure"), casework.TABS[asked.get("tab") or "all"]) if id_]
    return counting.rows_of_all(asks, needs, past, day).order_by("recorded_at", "number")


def phrased(exports):
    """Say which rows exports mean: {pk: [(words of the question, its answer)]}; none means all that the asker sees."""
    names = _names_in(exports)
    return {export.pk: _in_words(export, names) for export in exports}


def _in_words(export, names):
    fields, said = LedgerFilter.base_fields, []
    for name, text in export.query.items():
        if name == "q":  # a number that somebody was searched by is nobody's business here
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
    places = {query["area"] for query in asked if query.get("area")}
    units = {query["holder"] for query in asked if _is_key(query.get("holder"))}
    areas = Area.objects.filter(pk__in=places).values_list("pk", "name") if places else ()
    holders = Organisation.objects.filter(pk__in=units).values_list("pk", "name") if units else ()
    return {("area", pk): name for pk, name in areas} | {("holder", str(pk)): name for pk, name in holders}


def _is_key(text):
    try:
        return bool(uuid.UUID(text or ""))
    except ValueError:
        return False


def beyond(actor, spans):
    """Return the ids of the exports that may hold a need, asked for by a tie, which the actor's approving posts do not show."""
    shown = visible_needs(actor, duty=Duty.APPROVE_EXPORT).filter(pk=OuterRef("pk"))
    beyond = Q(pk__in=[])
    for export, first, end in spans:
        rows = Need.objects.filter(tied(export.asked_by, duty=Duty.EXPORT), ~Exists(shown), village_id__gte=first, village_id__lt=end)
        beyond |= Q(pk=export.pk) & Exists(rows)
    return set(Export.objects.filter(beyond).values_list("pk", flat=True)) if spans else set()


def title(export, at):
    """Return the line above the sheet."""
    return watermark(NAME, export, at)


def named(export):
    """Return the file's name, without its ending."""
    return f"{NAME}{today(export.asked_at):%Y%m%d}-{str(export.pk)[:8]}"


def lines(actor, export, needs):
    """Yield the sheet's lines."""
    return columns.lines(needs, matters=named_to(actor), sensitive=export.columns)
