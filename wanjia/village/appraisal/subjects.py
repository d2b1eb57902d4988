"""What the acts of appraisal are about: a quarter's appraisal, a home that stands in it."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked
from wanjia.verdict import NotFound

from ..models import AppraisalRound, RedEntry
from . import rules

OVER = ("village:appraisals", _("季度评比"))


def _in_its_round(pk, at):
    """Lock the appraisal of an entry, then the entry: who counts or lists it and who takes a consent back wait for each other."""
    found = RedEntry.objects.filter(pk=pk).values_list("round", flat=True).first()
    one = AppraisalRound.objects.select_for_update(of=("self",), no_key=True).select_related("village").filter(pk=found).first()
    row = RedEntry.objects.select_for_update(of=("self",), no_key=True).select_related("home", "round__village").filter(pk=pk).first()
    if one is None or row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    row.round = one
    return row, at


ROUNDS = Subject(
    "appraisal_round", "village.appraisalround", "village/appraisal/rounds", seen=lambda actor, duty: rules.visible_rounds(actor, duty=duty).select_related("village", "poll"),
    take=locked(AppraisalRound, "village"), page="village:appraisal_round", over=OVER,
    about=lambda one: str(_("%(village)s%(group)s %(year)s 年第 %(n)s 季度评比") % {"village": one.village.short_name, "group": one.group_name, "year": one.year, "n": one.quarter}),
)  # fmt: skip
ENTRIES = Subject(
    "red_entry", "village.redentry", "village/appraisal/entries", seen=lambda actor, duty: rules.visible_entries(actor, duty=duty).select_related("home", "round__village"),
    take=_in_its_round, page="village:appraisal_round", of=lambda one: one.round, over=OVER, about=lambda one: one.called,
)  # fmt: skip
