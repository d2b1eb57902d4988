"""The register over HTTP: what has no prefix of its own, on one router."""

from ninja import Router

from .aid.api import held as aid_held
from .aid.api import refusals as aid_refusals
from .aid.api import router as aid
from .aid.api import urgent as aid_urgent
from .duplicates.api import router as duplicates
from .households.api import router as households
from .importing.api import lists as imports
from .owed.api import router as owed
from .people.api import router as people
from .visits.api import router as visits

router = Router()
router.add_router("/aid/held", aid_held)
router.add_router("/aid/refusals", aid_refusals)
router.add_router("/aid/urgent", aid_urgent)
router.add_router("/aid", aid)
for part in (households, people, visits, owed, duplicates, imports):
    router.add_router("", part)
