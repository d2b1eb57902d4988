"""The register's small world seen as labour: 王建国 and his wife on the roll, a labour officer of the county, a sum that is counted again."""

from collections import Counter
from datetime import date

from django.db import transaction

from tests.stamp import stamped
from wanjia.orgs.models import Tier
from wanjia.orgs.roles import Role
from wanjia.registry.tests import factories as registry
from wanjia.registry.tests.factories import NOW, TODAY, later

from ..keeping.commands import enter
from ..models import Since, Tally, Verified, Worker
from ..models.tallies import TALLIED
from ..tallying.commands import changed
from ..tallying.keys import alike
from ..workers.commands import enrol_worker, record_spell

__all__ = ["AWAY", "NOW", "TODAY", "World", "entered", "later", "recounted", "told", "wrote"]

entered = transaction.atomic(enter)  # as within an act: the sums that follow an entry are locked

AWAY = {"place": "outside", "area": "330000", "from_on": date(2026, 3, 1), "employer_name": "宁波某电子厂", "trade": "factory", "pay": 5200}


@stamped
class World(registry.World):
    """The Wang home; its head and his wife are labourers."""

    def __init__(self):
        super().__init__()
        bureau = registry.unit("永善县人力资源和社会保障局", Tier.COUNTY, self.county, line="labour")
        self.officer = registry.worker("renshe", "钟就业", bureau, Role.LABOUR_OFFICER)
        self.he = enrol_worker(person_id=self.head.pk, by=self.li, at=NOW)
        self.she = enrol_worker(person_id=self.wife.pk, by=self.li, at=NOW)

    def anew(self, worker):
        """Return a labourer as it stands."""
        return Worker.objects.select_related("person").get(pk=worker.pk)

    def away(self, worker=None, *, by=None, at=NOW, **facts):
        """Record that somebody works in Zhejiang."""
        record_spell(worker_id=(worker or self.he).pk, **AWAY | facts, by=by or self.li, at=at)
        return self.anew(worker or self.he)


def recounted():
    """Count the labourers on the roll again, alike with alike."""
    return Counter(Worker.objects.filter(left_on=None).values_list(*TALLIED))


def told():
    """Return what the sums say."""
    return Counter({tuple(getattr(one, name) for name in TALLIED): one.n for one in Tally.objects.filter(n__gt=0)})


def wrote(workers, **facts):
    """Write facts of labourers (a query set) past every act, and count the sums again."""
    workers.update(**facts)
    for sums in (Tally, Since, Verified):
        sums.objects.all().delete()
    changed(Counter(alike(one) for one in Worker.objects.filter(left_on=None)))
