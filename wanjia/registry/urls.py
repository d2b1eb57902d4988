"""The addresses of the register."""

from django.urls import path

from wanjia.doors.reading import urls_of_app

from .access import views as access
from .aid import views as aid
from .duplicates import views as duplicates
from .households import views as households
from .importing import views as importing
from .owed import views as owed
from .people import views as people
from .visits import views as visits

app_name = "registry"
urlpatterns = [
    *urls_of_app(app_name),
    path("households/", households.households, name="households"),
    path("households/<uuid:household_id>/", households.household, name="household"),
    path("members/<int:membership_id>/move/", households.move_member, name="member_move"),
    path("stale/", households.stale, name="stale"),
    path("owed/", owed.owed, name="owed"),
    path("households/<uuid:household_id>/owed/", owed.paper, name="owed_paper"),
    path("aid/", aid.aid, name="aid"),
    path("aid/<uuid:cut_id>/", aid.cut, name="aid_cut"),
    path("aid/refusals/<uuid:refusal_id>/", aid.refusal, name="aid_refusal"),
    path("people/", people.people, name="people"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/edit/", people.person_edit, name="person_edit"),
    path("people/<uuid:person_id>/parents/<str:line>/", people.name_parent, name="parent_name"),
    path("children/", people.children, name="children"),
    path("children/reviews/", people.reviews, name="reviews"),
    path("children/<uuid:person_id>/", people.child_file, name="child_file"),
    path("access/", access.access, name="access"),
    path("access/<uuid:access_id>/", access.access_one, name="access_one"),
    path("access/<uuid:access_id>/files/<uuid:person_id>/", access.file_by_access, name="file_by_access"),
    path("visits/", visits.visits, name="visits"),
    path("visits/<uuid:visit_id>/", visits.visit, name="visit"),
    path("visits/<uuid:visit_id>/record/", visits.record, name="visit_record"),
    path("visits/<uuid:visit_id>/draft/", visits.draft, name="visit_draft"),
    path("import/", importing.uploads, name="import"),
    path("import/<uuid:upload_id>/", importing.upload, name="import_upload"),
    path("import/<uuid:upload_id>/progress/", importing.progress, name="import_progress"),
    path("import/<uuid:upload_id>/resume/", importing.resume, name="import_resume"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<uuid:one_id>/<uuid:other_id>/", duplicates.pair, name="duplicate"),
]
