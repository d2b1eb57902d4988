"""Bare Django pages on the same rows: no scope, no menu, no journal, no middleware. What Wanjia's pages are measured beside."""

from django.db.models import Count
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

from wanjia.casework.models import Need
from wanjia.registry.models import Household, Membership

LIST = Engine().from_string(
    "<!doctype html><title>list</title><table>{% for n in needs %}<tr><td>{{ n.number }}<td>{{ n.summary }}<td>{{ n.village.name }}"
    "<td>{{ n.holder.name }}<td>{{ n.state }}<td>{{ n.due_on }}</tr>{% endfor %}</table>"
)
ONE = Engine().from_string(
    "<!doctype html><title>{{ n.number }}</title><h1>{{ n.summary }}</h1><p>{{ n.requester_phone }} {{ n.household.number }}</p>"
    "<ul>{% for s in steps %}<li>{{ s.happened_at }} {{ s.act }} {{ s.by_name }} {{ s.words }}</li>{% endfor %}</ul>"
)
HOME = Engine().from_string(
    "<!doctype html><title>{{ h.number }}</title><ul>{% for m in members %}<li>{{ m.person.name }} {{ m.relation }} "
    "{{ m.person.birth_on }}</li>{% endfor %}</ul><p>{{ h.village.name }}</p>"
)
COUNTS = Engine().from_string("<!doctype html><title>counts</title>{% for v, n in rows %}<p>{{ v }} {{ n }}</p>{% endfor %}")
PAGE = 50


def page(template, **what):
    """Render one bare page."""
    return HttpResponse(template.render(Context(what)))


def needs(request):
    """Fifty needs of a township, latest first."""
    rows = Need.objects.filter(village_id__gte="530625202", village_id__lt="530625203").select_related("village", "holder")
    return page(LIST, needs=rows.order_by("-recorded_at")[:PAGE])


def need(request, pk):
    """One need with its timeline and its requester's phone opened."""
    one = Need.objects.select_related("village", "holder", "household").get(pk=pk)
    return page(ONE, n=one, steps=one.steps.all())


def household(request, pk):
    """One home with its members."""
    home = Household.objects.select_related("village").get(pk=pk)
    return page(HOME, h=home, members=Membership.objects.filter(household=home, to_on=None).select_related("person"))


def counts(request):
    """A live count of needs by village and state."""
    return page(COUNTS, rows=Need.objects.order_by().values_list("village").annotate(n=Count("pk")))


urlpatterns = [
    path("list", needs),
    path("need/<uuid:pk>", need),
    path("household/<uuid:pk>", household),
    path("counts", counts),
]
