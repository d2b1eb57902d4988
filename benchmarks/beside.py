"""Django's own admin over homes, people and needs: the lists' columns and the pages' rows are those of ours, to be looked at and not changed.

It is a lean admin: joined where it shows another table's name, no filters, nothing scoped, masked, sealed, derived or journalled.
"""

from django.contrib.admin import AdminSite, ModelAdmin, TabularInline, display
from django.db.models import Count, OuterRef, Subquery
from django.urls import include, path

from wanjia.casework.models import Evidence, Need, Step
from wanjia.doors.listing import PER_PAGE
from wanjia.registry.households import facts as home_facts
from wanjia.registry.models import Absence, DatedStatus, Household, Membership, Person, Visit
from wanjia.registry.people import facts as person_facts
from wanjia.sealing.fields import BlindIndex, EncryptedText

handler400 = "wanjia.site.errors.not_taken"
handler404 = "wanjia.site.errors.not_found"
handler500 = "wanjia.site.errors.broken"


def unsealed(model, names):
    """Keep the fields that stand on our page in clear."""
    return [name for name in names if not isinstance(model._meta.get_field(name), EncryptedText | BlindIndex)]


class Beside(AdminSite):
    """Lets in whoever is signed in: our accounts have posts instead of `is_staff`."""

    def has_permission(self, request):
        return request.user.is_active


class Looking:
    """Everybody may look, nobody may change."""

    def has_module_permission(self, request):
        return True

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission


class Rows(Looking, TabularInline):
    """Rows of another table on a page."""

    extra, joined = 0, ()

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.joined)


class Members(Rows):
    model, joined, fields = Membership, ("person",), ("person", "relation", "sex", "birth_on", "last4", "schooling", "from_on", "to_on")
    readonly_fields = ("sex", "birth_on", "last4", "schooling")

    def sex(self, row):
        return row.person.get_sex_display()

    def birth_on(self, row):
        return row.person.birth_on

    def last4(self, row):
        return row.person.citizen_last4

    def schooling(self, row):
        return row.person.get_schooling_display()


class Homes(Rows):
    model, joined, fields = Membership, ("household__village",), ("household", "relation", "from_on", "to_on", "end_reason")


class Statuses(Rows):
    model, joined, fields = DatedStatus, ("recorded_by",), ("scheme", "code", "grade", "from_on", "to_on", "source", "recorded_by")


class Absences(Rows):
    model, fields = Absence, ("place", "for_work", "from_on", "to_on")


class Visits(Rows):
    model, fields = Visit, ("planned_on", "done_on", "state", "purpose")


class Needs(Rows):
    model, fields = Need, ("number", "summary", "state", "due_on")


class Steps(Rows):
    model, joined = Step, ("holder",)
    fields = ("happened_at", "recorded_at", "act", "state_after", "by_name", "by_org_name", "holder", "due_on", "outcome", "confirmed")


class Papers(Rows):
    model, joined, fields = Evidence, ("added_by",), ("name", "added_by")


class Pages(Looking, ModelAdmin):
    """A list as long as ours, and a page; drawn with the admin's own template engine."""

    list_per_page = PER_PAGE

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return self.listed(rows) if request.resolver_match.url_name.endswith("_changelist") else rows

    def listed(self, rows):
        """Add what the list alone shows."""
        return rows

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        answer.using = "admin"
        return answer

    def render_change_form(self, request, *args, **kwargs):
        answer = super().render_change_form(request, *args, **kwargs)
        answer.using = "admin"
        return answer

    @display(ordering="village_id")
    def place(self, row):
        return f"{row.village.parent.short_name} · {row.village.short_name}"


class HouseholdPages(Pages):
    list_display = ("number", "head", "people", "place", "group_name", "verified_on")
    list_select_related, ordering, search_fields = ("village__parent",), ("village_id", "number"), ("number",)
    fields = ["number", "village", "verified_by", *unsealed(Household, home_facts.FACTS), "registered_at"]
    inlines = (Members, Needs, Visits, Statuses)

    def listed(self, rows):
        live = Membership.objects.filter(household=OuterRef("pk"), to_on=None, person__merged_into=None).order_by()
        return rows.annotate(
            head_name=Subquery(live.filter(relation="户主").values("person__name")[:1]),
            n_people=Subquery(live.values("household").annotate(n=Count("pk")).values("n")),
        )

    def head(self, row):
        return row.head_name

    def people(self, row):
        return row.n_people


class PersonPages(Pages):
    list_display = ("name", "sex", "birth_on", "citizen_last4", "place", "home")
    list_select_related, ordering, search_fields = ("village__parent",), ("pinyin", "birth_on", "pk"), ("name",)
    fields = ["village", *unsealed(Person, person_facts.FACTS), "citizen_last4", "registered_at"]
    inlines = (Homes, Statuses, Absences)

    def listed(self, rows):
        live = Membership.objects.filter(person=OuterRef("pk"), to_on=None).order_by()
        return rows.annotate(home_number=Subquery(live.values("household__number")[:1]))

    def home(self, row):
        return row.home_number


class NeedPages(Pages):
    list_display = ("number", "summary", "requester_name", "place", "urgency", "difficulty", "holder", "due_on", "state")
    list_select_related, ordering, search_fields = ("village__parent", "holder"), ("-recorded_at", "-number"), ("number", "summary")
    fields = ("number", "state", "household", "village", "requester_name", "channel", "category", "summary", "recorded_at", "reasonable", "urgency",
              "difficulty", "tier", "holder", "handler", "due_on", "outcome", "confirmed", "decision_reason", "done_at", "ended_at")  # fmt: skip
    inlines = (Steps, Papers)


site = Beside(name="admin")
for model, pages in ((Household, HouseholdPages), (Person, PersonPages), (Need, NeedPages)):
    site.register(model, pages)

urlpatterns = [path("admin/", site.urls), path("", include("wanjia.site.urls"))]
