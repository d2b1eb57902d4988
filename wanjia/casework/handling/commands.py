"""Write what was done, keep the papers, report the result."""

import base64
import hashlib

from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.verdict import Refused

from ..commands import advance, note_step, seal_words, start_step, take
from ..models import Evidence
from ..states import NEED, Outcome
from . import rules

LARGEST = 8 * 1024 * 1024
# By the file's first bytes, not by its name.
KINDS = {
    b"%PDF": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG": "image/png",
    b"PK\x03\x04": "application/vnd.openxmlformats-officedocument",
}


@command("casework.add_note")
def add_note(*, need_id, words, by, at):
    """Write one line of what was done (办理记录). The first one starts the work."""
    need, at = take(need_id, at)
    rules.can_note(by, need).or_raise()
    if not words.strip():
        raise Refused(_("请写下办了什么。"))
    if NEED.allows("start", need.state):
        advance(need, "start", by=by, at=at, words=words)
        return need
    note_step(need, "note", by=by, at=at, words=words)
    return need


@command("casework.add_evidence")
def add_evidence(*, need_id, by, at, file=None, words=""):
    """Keep one paper or picture as evidence (佐证), encrypted; or only the words that say what stands in for it."""
    need, at = take(need_id, at)
    rules.can_note(by, need).or_raise()
    if file is None and not words.strip():
        raise Refused(_("请选择文件,或写明佐证是什么。"))
    evidence = Evidence(need=need, words=words.strip(), added_by=by, added_at=at)
    if file is not None:
        _take_file(evidence, file)
    evidence.save(force_insert=True)
    said = _("添加佐证:%(what)s") % {"what": evidence.name or evidence.words}
    note_step(need, "evidence", by=by, at=at, words=said, digest=evidence.digest)
    return evidence


def _take_file(evidence, file):
    body = file.read(LARGEST + 1)
    kind = next((kind for head, kind in KINDS.items() if body.startswith(head)), None)
    if len(body) > LARGEST:
        raise Refused(_("文件超过 8 MB,请压缩后再上传。"))
    if kind is None:
        raise Refused(_("只能上传 PDF、JPG、PNG、Word 或 Excel(xlsx、docx)文件。"))
    evidence.name = "".join(char for char in file.name if char.isprintable()).replace("/", "_")[-120:]
    evidence.media_type, evidence.size = kind, len(body)
    evidence.digest = hashlib.sha256(body).hexdigest()
    evidence.body = base64.b64encode(body).decode()


@command("casework.report_done")
def report_done(*, need_id, outcome, outcome_text, answered_on, answered_way, by, at, planned_on=None, no_evidence_reason=""):
    """Report what came out (报办结): outcome, words, how and when the household was answered.

    Needs at least one piece of evidence or a stated reason why there can be none; a planned outcome needs its date.
    """
    need, at = take(need_id, at)
    rules.can_report_done(by, need).or_raise()
    _check_result(need, outcome, outcome_text, answered_on, planned_on, no_evidence_reason, at)
    need.outcome, need.outcome_text, need.planned_on = Outcome(outcome), outcome_text.strip(), planned_on
    need.no_evidence_reason, need.answered_on, need.answered_way = no_evidence_reason.strip(), answered_on, answered_way
    need.done_at, need.withdrawal_asked_at = at, None
    start_step(need, "callback", at)
    need.confirmed = need.confirmed_by = need.satisfaction = need.slip_word = ""
    said = f"{Outcome(outcome).label}:{need.outcome_text}"
    advance(need, "report_done", by=by, at=at, words=said, outcome=outcome)
    return need


def _check_result(need, outcome, outcome_text, answered_on, planned_on, no_evidence_reason, at):
    day = today(at)
    if len(outcome_text.strip()) < 4:
        raise Refused(_("请写清楚办成了什么(至少 4 个字)。"))
    if answered_on is None or answered_on > day or answered_on < need.recorded_on:
        raise Refused(_("请填写答复诉求人的日期:不早于登记日,不晚于今天。"))
    if outcome == Outcome.PLANNED and (planned_on is None or planned_on <= day):
        raise Refused(_("列入计划的,请填写今天以后的兑现日期。"))
    if outcome != Outcome.PLANNED and planned_on is not None:
        raise Refused(_("只有“列入计划”才填兑现日期。"))
    has_evidence = need.evidence.filter(taken_back_at=None).exists()
    if not has_evidence and len(no_evidence_reason.strip()) < 4:
        raise Refused(_("请添加佐证,或写明为什么没有佐证。"))


@command("casework.ask_withdrawal")
def ask_withdrawal(*, need_id, words, by, at):
    """Enter that the household says it takes its need back, with its own reason (申请撤回).

    Nothing ends by it: the need stays open, owned and counted until another unit has asked the household.
    """
    need, at = take(need_id, at)
    rules.can_ask_withdrawal(by, need).or_raise()
    if not words.strip():
        raise Refused(_("请写明诉求人撤回的原因。"))
    need.withdrawal_asked_at = at
    seal_words(need, "ask_withdrawal", words, by=by, at=at)
    note_step(need, "ask_withdrawal", by=by, at=at, words=_("原因密封"))
    return need
