"""Each CHECK and each unique constraint of notices, met by name: the row that it refuses."""

from datetime import timedelta

from wanjia.schools.models import NoticeReceipt, NoticeStep, SafetyNotice
from wanjia.schools.notice_states import NoticeState

from .guards_inspections import _another
from .notice_factories import DAY, notice, over, receipt, step


def _notice(world, **facts):
    return SafetyNotice.objects.filter(pk=notice(world, NoticeState.DRAFT).pk).update(**facts)


def _receipt(world, **facts):
    return NoticeReceipt.objects.filter(pk=receipt(world).pk).update(**facts)


def _group(world):
    one = notice(world)
    return NoticeReceipt.objects.create(notice=one, area=one.area, group="江边舞蹈队")


CHECKS = {
    "safety_notice_has_an_end": lambda w: _notice(w, until_on=DAY),
    "safety_notice_basis_on_paper": lambda w: _notice(w, paper=""),
    "safety_notice_issued_by_number": lambda w: _notice(w, serial=7, year=2026),
    "safety_notice_lifted_by_day": lambda w: _notice(w, ended_on=DAY),
    "receipt_of_a_place_or_a_group": lambda w: _receipt(w, group="江边舞蹈队"),
    "receipt_served_or_excused": lambda w: _receipt(w, served_on=DAY - timedelta(days=1)),
    "no_more_copies_back_than_out": lambda w: _receipt(w, back=1),
    "more_than_a_word_by_two": lambda w: step(w, "educate", licensed=1),
    "handed_over_with_evidence": lambda w: step(w, "hand_over"),
}
ONCE = {
    "safety_notice_numbered_once": lambda w: _another(notice(w)),
    "receipt_once_a_place": lambda w: _another(receipt(w)),
    "receipt_once_a_group": _group,
    "handed_over_once": lambda w: _another(NoticeStep.objects.filter(step="hand_over").first() or over(w)),
}
