"""The addresses of casework."""

from django.urls import path

from .assignment import views as assignment
from .callback import views as callback
from .closing import views as closing
from .drawing import views as drawing
from .handling import views as handling
from .intake import views as intake
from .ledger import views as ledger
from .protection import views as protection
from .screening import views as screening
from .slip import views as slip
from .triage import views as triage

app_name = "casework"
urlpatterns = [
    path("needs/", ledger.ledger, name="ledger"),
    path("needs/<uuid:need_id>/", ledger.need, name="need"),
    path("needs/<uuid:need_id>/drawer/", ledger.drawer, name="drawer"),
    path("needs/<uuid:need_id>/reveal/", ledger.reveal, name="reveal"),
    path("evidence/<uuid:evidence_id>/", ledger.open_evidence, name="open_evidence"),
    path("record/", intake.record, name="record"),
    path("visits/<uuid:visit_id>/needs/", intake.needs_of_visit, name="needs_of_visit"),
    path("screening/", screening.screening, name="screening"),
    path("needs/<uuid:need_id>/screen/", screening.screen, name="screen"),
    path("needs/<uuid:need_id>/decline/", screening.decline, name="decline"),
    path("needs/<uuid:need_id>/appeal/", screening.appeal, name="appeal"),
    path("triage/", triage.triage, name="triage"),
    path("triage/grid/", triage.grid, name="grid"),
    path("triage/grid/<uuid:change_id>/decide/", triage.decide_grid_cell, name="decide_grid_cell"),
    path("needs/<uuid:need_id>/triage/", triage.triage_one, name="triage_one"),
    path("needs/<uuid:need_id>/assign/", assignment.assign, name="assign"),
    path("needs/<uuid:need_id>/accept/", assignment.accept, name="accept"),
    path("needs/<uuid:need_id>/hand-to/", assignment.hand_to, name="hand_to"),
    path("needs/<uuid:need_id>/return/", assignment.return_need, name="return"),
    path("needs/<uuid:need_id>/note/", handling.note, name="note"),
    path("needs/<uuid:need_id>/evidence/", handling.evidence, name="evidence"),
    path("needs/<uuid:need_id>/done/", handling.report_done, name="report_done"),
    path("needs/<uuid:need_id>/withdraw/", handling.ask_withdrawal, name="ask_withdrawal"),
    path("needs/<uuid:need_id>/check-withdrawal/", callback.check_withdrawal, name="check_withdrawal"),
    path("callbacks/", ledger.callbacks, name="callbacks"),
    path("needs/<uuid:need_id>/callback/", callback.call_back, name="call_back"),
    path("needs/<uuid:need_id>/words/", callback.words, name="words"),
    path("rechecks/draws/", drawing.published, name="draws"),
    path("rechecks/", ledger.rechecks, name="rechecks"),
    path("needs/<uuid:need_id>/recheck/", closing.recheck, name="recheck"),
    path("needs/<uuid:need_id>/close/", closing.close, name="close"),
    path("needs/<uuid:need_id>/reopen/", closing.reopen, name="reopen"),
    path("needs/<uuid:need_id>/resume/", closing.resume, name="resume"),
    path("needs/<uuid:need_id>/slip/", slip.slip, name="slip"),
    path("s/", slip.enter, name="slip_enter"),
    path("s/<str:code>", slip.slip_page, name="slip_page"),
    path("protection/", protection.protection, name="protection"),
    path("protection/report/", protection.report_child, name="report_child"),
    path("protection/reported/", protection.child_reported, name="child_reported"),
    path("protection/<uuid:report_id>/", protection.open_report, name="open_report"),
    path("protection/<uuid:report_id>/follow-up/", protection.follow_up, name="follow_up"),
]
