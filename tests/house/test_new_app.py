"""docs/new-app.md is built in an empty folder outside the house, and the generated tests are run on it; the house changes in no file."""

import os

import polib
import pytest

from tests.cost import MOST
from tests.examples import HOUSE, cost, lay, pieces, run

pytestmark = pytest.mark.slow
APP = "new-app.md"
HELD = (
    "the_same_key_acts_once", "somebody_without_a_post_is_refused", "who_may", "each_refusal_beside_an_act", "its_page_asks_in_both_languages",
    "its_page_does_it_once", "its_call_does_it_once", "every_line_that_a_command_writes_has_words",
)  # fmt: skip
WALK = '''
import pytest
from django.urls import reverse

from tests.house.acts import ACTS, World


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
'''


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return (its folder, the environment of a house that has it)."""
    folder = tmp_path_factory.mktemp("app")
    lay(pieces(APP), folder)
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
    done = run(folder, "-m", "django", "migrate", "-v0", **around)
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_generated_tests_pass_and_are_all_there(built):
    folder, around = built
    around = {name: value for name, value in around.items() if name != "DATABASE_URL"}
    asked = [str(HOUSE / f"tests/house/test_{one}.py") for one in ("acts", "permissions", "refusals_felt", "doors_open", "trail")]
    done = run(folder, "-m", "pytest", "-vv", "--tb=short", "-c", str(HOUSE / "pyproject.toml"), "--rootdir", str(HOUSE), *asked, str(folder / "test_walk_of_fairs.py"), "-k", "fairs", **around)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert [one for one in HELD if not any(one in line and "fairs." in line for line in done.stdout.splitlines())] == []


def test_without_its_word_in_the_list_the_house_knows_nothing_of_it(built):
    """Negative control."""
    folder, around = built
    done = run(folder, "-c", "import django; django.setup(); from django.urls import reverse; reverse('fairs:fairs')", **around | {"WANJIA_WITH": ""})
    assert "NoReverseMatch" in done.stderr
