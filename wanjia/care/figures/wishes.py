"""Small wishes and gifts of a roll as figures count them: how each stood at the end of a day."""

from pathlib import Path

from django.db.models import BooleanField, Case, CharField, F, Q, Value, When
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.reporting.figures.population import Population

from ..models import Gift, Wish
from ..wish_states import Served, WishState

HERE = Path(__file__).parent
SOON = 30  # days from said to signed


def counted_wishes(actor, *, duty):
    """Return the wishes that an actor counts: those of the places where the duty is."""
    return Wish.objects.filter(scope.in_place(actor, area="area_id", duty=duty))


def counted_gifts(actor, *, duty):
    """Return the pupils of rolls that an actor counts."""
    return Gift.objects.filter(scope.in_place(actor, area="distribution__school__area_id", duty=duty))


def wishes_on(rows, day):
    """Return the wishes said up to `day` (None: now) that were not turned down, with how far each had come: said, published, granted; and whether within a month."""
    day = day or today(timezone.now())
    rows = rows.filter(made_on__lte=day).exclude(state=WishState.REJECTED)
    stands = Case(
        When(confirmed_on__lte=day, then=Value("granted")), When(published_on__lte=day, then=Value("published")), default=Value("said"), output_field=CharField(),
    )  # fmt: skip
    return rows.annotate(f_stands=stands, f_soon=Case(When(confirmed_on__lte=day, days__lte=SOON, then=Value(True)), default=Value(False), output_field=BooleanField()), f_kind=F("kind"))


def gifts_on(rows, day):
    """Return the pupils on rolls opened up to `day` (None: now) who did not leave the school, with whether each had it."""
    day = day or today(timezone.now())
    served = Case(When(Q(given_on__lte=day), then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.filter(distribution__opened_at__date__lte=day).exclude(state=Served.LEFT).annotate(f_served=served)


WISHES = Population(
    "wishes", HERE / "wishes.toml", Wish, counted_wishes, "area_id", few=("stands", "kind"), facts={name: (name, "") for name in ("stands", "soon", "kind")}, as_of=wishes_on,
)  # fmt: skip
GIFTS = Population("gifts", HERE / "gifts.toml", Gift, counted_gifts, "distribution__school__area_id", few=("served",), facts={"served": ("served", "")}, as_of=gifts_on)
