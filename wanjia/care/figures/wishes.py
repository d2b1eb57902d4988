"""Small wishes and gifts of a roll as figures count them: how each stood at the end of a day."""

from pathlib import Path

from django.db.models import BooleanField, Case, CharField, F, Q, Value, When

from wanjia.orgs import scope
from wanjia.reporting.figures.population import Population

from ..children.rules import knows_all
from ..duties import Duty
from ..gifts import rules as gifts
from ..models import Gift, Wish
from ..wish_states import Served, WishState
from ..wishes import rules as wishes

HERE = Path(__file__).parent
SOON = 30  # days from said to signed


def counted_wishes(actor, *, duty=None):
    """Return the wishes that an actor counts: those of the places where the duty is; without a duty those that the actor may open."""
    if duty is None:
        return wishes.visible_wishes(actor)
    return Wish.objects.filter(scope.in_place(actor, area="area_id", duty=duty))


def counted_gifts(actor, *, duty=None):
    """Return the pupils of rolls that an actor counts; without a duty those of the rolls whose numbers the actor looks into."""
    if duty is None:
        return gifts.visible_gifts(actor, duty=(Duty.SEE_CARE, Duty.KEEP_GIFTS))
    return Gift.objects.filter(scope.in_place(actor, area="distribution__school__area_id", duty=duty))


def wishes_on(rows, day, today):
    """Return the wishes said up to `day` (None: now, which is on `today`) that were not turned down, with how far each had come: said, published, granted; and whether within a month."""
    day = day or today
    rows = rows.filter(made_on__lte=day).exclude(state=WishState.REJECTED)
    stands = Case(
        When(confirmed_on__lte=day, then=Value("granted")), When(published_on__lte=day, then=Value("published")), default=Value("said"), output_field=CharField(),
    )  # fmt: skip
    return rows.annotate(f_stands=stands, f_soon=Case(When(confirmed_on__lte=day, days__lte=SOON, then=Value(True)), default=Value(False), output_field=BooleanField()), f_kind=F("kind"))


def gifts_on(rows, day, today):
    """Return the pupils on rolls opened up to `day` (None: now, which is on `today`) who did not leave the school, with whether each had it."""
    day = day or today
    served = Case(When(Q(given_on__lte=day), then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.filter(distribution__opened_at__date__lte=day).exclude(state=Served.LEFT).annotate(f_served=served)


WISHES = Population(
    "wishes", HERE / "wishes.toml", Wish, counted_wishes, "area_id", few=("stands", "kind"), facts={name: (name, "") for name in ("stands", "soon", "kind")}, as_of=wishes_on,
    whom="child", circle=knows_all,
)  # fmt: skip
GIFTS = Population("gifts", HERE / "gifts.toml", Gift, counted_gifts, "distribution__school__area_id", few=("served",), facts={"served": ("served", "")}, as_of=gifts_on,
                   whom="child", circle=knows_all)  # fmt: skip
