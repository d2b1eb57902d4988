"""The addresses of casework."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from wanjia.doors.pages import queue_of
from wanjia.doors.reading import urls_of_app

from .away import views as away
from .board import views as board
from .callback import views as callback
from .clock import views as clock
from .drawing import views as drawing
from .honesty import views as honesty
from .intake import views as intake
from .ladder import views as ladder
from .ledger import views as ledger
from .mandates import views as mandates
from .matters import views as matters
from .minors import views as minors
from .protection import views as protection
from .screening.commands import admit_need
from .screening.queries import waiting as to_screen
from .sessions import views as sessions
from .slip import views as slip
from .together import views as together
from .triage import views as triage
from .triage.commands import triage_need
from .triage.queries import waiting as to_triage

app_name = "casework"
urlpatterns = [
    *urls_of_app(app_name),
    path("needs/", ledger.ledger, name="ledger"),
    path("needs/<uuid:need_id>/", ledger.need, name="need"),
    path("needs/view/", ledger.keep_view, name="keep_view"),
    path("needs/ticked-export/", ledger.export_ticked, name="export_ticked"),
    path("needs/<uuid:need_id>/drawer/", ledger.drawer, name="drawer"),
    path("needs/<uuid:need_id>/reveal/", ledger.reveal, name="reveal"),
    path("evidence/<uuid:evidence_id>/", ledger.open_evidence, name="open_evidence"),
    path("tasks/", together.together, name="together"),
    path("tasks/<uuid:task_id>/", together.task, name="task"),
    path("mandates/", mandates.mandates, name="mandates"),
    path("matters/", matters.matters, name="matters"),
    path("matters/decide/", matters.decide, name="decide_matter"),
    path("matters/<uuid:matter_id>/", matters.matter, name="matter"),
    path("planned/", clock.plans, name="planned"),
    path("climbing/", ladder.climbing, name="climbing"),
    path("digests/", ladder.digests, name="digests"),
    path("record/", intake.record, name="record"),
    path("screening/", queue_of(admit_need.act, to_screen, _("受理判定"), _("没有待判定的诉求")), name="screening"),
    path("triage/", queue_of(triage_need.act, to_triage, _("逐件研判"), _("没有待研判的诉求")), name="triage"),
    path("triage/grid/", triage.grid, name="grid"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/<uuid:session_id>/", sessions.session, name="session"),
    path("sessions/<uuid:session_id>/sit/", sessions.sit, name="sit"),
    path("needs/<uuid:need_id>/check-withdrawal/", callback.check_withdrawal, name="check_withdrawal"),
    path("callbacks/", callback.callbacks, name="callbacks"),
    path("callbacks/sitting/", callback.sitting, name="sitting"),
    path("callbacks/sitting/<uuid:need_id>/", callback.sitting, name="sitting_need"),
    path("needs/<uuid:need_id>/callback/", callback.call_back, name="call_back"),
    path("rechecks/draws/", drawing.published, name="draws"),
    path("rechecks/", honesty.rechecks, name="rechecks"),
    path("rechecks/sitting/", honesty.sitting, name="recheck_sitting"),
    path("rechecks/sitting/<uuid:need_id>/", honesty.sitting, name="recheck_sitting_need"),
    path("needs/<uuid:need_id>/recheck/", honesty.recheck, name="recheck"),
    path("board/", board.boards, name="boards"),
    path("board/<str:code>/", board.board, name="board"),
    path("s/", slip.enter, name="slip_enter"),
    path("s/<str:code>/voice", away.voice, name="voice"),
    path("s/<str:code>", slip.slip_page, name="slip_page"),
    path("minors-audit/", minors.minors, name="minors"),
    path("minors-audit/rows/<slug:figure>/", minors.minors_rows, name="minors_rows"),
    path("minors-audit/<uuid:audit_id>/paper/", minors.minors_paper, name="minors_paper"),
    path("minors-audit/<uuid:audit_id>/sheet/", minors.minors_sheet, name="minors_sheet"),
    path("protection/", protection.protection, name="protection"),
    path("protection/late/", protection.late_reports, name="late_reports"),
    path("protection/reported/", protection.child_reported, name="child_reported"),
]
