"""GET owed?village=&benefit=   homes with something that may be owed, or that is worth asking about; children by their initials."""

from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from wanjia.doors.calls import Cut, list_of
from wanjia.doors.dialect import text
from wanjia.doors.words import said

from ..memberships import heads_of
from . import queries

router = Router(tags=["owed 政策找人"])


class OfferOut(Schema):
    """One benefit. stands: "owed" when all conditions are on record, "unsure" when something is to be asked; people: by name or initials."""

    code: str
    zh: str
    en: str
    stands: str
    people: list[str]
    why: list[str]
    asks: list[str]
    source: str


class OwedOut(Schema):
    """A home and what it may be owed."""

    household_id: str
    number: str
    village_code: str
    head: str
    benefits: list[OfferOut]


class Find(Cut):
    """Which homes: of one village, of one benefit."""

    village: text(15) = ""
    benefit: text(40) = ""


def _shown(_request, rows):
    heads = heads_of([home for home, _offers in rows])
    return [
        {
            "household_id": str(home.pk), "number": home.number, "village_code": home.village_id, "head": heads.get(home.pk, ("",))[0],
            "benefits": [_offer(one) for one in offers],
        }
        for home, offers in rows
    ]  # fmt: skip


def _offer(offer):
    reasons = [reason for claim in offer.claims for reason in claim.owed.reasons]
    return {
        "code": offer.rule["code"], "zh": offer.rule["zh"], "en": offer.rule["en"], "stands": offer.stands, "source": offer.said["source"],
        "people": [claim.person.shown_name for claim in offer.claims if claim.person],
        "why": list(dict.fromkeys(map(said, reasons))), "asks": list(map(said, offer.asks)),
    }  # fmt: skip


@list_of(router, "owed", OwedOut, page="registry:owed", words=_("政策找人"), asked=Find, shown=_shown)
def owed(request, asked):
    """Homes of one's area with something that may be owed, by village and number; where there are many, of one village (the first, unless asked)."""
    village, *_rest = queries.village_asked(request.user, asked.village)
    return queries.in_homes(request.user, request.day, village=village, benefit=asked.benefit)
