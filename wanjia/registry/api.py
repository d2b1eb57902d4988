"""The register over HTTP: what has no prefix of its own, on one router."""

from ninja import Router

from .duplicates.api import router as duplicates
from .households.api import router as households
from .importing.api import lists as imports
from .owed.api import router as owed
from .people.api import router as people
from .visits.api import router as visits

router = Router()
for part in (households, people, visits, owed, duplicates, imports):
    router.add_router("", part)
