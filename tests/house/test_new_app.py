"""docs/new-app.md is built in an empty folder outside the house, docs/new-page.md beside it, and the generated tests are run on them; the house changes in no file."""

import json
import os
import shutil

import polib
import pytest

from tests import template
from tests.cost import MOST
from tests.examples import HOUSE, cost, lay, pieces, run

pytestmark = pytest.mark.slow
APP, PAGE = "new-app.md", "new-page.md"
HELD = (
    "the_same_key_acts_once", "somebody_without_a_post_is_refused", "who_may", "each_refusal_beside_an_act", "its_page_asks_in_both_languages",
    "its_page_does_it_once", "its_call_does_it_once", "every_line_that_a_command_writes_has_words",
    "fairs_come_in_from_a_workbook_once_and_the_figure_opens_them", "the_list_of_fairs_asks_as_often_for_one_row_as_for_three",
    "a_fair_has_its_page_that_says_what_may_be_done_and_why_not", "the_month_of_fairs_has_its_page_its_notice_and_its_call",
    "fairs_are_no_kind_of_workbook",
)  # fmt: skip
WALK = '''
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fairs.commands import call_off_fair
from fairs.models import Fair
from tests.house.acts import ACTS, World, actor
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Upload
from wanjia.reporting.figures.queries import of_area


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("zh-hans", "集日"), ("en", "Market days")])
def test_fairs_stand_in_the_menu_and_on_their_page(client, settings, language, word):
    world = World()
    ACTS["fairs.call_off_fair"].make(world)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    assert f'href="{reverse("fairs:fairs")}"' in client.get("/").content.decode()
    page = client.get(reverse("fairs:fairs")).content.decode()
    assert word in page and "大同集" in page
    client.force_login(world.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert "大同集" not in client.get(reverse("fairs:fairs")).content.decode(), "elsewhere"


def shown(page, name):
    return re.search(rf'{name}\\s*<span class="count">(.*?)</span>', page)[1]


BOOK = "序,村,集名,赶集日\\n1,大同村,春集,2026-12-01\\n2,大同村,冬集,2026.12.08\\n3,大同村,冬集,2026-12-08\\n4,新民村,别处集,2026-12-09\\n5,大同村,坏集,去年\\n"


def sent(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("registry:import"), {"template": "fairs", "workbook": SimpleUploadedFile("集日.csv", BOOK.encode())}, follow=True)
    return Upload.objects.latest("received_at"), answer.content.decode()


@pytest.mark.django_db
def test_fairs_come_in_from_a_workbook_once_and_the_figure_opens_them(client, settings):
    world = World()
    upload, page = sent(client, world.clerk)
    assert {row.number: row.code for row in upload.rows.all() if not row.ok} == {4: "warn.dup.identical_row", 5: "scope.village_not_yours", 6: "date.invalid"}
    assert "新写入的行" in page and "日期看不懂" in page and "请由当地导入" in page and not Fair.objects.exists(), "a preview writes nothing"
    client.post(reverse("registry:import_confirm", args=[upload.pk]))
    assert {(fair.name, str(fair.held_on), fair.village_id) for fair in Fair.objects.all()} == {
        ("春集", "2026-12-01", world.datong.pk), ("冬集", "2026-12-08", world.datong.pk)}
    assert Entry.objects.filter(act="fair.announce", by_name=world.clerk.name).count() == 2, "each by the act"
    again, page = sent(client, world.clerk)
    assert again.forecast["counts"] == {"rows_new": 0, "rows_same": 2} and "已有的行" in page
    call_off_fair(fair_id=Fair.objects.get(name="春集").pk, words="塌方", by=world.visitor, at=MONDAY)
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("fairs:fairs")).content.decode()
    assert "?figure=fairs.kept" in page and shown(page, "如期的集日") == "1" and "春集" in page
    drilled = client.get(reverse("fairs:fairs"), {"figure": "fairs.kept"}).content.decode()
    assert "冬集" in drilled and "春集" not in drilled
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert shown(client.get(reverse("fairs:fairs")).content.decode(), "Market days kept") == "1"
    answer = client.get("/api/fairs").json()
    assert answer["count"] == 2 and set(answer["items"][0]) == {"id", "village", "name", "held_on", "called_off"}
    assert {one["id"]: one["shown"] for one in of_area(world.xisha.stem)}["fairs.kept"] == "1"
    assert {one["id"]: one["shown"] for one in of_area(world.xinmin.stem)}["fairs.kept"] == "0"


@pytest.mark.django_db
def test_a_fair_has_its_page_that_says_what_may_be_done_and_why_not(client):
    world = World()
    fair = Fair.objects.create(village=world.datong, name="大同集", held_on="2026-11-08")
    page = reverse("fairs:fair", args=[fair.pk])
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    assert f'href="{page}"' in client.get(reverse("fairs:fairs")).content.decode()
    assert reverse("fairs:call_off", args=[fair.pk]) in client.get(page).content.decode()
    assert client.get(f"/api/fairs/{fair.pk}").json()["name"] == "大同集"
    call_off_fair(fair_id=fair.pk, words="塌方", by=world.visitor, at=MONDAY)
    shown = client.get(page).content.decode()
    assert "这个集日已经取消" in shown and reverse("fairs:call_off", args=[fair.pk]) not in shown
    client.force_login(world.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert (client.get(page).status_code, client.get(f"/api/fairs/{fair.pk}").status_code) == (404, 404), "elsewhere"


@pytest.mark.django_db
def test_the_month_of_fairs_has_its_page_its_notice_and_its_call(client):
    world = World()
    fair = Fair.objects.create(village=world.datong, name="大同集", held_on=timezone.localdate())
    Fair.objects.create(village=world.datong, name="旧集", held_on="2020-01-01")
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    page, notice = client.get(reverse("fairs:month")).content.decode(), reverse("fairs:notice", args=[fair.pk])
    assert f'href="{notice}"' in page and "旧集" not in page
    assert "取消集日" in client.get(notice).content.decode(), "what may be done to it now"
    assert client.get("/api/fairs/month").json()["items"] == [
        {"id": str(fair.pk), "name": "大同集", "held_on": str(fair.held_on), "village_code": world.datong.pk, "village": world.datong.name}]
    client.force_login(world.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(notice).status_code == 404 and client.get("/api/fairs/month").json()["count"] == 0, "elsewhere"
    client.force_login(actor(world, "auditor"), backend="django.contrib.auth.backends.ModelBackend")
    assert [client.get(where).status_code for where in (reverse("fairs:month"), "/api/fairs/month")] == [403, 403], "said once, at the page"


@pytest.mark.django_db
def test_the_list_of_fairs_asks_as_often_for_one_row_as_for_three(client):
    world, asked = World(), []
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    for rows in (1, 2):
        for n in range(rows):
            Fair.objects.create(village=world.datong, name=f"集{rows}{n}", held_on="2026-11-08")
        client.get(reverse("fairs:fairs"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("fairs:fairs"), {"sort": "-name"}).content.decode().count('class="lead"') == 2 * rows - 1
        asked.append(len(queries))
    assert asked[0] == asked[1], asked


@pytest.mark.django_db
def test_fairs_are_no_kind_of_workbook_for_whoever_imports_nothing(client):
    world = World()
    client.force_login(actor(world, "auditor"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("registry:import")).status_code == 403
'''


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return (its folder, the environment of a house that has it)."""
    folder = tmp_path_factory.mktemp("app")
    lay([*pieces(APP), *pieces(PAGE)], folder)
    (folder / "test_walk_of_fairs.py").write_text(WALK, encoding="utf-8")
    book = folder / "fairs/locale/en/LC_MESSAGES/django.po"
    polib.pofile(str(book)).save_as_mofile(str(book.with_suffix(".mo")))
    around = {
        "PYTHONPATH": os.pathsep.join((str(HOUSE), str(folder))), "WANJIA_WITH": "fairs", "DJANGO_SETTINGS_MODULE": "wanjia.site.settings",
        "DATABASE_URL": f"sqlite:///{folder}/house.sqlite3",
    }  # fmt: skip
    done = run(folder, "-m", "django", "makemigrations", "fairs", **around)
    assert done.returncode == 0, done.stderr
    return folder, around


def test_it_costs_no_more_than_it_may():
    assert cost(APP)[0] <= MOST["app"][0], cost(APP)


def test_a_fresh_database_takes_it(built):
    folder, around = built
    assert (folder / "fairs/migrations/0001_initial.py").exists()
    if (kept := template.folder() / template.name()).is_file():  # the house's own migrations ran before
        shutil.copyfile(kept, folder / "house.sqlite3")
    done = run(folder, "-m", "django", "migrate", "-v0", **around)
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_generated_tests_pass_and_are_all_there(built):
    folder, around = built
    around = {name: value for name, value in around.items() if name != "DATABASE_URL"}
    asked = [str(HOUSE / f"tests/house/test_{one}.py") for one in ("acts", "permissions", "refusals_felt", "doors_open", "trail")]
    done = run(folder, "-m", "pytest", "-vv", "--tb=short", "-c", str(HOUSE / "pyproject.toml"), "--rootdir", str(HOUSE), *asked, str(folder / "test_walk_of_fairs.py"), "-k", "fairs", **around)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert [one for one in HELD if not any(one in line and "fairs" in line for line in done.stdout.splitlines())] == []


BEFORE, AFTER = ("bus_riders", "class_roll", "diners", "events"), ("subsidies", "venues", "wishes")


def test_its_workbook_is_known_to_the_command_line_and_without_casework_too(built):
    folder, around = built
    names = "import django, json; django.setup(); from wanjia.registry.importing.brought import called; print(json.dumps(sorted(called())))"
    assert json.loads(run(folder, "-c", names, **around).stdout) == [*BEFORE, "fairs", "gate_guards", "helpers", "households", "needs", "pairs", "schools", *AFTER]
    assert json.loads(run(folder, "-c", names, **around, WANJIA_WITHOUT="casework").stdout) == [*BEFORE, "fairs", "gate_guards", "helpers", "households", "pairs", "schools", *AFTER]


def test_without_its_word_in_the_list_the_house_knows_nothing_of_it(built):
    """Negative control."""
    folder, around = built
    done = run(folder, "-c", "import django; django.setup(); from django.urls import reverse; reverse('fairs:fairs')", **around | {"WANJIA_WITH": ""})
    assert "NoReverseMatch" in done.stderr
