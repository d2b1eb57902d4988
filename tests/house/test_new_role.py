"""An app brings a role of its own: two files of its folder, no file of the house, no migration of orgs (docs/new-app.md)."""

import os

import pytest

from tests.examples import HOUSE, lay, run

pytestmark = pytest.mark.slow
PIECES = [
    ("gates/__init__.py", ""), ("gates/tests/__init__.py", ""),
    ("gates/roles.py", """
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.brought import NewRole

ROLES = [NewRole("GATE_GUARD", "gate_guard", _("护学队员"), tiers=("township",), apart=("callback_officer",))]
"""),
    ("gates/duties.py", """
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.roles import Role
from wanjia.registry.duties import Duty as RegistryDuty


class Duty(TextChoices):
    HOLD_GATES = "hold_gates", _("校门值守")


CARRIES = {Role.GATE_GUARD: {Duty.HOLD_GATES, RegistryDuty.VISIT}, Role.TOWNSHIP_WORKER: {Duty.HOLD_GATES}}
PROTECTIVE = set()
"""),
    ("test_guards.py", """
from datetime import date

import pytest
from django.urls import reverse

from tests.house.acts import World, actor
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.accounts.commands import give_post
from wanjia.orgs.accounts.rules import excluded_by
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

from gates.duties import Duty
from wanjia.registry.duties import Duty as RegistryDuty


@pytest.mark.django_db
def test_a_guard_is_given_a_post_has_its_duties_and_is_kept_apart(client):
    world = World()
    keeper, user = actor(world, "admin"), User.objects.create(username="hu", name="胡护学", is_active=True)
    what = {"user_id": user.pk, "role": Role.GATE_GUARD, "from_on": date(2026, 1, 1), "by": keeper, "at": MONDAY}
    with pytest.raises(Refused, match="护学队员"):
        give_post(**what, organisation=world.civil)
    give_post(**what, organisation=world.township)
    guard = User.objects.get(pk=user.pk)
    assert Post.objects.get(user=user).get_role_display() == "护学队员"
    assert guard.has_duty(Duty.HOLD_GATES) and guard.has_duty(RegistryDuty.VISIT) and actor(world, "clerk").has_duty(Duty.HOLD_GATES)
    for other in (Role.CALLBACK_OFFICER, Role.ADMINISTRATOR):
        assert not excluded_by(guard, other, date(2026, 1, 1), None), other
    assert excluded_by(guard, Role.VILLAGE_WORKER, date(2026, 1, 1), None), "the control: not from everything"
    client.force_login(keeper, backend="django.contrib.auth.backends.ModelBackend")
    assert "护学队员" in client.get(reverse("orgs:roles")).content.decode()
"""),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gates")
    lay(PIECES, folder)
    return folder, {"PYTHONPATH": os.pathsep.join((str(HOUSE), str(folder))), "WANJIA_WITH": "gates", "DJANGO_SETTINGS_MODULE": "wanjia.site.settings"}


def test_it_is_a_role_like_the_others(built):
    folder, around = built
    done = run(folder, "-m", "pytest", "-q", "--tb=short", "-c", str(HOUSE / "pyproject.toml"), "--rootdir", str(HOUSE), "-p", "conftest", str(folder / "test_guards.py"), **around)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_it_asks_for_no_migration(built):
    folder, around = built
    done = run(folder, "-m", "django", "makemigrations", "--check", "--dry-run", "orgs", **around)
    assert done.returncode == 0, done.stdout + done.stderr


def test_without_the_app_the_house_knows_no_such_role(built):
    """Negative control."""
    folder, around = built
    done = run(folder, "-c", "import django; django.setup(); from wanjia.orgs.roles import Role; print('gate_guard' in Role.values)", **around | {"WANJIA_WITH": ""})
    assert done.stdout.strip() == "False", done.stderr
