"""A process that loads a file of labourers and may be killed while it does.

Usage: python -m tests.promises.loader prepare | load FILE [ROWS a part] [PROCESSES] | state
"""

import hashlib
import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")


def say(word):
    """Tell the parent, at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def world():
    """Return the small world and an analyst of the county."""
    from wanjia.casework.tests.factories import World, unit, worker
    from wanjia.orgs.models import Line, Tier
    from wanjia.orgs.roles import Role

    made = World()
    made.bureau = unit("永善县人力资源和社会保障局", Tier.COUNTY, made.county, Line.LABOUR)
    made.analyst = worker("renshe-fenxi", "钱分析", made.bureau, Role.LABOUR_ANALYST)
    return made


def prepare():
    """Make the tables and the small world."""
    from django.db import connection

    from tests import template
    from wanjia.sealing import proof

    template.begin(connection)
    proof.first_set_up()
    world()


def load(path, chunk="200", processes="0"):
    """Load, saying each part that is written."""
    from datetime import date

    from wanjia.labour.loading import commands
    from wanjia.labour.loading.commands import load_file

    if os.environ.get("LABOUR_FIRST"):
        commands.FEW = 100  # sets aside what a first load of millions does

    def told(word, _done, _of):
        if word == "written":
            say(word)

    say("ready")
    answer = load_file(path, by=world().analyst, as_of=date(2026, 11, 2), say=told, chunk=int(chunk) or None, processes=int(processes))
    say(json.dumps(answer))


def state():
    """Print what stands, without what is drawn by lot: keys and nonces."""
    from django.db import connection

    from wanjia.kernel import journal
    from wanjia.labour.loading.checking import faults
    from wanjia.labour.models import Chunk, Load, Spell, Tally, Worker
    from wanjia.registry.models import DatedStatus, Household, Membership, Person

    stands = {
        "people": sorted(map(list, ((p.name, p.citizen_id, p.phone, p.pinyin, str(p.birth_on), p.village_id, p.citizen_last4) for p in Person.objects.all()))),
        "homes": sorted(map(list, Household.objects.values_list("number", "village_id", "group_name"))),
        "members": sorted(map(list, Membership.objects.values_list("person__citizen_index", "household__number", "relation"))),
        "statuses": sorted(map(list, DatedStatus.objects.values_list("household__number", "scheme", "code"))),
        "workers": sorted([[str(x) for x in row] for row in Worker.objects.values_list("person__citizen_index", "place", "since_on", "how", "lifted", "trade", "verified_on")]),
        "spells": sorted([[str(x) for x in row] for row in Spell.objects.values_list("worker__person__citizen_index", "place", "from_on", "pay", "employer_name")]),
        "tallies": sorted([[str(x) for x in row] for row in Tally.objects.exclude(n=0).values_list("village_id", "lifted", "place", "how", "carried", "relocated", "watched", "n")]),
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'index'")
        else:
            cursor.execute("SELECT (SELECT count(*) FROM pg_index) || ' ' || (SELECT count(*) FROM pg_constraint WHERE convalidated)")
        indexes = str(cursor.fetchone()[0])
    say(json.dumps({
        "digest": {name: hashlib.sha256(json.dumps(rows).encode()).hexdigest() for name, rows in stands.items()}, "n": {name: len(rows) for name, rows in stands.items()},
        "loads": list(Load.objects.values_list("state", flat=True)), "chunks": Chunk.objects.count(), "chain": journal.verify()[1], "faults": [list(map(str, one)) for one in faults(None)],
        "indexes": indexes,
    }))  # fmt: skip


def main():
    """Run one act."""
    import django

    django.setup()
    act, *rest = sys.argv[1:]
    {"prepare": prepare, "load": load, "state": state}[act](*rest)


if __name__ == "__main__":
    main()
