"""The rows of casework. Models call nobody; mechanisms import them from here.

needs      the need, its timeline, who held it, its evidence
grid       the county's grid of deadlines, and the changes of it that wait
clocks     what a need's own clock keeps: extension, stop; the steps of a plan
audits     the yearly audit of minors' information, as published
callbacks  what the household said; draws, slips, reports: the month's seed, the paper with its code, a child in danger
honesty    the rechecks of the tier above, what looks like sham closing, whether a closing was contradicted
ladder     the rungs that a clock climbed; the morning's digest
sessions   joint triage: the session, who came, what was decided on each need, the minutes
together   lead and helpers: what a unit is asked to do for another's need, what units agreed on
matters    needs that are one matter, or that somebody said are none
preferences  how one person looks at the ledger
"""

from .audits import MinorsAudit
from .callbacks import Callback, Saying
from .clocks import CLOCK, Milestone
from .draws import RecheckSeed
from .grid import CellChange, GridCell
from .honesty import HONEST, Finding, FindingNeed, Recheck
from .ladder import Digest, Rung
from .matters import Apart, Joined, Matter
from .needs import SPOKEN, Evidence, Holding, Need, NumberSeries, Step, Support
from .preferences import LedgerView
from .reports import LateReason, ProtectionFollowUp, ProtectionReport
from .sessions import Decision, Dissent, Minutes, Seat, Session, SessionItem
from .slips import Slip, SlipMiss
from .together import Consultation, SubTask

__all__ = [
    "CLOCK", "HONEST", "SPOKEN",
    "Apart", "Callback", "CellChange", "Consultation", "Decision", "Digest", "Dissent", "Evidence", "Finding", "FindingNeed", "GridCell", "Holding", "Joined",
    "LateReason", "LedgerView", "Matter", "Milestone", "MinorsAudit", "Minutes", "Need", "NumberSeries", "ProtectionFollowUp", "ProtectionReport", "Recheck", "RecheckSeed", "Rung", "Saying", "Seat", "Session", "SessionItem", "Slip",
    "SlipMiss", "Step", "SubTask", "Support",
]  # fmt: skip
