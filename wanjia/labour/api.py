"""The labour register over HTTP: by open columns and codes; no number, no telephone, of a child its initials."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Router

from wanjia.doors.answers import Answer
from wanjia.doors.calls import Cut, list_of, router_of
from wanjia.doors.dialect import text
from wanjia.registry.lookups.commands import look_up

from .calls import commands as calls  # noqa: F401 the acts are declared before their calls are made
from .keeping.queries import due
from .models import Round, Worker
from .rounds import commands as rounds  # noqa: F401
from .rounds.rules import visible_rounds
from .rounds.subjects import ROUNDS
from .workers import commands, queries  # noqa: F401
from .workers.subjects import SPELLS, WORKERS


class WorkerOut(
    Answer, of=Worker, columns="id=person_id name=person.shown_name village_code=village_id place since_on how trade lifted watched relocated verified_on left_on",
):  # fmt: skip
    """A labourer as lists show one."""

    id: UUID
    name: str


class RoundOut(Answer, of=Round, columns="id area_code=area_id from_on to_on closed_on"):
    """A round of asking."""

    closed_on: date | None


class Find(Cut):
    """Which labourers: of an area (code); who: lifted, watched, relocated, left; place: a code of Place; fresh: "due"; q: as the search box."""

    q: text(60) = ""
    area: text(15) = ""
    who: text(10) = ""
    place: text(10) = ""
    trade: text(12) = ""
    fresh: text(4) = ""
    wish: text(4) = ""


def _fresh(_request, row, _answer):
    return Worker.objects.select_related("person").get(pk=row.pk)


def _of_spell(_request, spell, _answer):
    return Worker.objects.select_related("person").get(pk=spell.worker_id)


workers = router_of(WORKERS, WorkerOut, _fresh)
spells = router_of(SPELLS, WorkerOut, _of_spell)
rounds_router = router_of(ROUNDS, RoundOut)
router = Router()
router.add_router("/workers", workers)
router.add_router("/spells", spells)
router.add_router("/rounds", rounds_router)


@list_of(workers, "", WorkerOut, page="labour:workers", words=_("劳动力"), asked=Find)
def workers_listed(request, asked):
    """Labourers in reach, by village and how long they were not verified."""
    look_up(request.user, asked.q)
    told = {**asked.dict(), "area": queries.area_asked(request.user, asked.area)}
    return queries.on_list(request.user, told, due(request.day)).order_by("village_id", "verified_on", "pk")


@list_of(rounds_router, "", RoundOut, page="labour:rounds", words=_("集中摸排"))
def rounds_listed(request, _asked):
    """Rounds in reach, the latest first."""
    return visible_rounds(request.user).order_by("-from_on", "pk")
