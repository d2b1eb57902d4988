"""Handling over HTTP."""

from datetime import date
from uuid import UUID

from ninja import File, Form, Router, Schema, Status, UploadedFile

from wanjia.kernel.api import PROBLEMS, run, text

from ..api import NeedOut, fresh, need_of
from ..states import Outcome, Way
from . import commands

router = Router(tags=["handling"])


class Note(Schema):
    """What was done, or why."""

    words: text(500)


class Done(Schema):
    """What came out, and how the household was answered."""

    outcome: Outcome
    outcome_text: text(500)
    answered_on: date
    answered_way: Way
    planned_on: date | None = None
    no_evidence_reason: text(200) = ""


class EvidenceOut(Schema):
    """One paper kept as evidence; its body is read on the page, with a reason."""

    id: UUID
    name: str
    words: str
    size: int
    digest: str


@router.post("/{uuid:need_id}/note", response={200: NeedOut, **PROBLEMS}, summary="办理记录")
def note(request, need_id: UUID, body: Note):
    """Write what was done."""
    return fresh(request, run(request, commands.add_note, need_id=need_of(request, need_id).pk, words=body.words))


@router.post("/{uuid:need_id}/evidence", response={201: EvidenceOut, **PROBLEMS}, summary="添加佐证")
def evidence(request, need_id: UUID, words: Form[text(300)] = "", file: File[UploadedFile] = None):
    """Keep a paper, or the words that stand in for it."""
    return Status(201, run(request, commands.add_evidence, need_id=need_of(request, need_id).pk, words=words, file=file))


@router.post("/{uuid:need_id}/report-done", response={200: NeedOut, **PROBLEMS}, summary="报办结")
def report_done(request, need_id: UUID, body: Done):
    """Report what came out."""
    return fresh(request, run(request, commands.report_done, need_id=need_of(request, need_id).pk, **body.dict()))


@router.post("/{uuid:need_id}/withdraw", response={200: NeedOut, **PROBLEMS}, summary="申请撤回")
def withdraw(request, need_id: UUID, body: Note):
    """Enter that the household wants to take its need back; another unit asks it before the need ends."""
    return fresh(request, run(request, commands.ask_withdrawal, need_id=need_of(request, need_id).pk, words=body.words))
