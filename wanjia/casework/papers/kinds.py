"""The ten papers of a need and the monthly notice of needs, as the engine of papers takes them."""

from django.db.models import Q

from wanjia.casework.duties import Duty
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Level
from wanjia.reporting.kinds import Bulletin, PaperKind, Papers

from ..figures.population import NEEDS as POPULATION
from ..models import Need
from ..rules import in_whose_name, visible_needs
from ..states import PaperKind as K
from ..subjects import NEEDS
from . import monthly, queries, rules
from .sheets import Writer

DESK = rules.DESK
HANDS = (*DESK, Duty.ACCEPT_NEEDS, Duty.HANDLE_NEEDS)
OVERSIGHT = (*DESK, OrgsDuty.RECHECK_NEEDS, Duty.CLOSE_NEEDS)


def _kind(key, mark, duties, **how):
    return PaperKind(key, key.label, mark, duties, fits=lambda need, late: rules.fits(need, key, late), **how)


KINDS = (
    _kind(K.ASSIGNMENT, "诉交", HANDS),
    _kind(K.RETURN, "诉退", HANDS),
    _kind(K.EXTENSION, "诉延", (*HANDS, Duty.DECIDE_CLOCKS)),
    _kind(K.CONFERENCE, "诉商", DESK, by_hand=True),
    _kind(K.REMINDER, "诉催", OVERSIGHT),
    _kind(K.SUPERVISION, "诉督", OVERSIGHT),
    _kind(K.RAISE, "诉提", OVERSIGHT),
    _kind(K.REPLY, "诉复", HANDS, leaves=True),
    _kind(K.CALLBACK, "诉访", (Duty.CALL_BACK, Duty.CLOSE_NEEDS, OrgsDuty.RECHECK_NEEDS)),
    _kind(K.CLOSING, "诉销", (Duty.CLOSE_NEEDS, OrgsDuty.RECHECK_NEEDS)),
)


def _told(actor, need, kind):
    return {"need": str(need.pk), "phone": kind == K.ASSIGNMENT and rules.sees_phone(actor, need)}


def _seen(actor):
    return visible_needs(actor).select_related("village__parent", "holder", "handler", "household")


PAPERS = Papers(
    NEEDS, KINDS, seen=_seen, whole=queries.whole_need, near=rules.in_hand, standing=rules.standing, occasion=queries.occasion_of,
    write=lambda paper, need, actor, at: Writer(paper, need, actor, at).write(), area=lambda need: need.village, unit=in_whose_name, told=_told,
    hard=queries.hard_to_print, numbered=lambda number: Q(subject=NEEDS.label, subject_id__in=Need.objects.filter(number=number).values("pk")),
    card="casework/papers/need.html", gap="papers_of_need",
)  # fmt: skip

MONTHLY = Bulletin(
    K.MONTHLY, K.MONTHLY.label, "诉通", POPULATION, content=monthly.content, numbered="number", stands=monthly.stands, template="casework/papers/monthly.html",
    levels=(Level.COUNTY, Level.TOWNSHIP),
)  # fmt: skip
