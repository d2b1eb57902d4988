"""What needs keep twice: their rows and timelines, the numbers given, the dates that the calendar would move. Writes nothing."""

from itertools import chain

from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr

from wanjia.kernel.calendar import WorkingCalendar

from ..models import Need, NumberSeries
from ..retiming.queries import all_moved
from . import clocks
from .folding import faults_of, needs_with_their_lines, vanished


def needs(_day):
    """Each need against the fold of its lines, its holdings, the household's words, the journal; its dates, counted again."""
    table = clocks.Table.load()
    for need in needs_with_their_lines():
        for column, is_, should in chain(faults_of(need), clocks.faults_of(need, table)):
            yield need.row["number"], column, is_, should
    for number in vanished():
        yield number, "need", "gone", "what the journal saw recorded"


def series(_day):
    """Each series of numbers against the greatest number given."""
    given = Need.objects.order_by().annotate(prefix=Substr("number", 1, 13), seq=Cast(Substr("number", 15), IntegerField()))
    given = dict(given.values_list("prefix").annotate(Max("seq")))
    for one in NumberSeries.objects.filter(prefix__in=given):
        if one.last < given[one.prefix]:
            yield one.prefix, "last", one.last, given[one.prefix]


def retimes(day):
    """Each date that today's calendar would move and has not."""
    for need, would in all_moved(WorkingCalendar.load(), day):
        if would.due_on:
            yield need.number, "due_on", need.due_on, would.due_on
        if would.step_due_on:
            yield need.number, "step_due_on", need.step_due_on, would.step_due_on
