"""The acts of this floor on their own pages: whoever opens an address that was a button sees what it asks, or why not."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.views.debug import SafeExceptionReporterFilter

from wanjia.doors.asking import form_of
from wanjia.doors.pages import page_of_act
from wanjia.kernel.acts import ACTS
from wanjia.orgs.models import AreaAlias, Handover, Organisation, Post, Sponsorship
from wanjia.verdict import Refused

from .factories import START, area

pytestmark = pytest.mark.django_db
OURS = {name: act for name, act in ACTS.items() if act.app == "orgs"}


@pytest.fixture
def admin(world, signed_in):
    return signed_in("admin")


def where(world, name):
    """Return the address of one act on a row of the small world."""
    user, unit = world["xisha"], world["xisha"].org
    keys = {
        "users": [user.pk], "users/<uuid:user_id>/posts": [user.pk, user.posts.get().pk], "areas": ["530625202202"], "units": [unit.pk],
        "areas/<str:area_id>/aliases": ["530625202202", AreaAlias.objects.get_or_create(area=area("大同村"), name="旧名")[0].pk],
        "sponsorships": [Sponsorship.objects.get_or_create(organisation=world["minzheng"].org, area=area("细沙乡"), from_on=START)[0].pk],
        "handovers": [Handover.objects.get_or_create(organisation=unit, defaults={"opened_at": timezone.now(), "due_on": START})[0].pk],
    }  # fmt: skip
    act = OURS[name]
    return reverse(f"orgs:{act.name}", args=[] if act.new else keys[act.subject.root])


@pytest.mark.parametrize("name", sorted(name for name, act in OURS.items() if act.page and act.duty and {"manage_users", "manage_areas"} >= set(act.duty)))
def test_each_act_of_an_administrator_has_its_page(world, admin, signed_in, name):
    page = admin.get(where(world, name))
    assert page.status_code == 200 and str(OURS[name].words) in page.content.decode()
    assert signed_in("xisha").get(where(world, name)).status_code == 403


def test_a_refused_form_stands_on_the_page_of_its_act_with_what_was_typed(world, admin):
    page = admin.post(where(world, "orgs.keep_organisation"), {"name": "水", "area": "永善县", "tier": "county"}).content.decode()
    assert "单位名称要有 2 到 80 个字" in page and 'value="永善县"' in page
    assert not Organisation.objects.filter(name="水").exists()


def test_the_page_of_a_unit_changes_it_and_knows_what_stands_there(world, admin):
    unit = Organisation.objects.get(pk=world["minzheng"].org.pk)
    address = reverse("orgs:unit", args=[unit.pk])
    assert unit.name in admin.get(address).content.decode()
    kept = {"name": unit.name, "short_name": "民政", "area": unit.area_id, "tier": unit.tier, "line": unit.line, "parent": ""}
    assert admin.post(address, kept).status_code == 302
    assert Organisation.objects.get(pk=unit.pk).short_name == "民政"


def test_a_post_is_found_under_its_own_holder_alone(world, admin):
    """An address that names two rows means both."""
    post = world["xisha"].posts.get()
    assert admin.get(reverse("orgs:end_post", args=[world["xisha"].pk, post.pk])).status_code == 200
    assert admin.get(reverse("orgs:end_post", args=[world["minzheng"].pk, post.pk])).status_code == 404
    assert admin.post(reverse("orgs:end_post", args=[world["minzheng"].pk, post.pk]), {"on": "2030-01-01"}).status_code == 404
    assert Post.objects.get(pk=post.pk).to_on is None


def test_what_is_typed_into_an_act_stands_in_no_report_of_a_fault(world, rf):
    request, hidden = rf.post("/", {"password": "shan-shui-tian-yun-1234"}), SafeExceptionReporterFilter()
    request.user, hidden.is_active = world["xisha"], lambda _request: True
    assert "shan-shui" in str(hidden.get_post_parameters(request)), "the negative control: a view that says nothing"
    with pytest.raises(Refused):
        page_of_act(OURS["orgs.create_user"])(request)
    assert "shan-shui" not in str(hidden.get_post_parameters(request))


def test_every_act_of_this_floor_says_why_no_program_does_it():
    assert {name for name, act in OURS.items() if act.call is not None} == set()
    assert all(act.because for act in OURS.values()) and len(OURS) > 25


def test_the_form_of_an_own_profile_stands_as_it_is_kept(world):
    form = form_of(OURS["orgs.keep_own_profile"])(actor=world["xisha"])
    assert {name: form[name].value() for name in form.fields} == {"name": world["xisha"].name, "phone": "", "large_text": False}
