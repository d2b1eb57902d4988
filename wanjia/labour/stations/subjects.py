"""What the acts of this room are about: a unit away; a worker whose station is noted; a worker whom the own station looks after."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Outpost, Worker
from .rules import visible_away, visible_outposts, visible_own

OUTPOSTS = Subject(
    "outpost", "labour.outpost", "outposts", seen=visible_outposts, take=locked(Outpost, "area"), page="labour:outpost", over=("labour:outposts", _("驻外机构")), about=lambda one: one.name,
)  # fmt: skip
AWAY = Subject(
    "away", "labour.worker", "away", seen=visible_away, take=locked(Worker, "person"), page="", over=("labour:away", _("谁归哪个站")), about=lambda worker: worker.person.shown_name, word="worker",
    drafts=False,
)  # fmt: skip
OWN = Subject(
    "own", "labour.worker", "station", seen=visible_own, take=locked(Worker, "person", "village"), page="", over=("labour:station", _("本站工友")), about=lambda worker: worker.person.shown_name,
    word="worker", drafts=False,
)  # fmt: skip
