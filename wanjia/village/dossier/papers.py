"""The papers of a file (卷宗): which there are of a case now, and what each shows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.doors.sending import beside
from wanjia.policy import mediation as policy
from wanjia.policy.money import yuan
from wanjia.reporting.documents.drawing import pdf

from ..mediation import rules
from ..mediation_states import RecordKind, Side


class Paper(TextChoices):
    """A paper of the file, in the order of its index (卷宗目录)."""

    INDEX = "index", _("卷宗目录")
    REGISTER = "register", _("受理登记表")
    RIGHTS = "rights", _("权利义务告知书")
    RECORDS = "records", _("调查、调解笔录")
    AGREEMENT = "agreement", _("调解协议书(口头协议登记表)")
    RECHECKS = "rechecks", _("履行情况和回访记录")
    COURT = "court", _("司法确认申请书")
    ENDING = "ending", _("终结告知书")


def papers_of(case):
    """Return the Papers that there are of a case now."""
    kinds, one = set(case.records.values_list("kind", flat=True)), rules.draft_of(case)
    there = {
        Paper.INDEX: True, Paper.REGISTER: True, Paper.RIGHTS: True, Paper.RECORDS: bool(kinds), Paper.AGREEMENT: one is not None and one.terms.exists(),
        Paper.RECHECKS: bool(one and one.valid_on), Paper.COURT: bool(one and one.valid_on and one.written and not one.touches), Paper.ENDING: case.state in ("case_failed", "case_withdrawn", "case_handed_on"),
    }  # fmt: skip
    return [paper for paper in Paper if there[paper]]


def choices_of(case, _actor, _day):
    """The same as [(value, words)]."""
    return [(paper.value, paper.label) for paper in papers_of(case)] if case else []


def contents(case):
    """Return what the file holds, for the page that opens it and for its papers."""
    one, parties = rules.draft_of(case), list(case.parties.select_related("person"))
    if one:
        one.sum = yuan(sum(term.fen or 0 for term in one.terms.all()))
    records = list(case.records.select_related("written_by"))
    terms = list(one.terms.all()) if one else []
    for term in terms:
        term.yuan = yuan(term.fen) if term.fen is not None else ""
    return {
        "case": case, "parties": parties, "ones": [each for each in parties if each.side == Side.APPLICANT], "others": [each for each in parties if each.side != Side.APPLICANT], "agreement": one, "terms": terms,
        "records": [each for each in records if each.kind != RecordKind.RECHECK], "rechecks": [each for each in records if each.kind == RecordKind.RECHECK], "yuan": yuan(case.fen) if case.fen is not None else "",
        "mediator": case.mediator.person.name if case.mediator_id else "", "edition": policy.in_force(case.taken_on),
    }  # fmt: skip


def printed(request, case, paper):
    """Return one paper of the file as a PDF, to be looked at beside the work."""
    words = Paper(paper).label
    index = [each for each in papers_of(case) if each != Paper.INDEX]
    more = {"paper": paper, "name": words, "author": case.village.name, "made": request.at, "day": request.day, "index": index, "committee": f"{case.village.name}人民调解委员会"}
    return beside(pdf(f"village/papers/mediation/{paper}.html", contents(case) | more, name=f"{case.pk}-{paper}"), f"{case.number}{words}.pdf")
