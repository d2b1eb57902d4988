"""Doubles over HTTP, masked: pairs that nobody has judged, and the merges of late. To judge, and to see two records side by side, are on the page."""

from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from wanjia.doors.answers import Answer
from wanjia.doors.calls import list_of

from ..models import Merge, Person
from . import queries

router = Router(tags=["duplicates"])


class TwinOut(Answer, of=Person, columns="id name=shown_name born citizen_last4=shown_last4 village_code"):
    """One of two records, as the page shows it: a child by its initials and its age alone."""

    name: str
    born: str
    citizen_last4: str
    village_code: str

    @staticmethod
    def resolve_born(person):
        return str(person.shown_birth)

    @staticmethod
    def resolve_village_code(person):
        return person.village_id or ""


class PairOut(Schema):
    """Two records with one name, birth and village."""

    one: TwinOut
    other: TwinOut


class MergeOut(Answer, of=Merge, columns="id kept_id gone_id at undone_at"):
    """One merge: which record stands for which, and whether it was taken back."""


def _pairs_out(_request, pairs):
    return [{"one": one, "other": other} for one, other in pairs]


@list_of(router, "duplicates", PairOut, page="registry:duplicates", words=_("疑似重复"), shown=_pairs_out)
def duplicates(request, _asked):
    """Pairs that nobody has judged, 200 groups of one name at most."""
    return queries.candidates(request.user)


@list_of(router, "duplicates/merges", MergeOut, page="registry:duplicates", words=_("合并记录"))
def merges(request, _asked):
    """Merges of people within reach, newest first."""
    return queries.merges(request.user)
