"""Write what was done, keep the papers, report the result."""

import base64
import hashlib
from dataclasses import replace
from datetime import date
from typing import Annotated

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.verdict import Refused

from ..commands import advance, note_step, seal_words, start_step
from ..models import Evidence
from ..states import NEED, Outcome, Way
from ..subjects import NEEDS
from . import pages, rules
from .pictures import OFFICE, Bearing, Broken, bared

LARGEST = 8 * 1024 * 1024
# By the file's first bytes, not by its name.
KINDS = {
    b"%PDF": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG": "image/png",
    b"PK\x03\x04": OFFICE,
}


@act(
    NEEDS, "note", words=_("写办理记录"), done=_("已记下。"), duty=Duty.HANDLE_NEEDS, may=rules.can_note, rank=53,
    lines={"need.note": _("添加办理记录")},
)  # fmt: skip
def add_note(
    need, *, by, at,
    words: Annotated[str, Asked(_("办了什么"), _("几时、到哪里、找了谁、说了什么、下一步做什么。"), rows=3)],
):  # fmt: skip
    """Write one line of what was done (办理记录). The first one starts the work."""
    if not words.strip():
        raise Refused(_("请写下办了什么。"))
    if NEED.allows("start", need.state):
        advance(need, "start", by=by, at=at, words=words)
        return need
    note_step(need, "note", by=by, at=at, words=words)
    return need


FILE = Asked(_("文件或照片"), _("PDF、JPG、PNG、Word、Excel,不超过 8 MB。不要拍孩子的脸;没有必要就不用拍照。照片里的地点、时间、机型会去掉。"))


@act(
    NEEDS, "evidence", words=_("添加佐证"), done=_("佐证已加密保存。"), duty=Duty.HANDLE_NEEDS, may=rules.can_note, rank=54,
    template="casework/handling/evidence.html", lines={"need.evidence": _("添加佐证")},
)  # fmt: skip
def add_evidence(
    need, *, by, at,
    file: Annotated[File | None, FILE] = None,
    words: Annotated[str, Asked(_("说明"), _("没有文件时,写明佐证是什么、在哪里。"), rows=2, most=300)] = "",
):  # fmt: skip
    """Keep one paper or picture as evidence (佐证), encrypted; or only the words that say what stands in for it."""
    if file is None and not words.strip():
        raise Refused(_("请选择文件,或写明佐证是什么。"))
    return keep_paper(need, file, words, by=by, at=at)


def keep_paper(need, file, words, *, by, at):
    """Keep one piece of evidence of a need taken under lock, in a line of its own; return the Evidence."""
    evidence = Evidence(need=need, words=str(words).strip(), added_by=by, added_at=at)
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
    try:
        body = bared(body, kind)
    except Bearing:
        raise Refused(_("文件里有 TIFF、HEIC、WebP 图片或者嵌入的对象,可能带着拍摄地点,没有收下。请把图片存成 JPG 再放进去,或者直接上传照片。")) from None
    except Broken:
        raise Refused(_("这个文件不完整,读不出来,没有收下。请换一个文件;是照片的,请重新拍一张。")) from None
    evidence.name = "".join(char for char in file.name if char.isprintable()).replace("/", "_")[-120:]
    evidence.media_type, evidence.size = kind, len(body)
    evidence.digest = hashlib.sha256(body).hexdigest()
    evidence.body = base64.b64encode(body).decode()


@act(
    NEEDS, "report_done", at="done", words=_("报办结"), done=_("已报办结,等待别的单位回访;诉求人说解决了才算解决。"), duty=Duty.HANDLE_NEEDS,
    may=rules.can_report_done, rank=52, template="casework/handling/report_done.html", more=pages.papers, lines={"need.report_done": _("诉求报办结")},
)  # fmt: skip
def report_done(
    need, *, by, at,
    outcome: Annotated[Outcome, Asked(_("办理结果"), select=True, none=_("请选择"))],
    outcome_text: Annotated[str, Asked(_("办成了什么"), _("诉求人看得懂的话。"), rows=3)],
    answered_on: Annotated[date, Asked(_("答复诉求人的日期"), initial=lambda _need, _actor, day: day)],
    answered_way: Annotated[Way, Asked(_("答复方式"), but=(Way.SLIP,))],
    planned_on: Annotated[date | None, Asked(_("计划兑现日期"), _("列入计划的才填:家里人按这一天等。"), attrs={"data-when": f"outcome={Outcome.PLANNED.value}"}, needed=True)] = None,
    file: Annotated[File | None, replace(FILE, needed=pages.has_none, call=False)] = None,  # a call sends its papers by the act of their own
    paper: Annotated[str, Asked(_("佐证是什么"), _("文件的说明;没有文件的,写明佐证在哪里。"), most=300, needed=pages.has_none, call=False)] = "",
    no_evidence_reason: Annotated[str, Asked(_("没有佐证的原因"), _("有佐证的不用填。"), most=200, needed=pages.has_none)] = "",
):  # fmt: skip
    """Report what came out (报办结): outcome, words, how and when the household was answered.

    Needs at least one piece of evidence, kept before or brought along, or a stated reason why there can be none; a planned outcome
    needs its date. What is brought along is kept as `add_evidence` keeps it, with the report or not at all.
    """
    if file is not None or paper.strip():
        keep_paper(need, file, paper, by=by, at=at)
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


@act(
    NEEDS, "ask_withdrawal", at="withdraw", call="withdraw", words=_("申请撤回"), duty=Duty.RECORD_NEEDS, may=rules.can_ask_withdrawal, aside=True,
    rank=70, done=_("已登记撤回申请;别的单位向诉求人核实以后才撤回,在那以前照常办理。"), lines={"need.ask_withdrawal": _("申请撤回")},
)  # fmt: skip
def ask_withdrawal(
    need, *, by, at,
    words: Annotated[str, Asked(
        _("诉求人撤回的原因"), rows=3,
        help=_("要是诉求人自己的意思,照他的话写。别的单位会向诉求人核实;核实以前照常办理、照常计数。这段话加密保存,只有回访和抽查的人能打开。"),
    )],
):  # fmt: skip
    """Enter that the household says it takes its need back, with its own reason (申请撤回).

    Nothing ends by it: the need stays open, owned and counted until another unit has asked the household.
    """
    if not words.strip():
        raise Refused(_("请写明诉求人撤回的原因。"))
    need.withdrawal_asked_at = at
    seal_words(need, "ask_withdrawal", words, by=by, at=at)
    note_step(need, "ask_withdrawal", by=by, at=at, words=_("原因密封"))
    return need
