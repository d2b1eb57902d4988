"""Which villages have a board, under which names they are found, and what stands on one."""

from django.db.models import Q

from wanjia.kernel.brings import ranked
from wanjia.orgs.models import Area, Level

from ..models import GoverningBody

LINES = 12  # of one section
FOUND = 30  # villages of one answer


def villages(day):
    """The villages that have a board: in which a body stands."""
    stands = GoverningBody.objects.on(day).values("area")
    return Area.objects.on(day).filter(level=Level.VILLAGE, pk__in=stands).select_related("parent").order_by("code")


def called(text, day):
    """The villages that people call so: by name, by another name of the place, by a body's name or its other names."""
    named = GoverningBody.objects.on(day).filter(Q(name__icontains=text) | Q(aliases__icontains=text)).values("area")
    return villages(day).filter(Q(name__icontains=text) | Q(pinyin__istartswith=text) | Q(aliases__name__icontains=text) | Q(pk__in=named)).distinct()


def board(village, day, group_name="", limit=LINES):
    """Return [(Section, lines)] of a village's board, or of one of its groups: those in which something stands."""
    found = [(one, one.lines(village, day, limit, group_name)) for one in ranked("BOARD")]
    return [(section, lines) for section, lines in found if lines]


def drawing(section, village, day, *, paper=False):
    """Return the picture that stands over the lines of a section, as safe HTML; "" for none."""
    return section.drawn(village, day, paper) if section.drawn else ""
