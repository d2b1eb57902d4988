"""Which organisation a name means, and which organisations stand where."""

import re
from collections import defaultdict

from django.utils import timezone

from wanjia.kernel.calendar import today

from ..areas import names
from ..areas.queries import Found
from ..models import Organisation, OrganisationAlias

_SEAT = re.compile(r"(人民政府|政府|办事处)$")
_COMMITTEE = re.compile(r"(村民委员会|村委会|社区居民委员会|社区居委会|居民委员会|居委会)$")


class OrganisationNames:
    """The names of all living organisations in memory. Two queries to load."""

    def __init__(self, organisations, aliases):
        self.organisations = {organisation.pk: organisation for organisation in organisations}
        self.index = defaultdict(dict)  # text → {pk: rank}: a smaller rank is a surer name
        for organisation in self.organisations.values():
            self._learn(organisation, organisation.name, 0)
            self._learn(organisation, organisation.short_name, 1)
            self._learn(organisation, _bare(organisation.name), 2)
        for alias in aliases:
            if organisation := self.organisations.get(alias.organisation_id):
                self._learn(organisation, alias.name, 0)

    @classmethod
    def load(cls, within=None, day=None):
        """Read the organisations living on `day`, below `within` (an Area; None: all)."""
        rows = Organisation.objects.on(day or today(timezone.now())).select_related("area")
        if within is not None:
            first, end = within.span()
            rows = rows.filter(area_id__gte=first, area_id__lt=end)
        return cls(rows, OrganisationAlias.objects.all())

    def find(self, text, *, area=None):
        """Return Found of organisations for a name as papers bear it.

        area: an Area near which the organisation is meant: 八角村委会 in 务基镇; the nearest one below it or above it wins.
        """
        text = names.canonical(text)
        for reading in dict.fromkeys((text, _bare(text))):
            ranked = self.index.get(reading) if reading else None
            if ranked:
                return Found(self._nearest(ranked, area))
        return Found()

    def _learn(self, organisation, text, rank):
        if text := names.canonical(text):
            known = self.index[text]
            known[organisation.pk] = min(rank, known.get(organisation.pk, rank))

    def _nearest(self, ranked, area):
        found = [(rank, self.organisations[pk]) for pk, rank in ranked.items()]
        if area is not None:
            found = [(rank, one) for rank, one in found if area.covers(one.area_id) or one.area.covers(area.code)]
        if not found:
            return ()
        best = min(rank for rank, _one in found)
        return tuple(sorted((one for rank, one in found if rank == best), key=lambda one: (one.area_id, one.name)))


def _bare(text):
    """Strip what offices leave out: 永善县人力资源和社会保障局 → 人力资源和社会保障局, 八角村民委员会 → 八角村."""
    text = names.canonical(text)
    if _COMMITTEE.search(text):
        return names.short_name(text, "village")
    return re.sub(r"^(?:[\u4e00-\u9fff]{2,3}县|县)(?=.{2})", "", _SEAT.sub("", text))


def standing_in(area, day):
    """List the organisations standing in this very area on a day, those of the area at large first."""
    return Organisation.objects.on(day).filter(area=area).order_by("line", "name")
