"""The addresses of the register."""

from django.urls import path

from wanjia.doors.pages import urls_of

from .duplicates import views as duplicates
from .households import views as households
from .importing import views as importing
from .people import views as people
from .subjects import HEADERS, HOMES, MERGES, UPLOADS, VISITS
from .visits import views as visits

app_name = "registry"
urlpatterns = [
    path("households/", households.households, name="households"),
    path("households/new/", households.register, name="household_new"),
    path("households/<uuid:household_id>/", households.household, name="household"),
    path("households/<uuid:household_id>/edit/", households.edit, name="household_edit"),
    path("households/<uuid:household_id>/verify/", households.verify, name="household_verify"),
    path("households/<uuid:household_id>/reveal/", households.reveal, name="household_reveal"),
    path("households/<uuid:household_id>/members/new/", households.add_member, name="member_new"),
    path("households/<uuid:household_id>/statuses/new/", people.new_home_status, name="household_status_new"),
    path("members/<int:membership_id>/move/", households.move_member, name="member_move"),
    path("members/<int:membership_id>/end/", households.end_membership, name="member_end"),
    path("stale/", households.stale, name="stale"),
    path("people/", people.people, name="people"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/edit/", people.edit, name="person_edit"),
    path("people/<uuid:person_id>/reveal/", people.reveal, name="person_reveal"),
    path("people/<uuid:person_id>/statuses/new/", people.new_status, name="status_new"),
    path("people/<uuid:person_id>/at-home/", people.at_home, name="at_home"),
    path("people/<uuid:person_id>/absences/new/", people.new_absence, name="absence_new"),
    path("people/<uuid:person_id>/parents/<str:line>/", people.name_parent, name="parent_name"),
    path("people/<uuid:person_id>/care/new/", people.entrust_care, name="care_new"),
    path("statuses/<uuid:status_id>/end/", people.end_status, name="status_end"),
    path("statuses/<uuid:status_id>/confirm/", people.confirm_status, name="status_confirm"),
    path("absences/<uuid:absence_id>/end/", people.end_absence, name="absence_end"),
    path("children/", people.children, name="children"),
    path("children/reviews/", people.reviews, name="reviews"),
    path("children/<uuid:person_id>/", people.child_file, name="child_file"),
    path("children/<uuid:person_id>/review/", people.review, name="groups_review"),
    path("visits/", visits.visits, name="visits"),
    path("visits/<uuid:visit_id>/", visits.visit, name="visit"),
    path("visits/<uuid:visit_id>/record/", visits.record, name="visit_record"),
    path("visits/<uuid:visit_id>/draft/", visits.draft, name="visit_draft"),
    path("import/", importing.uploads, name="import"),
    path("import/<uuid:upload_id>/", importing.upload, name="import_upload"),
    path("import/<uuid:upload_id>/progress/", importing.progress, name="import_progress"),
    path("import/<uuid:upload_id>/resume/", importing.resume, name="import_resume"),
    *urls_of(UPLOADS),
    *urls_of(HOMES),
    *urls_of(VISITS),
    *urls_of(MERGES),
    *urls_of(HEADERS),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<uuid:one_id>/<uuid:other_id>/", duplicates.pair, name="duplicate"),
]
