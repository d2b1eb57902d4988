"""What is asked of mediation: which cases wait, what its committee is, the clocks of a case, what may be told outside the file."""

from datetime import timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from wanjia.policy import mediation as policy
from wanjia.reporting.posted import Posted
from wanjia.verdict import Refused

from ..duties import Duty
from ..mediation_states import CaseState, CourtWord, Danger, RecordKind
from ..models import BodySeat, GoverningBody, MediationAgreement, MediationCase, MediationParty, MediationRecord, MediationTerm
from ..states import BodyKind
from . import rules

NO_COMMITTEE = _("这个村还没有登记人民调解委员会,先在“自治组织”里登记它和委员。")


def committee_of(village_id):
    """Lock and return a village's committee: its cases and agreements are numbered one after another. Raises Refused where it has none."""
    one = GoverningBody.objects.select_for_update(of=("self",), no_key=True).filter(area_id=village_id, kind=BodyKind.MEDIATION, to_on=None).first()
    if one is None:
        raise Refused(NO_COMMITTEE)
    return one


def parties_of(case, _actor, _day):
    """The parties of a case."""
    return case.parties.all() if case else MediationParty.objects.none()


def unsigned(case, _actor, _day):
    """The parties who did not sign yet."""
    return parties_of(case, None, None).filter(signed_on=None)


def mediators(case, _actor, day):
    """The seats of the village's committee on a day."""
    rows = BodySeat.objects.on(day).filter(body__kind=BodyKind.MEDIATION, body__to_on=None).select_related("person", "body")
    return rows.filter(body__area=case.village_id).order_by("office", "pk") if case else rows.none()


def terms_of(case, _actor, _day):
    """The terms of the agreement."""
    return MediationTerm.objects.filter(agreement__case=case).order_by("n") if case else MediationTerm.objects.none()


def lapses(day):
    """The agreements that both sides want confirmed, of which the days are nearly over and nobody asked: with the day, today being one of them."""
    edition = policy.in_force(day)
    rows = MediationAgreement.objects.filter(case__state=CaseState.AGREED, wants_court=True, applied_on=None)
    return rows.filter(valid_on__gte=day - timedelta(days=edition.confirm_days), valid_on__lte=day - timedelta(days=edition.confirm_days - edition.alarm_days))


def unreported():
    """The cases that may turn into a crime and of which nobody was told (art. 25): what was reported before of a smaller danger, or of an earlier one, is no report of this one."""
    last = MediationRecord.objects.filter(case=OuterRef("pk"), kind=RecordKind.DANGER).order_by("-written_at", F("told_at").desc(nulls_last=True))
    rows = MediationCase.objects.filter(state=CaseState.TAKEN, danger=Danger.CRIME)
    return rows.annotate(reported_at=Subquery(last.values("told_at")[:1])).filter(reported_at=None)


def overdue_terms(day):
    """The terms whose day is over and of which nobody wrote that they were done."""
    return MediationTerm.objects.filter(agreement__valid_on__isnull=False, due_on__lt=day).filter(Q(done=None) | Q(done=False))


def is_waiting(day):
    """Return the Q of the cases that wait for somebody: past the usual time, a term that is over, the court's days, an unreported danger."""
    late = Q(state=CaseState.TAKEN, taken_on__lt=day - timedelta(days=policy.in_force(day).usual_days))
    return late | Q(pk__in=unreported().values("pk")) | Q(pk__in=lapses(day).values("case")) | Q(pk__in=overdue_terms(day).values("agreement__case"))


def waiting(actor, day):
    """The actor's cases that wait."""
    return rules.visible_cases(actor).filter(is_waiting(day))


def count_unreported(user, _day):
    """Count them, for the desk."""
    return rules.visible_cases(user).filter(pk__in=unreported().values("pk")).count() if user.has_duty(Duty.MEDIATE) else 0


def count_lapsing(user, day):
    """Count them, for the desk."""
    return rules.visible_cases(user).filter(pk__in=lapses(day).values("case")).count() if user.has_duty(Duty.MEDIATE) else 0


def of_year(village_id, day):
    """The cases that a village took up in the year of a day, up to it."""
    return MediationCase.objects.filter(village_id=village_id, year=day.year, taken_on__lte=day)


AGREED = Count("pk", filter=Q(state=CaseState.AGREED))


def told_of(village_id, day):
    """Return what is told outside the file of a village's year: {accepted, agreed, rate}; None for what is small, or could be worked out to be."""
    return told(day, **of_year(village_id, day).aggregate(accepted=Count("pk"), agreed=AGREED))


def told(day, accepted, agreed):
    """Return the same of two numbers."""
    edition = policy.in_force(day)
    whole = edition.told(accepted) is not None
    parts = whole and edition.told(agreed) is not None and edition.told(accepted - agreed) is not None
    return {"accepted": accepted if whole else None, "agreed": agreed if parts else None, "rate": 100 * agreed // accepted if parts and accepted else None}


def counted_of(villages, day):
    """Return {village: (how many were taken up in the year of a day, how many of them agreed)}, in one question for all."""
    rows = MediationCase.objects.filter(village__in=villages, year=day.year, taken_on__lte=day).order_by()
    return {pk: (accepted, agreed) for pk, accepted, agreed in rows.values("village").annotate(accepted=Count("pk"), agreed=AGREED).values_list("village", "accepted", "agreed")}


def clock_of(case, day):
    """Return what a case's page says of its clocks: {usual, late, confirm_until, confirmable}."""
    usual = policy.in_force(case.taken_on).usual_end(case.taken_on)
    one = rules.draft_of(case)
    until = policy.in_force(one.valid_on).confirm_end(one.valid_on) if one and one.valid_on else None
    return {"usual": usual, "late": case.state == CaseState.TAKEN and day > usual, "confirm_until": until, "confirmable": bool(until and one.written and not one.touches and one.applied_on is None and day <= until)}


def confirmed():
    """The Q of the cases whose agreement the court confirmed."""
    return Q(agreement__court_word=CourtWord.CONFIRMED)


def on_board(village, day, limit, group_name=""):
    """Return what everybody may read: how many disputes were taken up this year, nothing where that is few. Of one group nothing is said."""
    told = told_of(village.pk, day)["accepted"]
    if group_name or not told or limit < 1:
        return []
    return [Posted(str(_("%(year)s 年受理调解纠纷 %(n)s 件") % {"year": day.year, "n": told}), day)]
