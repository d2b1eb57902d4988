"""`wanjia recheck`: a past month's draws, recomputed from its seed; the day's look for patterns."""

import json

from wanjia.casework.models import RecheckSeed
from wanjia.casework.tests.factories import World, later
from wanjia.casework.tests.walk import bring
from wanjia.site.cli import main


def test_the_command_line_proves_a_past_month_and_tells_nothing_of_a_running_one(db, capsys, monkeypatch):
    bring(World(), "verified")
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(days=20))
    assert main(["recheck", "prove", "202611", "--json"]) == 2
    seed = RecheckSeed.objects.get().seed
    assert seed not in capsys.readouterr().out
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(days=29))
    assert main(["recheck", "prove", "202611", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["draws"], answer["faults"], answer["seed"]) == (1, [], seed)


def test_the_command_line_does_the_day_s_look_once(db, capsys, monkeypatch):
    world = World()
    for _one in range(5):
        bring(world, "verified")
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(days=8))
    for findings in (1, 0):
        assert main(["recheck", "find", "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == {"findings": findings, "least": 0}
