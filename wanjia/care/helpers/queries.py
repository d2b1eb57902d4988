"""What is asked of helpers: the list with what their last query says, whose query ends soon, teams with how many may be near children."""

from datetime import timedelta

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext as _

from wanjia.orgs import scope
from wanjia.orgs.models import Organisation, User
from wanjia.policy import vetting

from ..duties import Duty
from ..models import BackgroundCheck, Helper, TeamMember
from ..states import Cleared, Language
from ..vetted import barring
from . import rules

SOUGHT = ("name", "organisation__name", "organisation__short_name")
CLEAR, SOON, LAPSED, NONE, BARRED = "clear", "soon", "lapsed", "none", "barred"


def units(_row, actor, day):
    """The units whose helpers and teams the actor keeps."""
    return Organisation.objects.on(day).filter(scope.in_place(actor, area="area_id", duty=Duty.KEEP_HELPERS)).select_related("area").order_by("area_id", "name")


def accounts(_row, actor, day):
    """The accounts of people of these units that are nobody's on the list yet."""
    here = units(None, actor, day).values("pk")
    return User.objects.filter(posts__organisation__in=here, posts__to_on=None, helper=None, is_active=True).distinct().order_by("name", "pk")


def listed(actor):
    """The helpers in reach who are in office: last query's result and end, how many children."""
    last = BackgroundCheck.objects.filter(helper=OuterRef("pk")).order_by("-on", "-recorded_at")
    rows = rules.visible_helpers(actor).filter(to_on=None).select_related("organisation")
    barred_now = When(Exists(barring(OuterRef("pk"))), then=Value(Cleared.NOT_CLEAR.value))  # whatever another answer said before it was known
    ends = Subquery(last.values("until_on")[:1])
    said = {"said": Case(barred_now, default=Subquery(last.values("result")[:1]), output_field=CharField()), "ends": ends}
    return rows.annotate(**said, n_pairs=Count("pairs", filter=Q(pairs__to_on=None))).order_by("organisation__area_id", "organisation__name", "name", "pk")


def worst_first(rows):
    """Sort the list for whoever looks at records: nobody looked yet, then what ended or ends first."""
    return rows.order_by(F("ends").asc(nulls_first=True), "organisation__area_id", "name", "pk")


def standing_of(one, day):
    """Return how a listed helper stands on `day`: clear, soon (its end is near), lapsed, none, barred."""
    if one.said is None:
        return NONE
    if one.said != Cleared.CLEAR:
        return BARRED
    if day >= one.ends:
        return LAPSED
    return SOON if one.ends <= day + timedelta(days=vetting.in_force(day).told_days) else CLEAR


def narrowed(rows, asked, day):
    """Narrow the list to those who stand so: soon, lapsed, none; another word narrows nothing."""
    soon = day + timedelta(days=vetting.in_force(day).told_days)
    by = {
        SOON: Q(said=Cleared.CLEAR, ends__gt=day, ends__lte=soon), LAPSED: Q(said=Cleared.CLEAR, ends__lte=day), NONE: Q(said=None),
        BARRED: Q(said=Cleared.NOT_CLEAR),
    }  # fmt: skip
    return rows.filter(by[asked]) if asked in by else rows


def to_vet(actor, day):
    """Those whose records are to be looked at: never, lapsed, or ending soon; the barred and those gone are not among them."""
    soon = day + timedelta(days=vetting.in_force(day).told_days)
    return listed(actor).filter(Q(said=None) | Q(said=Cleared.CLEAR, ends__lte=soon))


def queue(actor, day):
    """Return {name of the place: how many are to be looked at}, for whoever looks."""
    return {"care:helpers": to_vet(actor, day).order_by().count()} if actor.has_duty(Duty.VET_HELPERS) else {}


def teams(actor, day):
    """The teams in reach with how many belong to each, and how many of these may be near children."""
    members = TeamMember.objects.filter(team=OuterRef("pk"), to_on=None).order_by().values("team").annotate(n=Count("pk")).values("n")
    clear = TeamMember.objects.filter(team=OuterRef("pk"), to_on=None, helper__in=Helper.objects.filter(rules.clear_on(day))).order_by().values("team")
    counted = {"n_members": Subquery(members), "n_clear": Subquery(clear.annotate(n=Count("pk")).values("n"))}
    return rules.visible_teams(actor).filter(to_on=None).select_related("organisation").annotate(**counted).order_by("name", "pk")


def members_of(team, day):
    """Who belongs to a team, with how each stands."""
    rows = list(team.members.filter(to_on=None).select_related("helper__organisation").order_by("helper__name", "pk"))
    clear = set(Helper.objects.filter(rules.clear_on(day), pk__in=[row.helper_id for row in rows]).values_list("pk", flat=True))
    for row in rows:
        row.clear = row.helper_id in clear
    return rows


def joining(team, actor, day):
    """The helpers in reach who are not in this team."""
    return rules.visible_helpers(actor, duty=Duty.KEEP_HELPERS).on(day).exclude(teams__in=TeamMember.objects.filter(team=team, to_on=None)).order_by("name", "pk")


def helpers_of_all(*_row):
    """Every helper: what a call may name; which may join, the act judges."""
    return Helper.objects.all()


def told(helper):
    """Return [(what it is, words)] of what somebody who helps can do, as far as it was written down."""
    speaks = "、".join(str(Language(one).label) for one in helper.speaks.split())
    insured = helper.insured_until and helper.insured_until.isoformat()
    facts = [(_("会说"), speaks), (_("特长"), helper.skills), (_("志愿者保险到期"), insured)]
    return [(label, words) for label, words in facts if words]


def last_authority(_helper, actor, _day):
    """Return the office whose answer the actor recorded last: the same answers the next one, most days."""
    last = BackgroundCheck.objects.filter(recorded_by=actor.id).order_by("-recorded_at").values_list("authority", flat=True)
    return last.first()
