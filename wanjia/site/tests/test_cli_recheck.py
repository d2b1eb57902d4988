"""`wanjia recheck prove`: a past month's draws, recomputed from its seed."""

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
