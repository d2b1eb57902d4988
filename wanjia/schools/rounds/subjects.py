"""What the acts of rounds are about: a round, a team, a place on its list."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked
from wanjia.verdict import NotFound

from ..models import InspectionRound, RoundTeam, RoundVenue
from ..venues.rules import visible_rounds
from . import rules

OVER = ("schools:rounds", _("联合检查"))
OF_ROUND = ("area", "lead")
OF_STOP = ("venue__area", "venue__near__unit", "team", "round__area", "round__lead")


def _in_its_round(model, *related):
    """Return what locks the round of a row, then the row: who closes a round and who leaves a place out wait for each other."""

    def take(pk, at):
        found = model.objects.filter(pk=pk).values_list("round", flat=True).first()
        one = InspectionRound.objects.select_for_update(of=("self",), no_key=True).select_related(*OF_ROUND).filter(pk=found).first()
        row = model.objects.select_related(*related).filter(pk=pk).first()
        if one is None or row is None:
            raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
        row.round = one
        return row, at

    return take


ROUNDS = Subject(
    "inspection_round", "schools.inspectionround", "schools/rounds", seen=lambda actor, duty: visible_rounds(actor, duty=duty).select_related(*OF_ROUND),
    take=locked(InspectionRound, *OF_ROUND), look=looked(InspectionRound, *OF_ROUND), page="schools:round", over=OVER, about=str,
)  # fmt: skip
TEAMS = Subject(
    "round_team", "schools.roundteam", "schools/teams", seen=lambda actor, duty: rules.visible_teams(actor, duty=duty).select_related("round__area", "round__lead"),
    take=_in_its_round(RoundTeam), look=looked(RoundTeam, "round__area", "round__lead"), page="schools:round", of=lambda one: one.round, over=OVER, about=str,
)  # fmt: skip
STOPS = Subject(
    "round_venue", "schools.roundvenue", "schools/stops", seen=lambda actor, duty: rules.visible_stops(actor, duty=duty).select_related(*OF_STOP, "inspection"),
    take=_in_its_round(RoundVenue, *OF_STOP, "inspection"), look=looked(RoundVenue, *OF_STOP, "inspection"), page="schools:round", of=lambda one: one.round, over=OVER, about=str,
)  # fmt: skip
