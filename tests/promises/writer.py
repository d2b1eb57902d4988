"""A process that is going to be killed: it records needs, or imports a workbook, and says aloud what was acknowledged.

Usage: python -m tests.promises.writer prepare | record SEED [eager] | import FILE | check
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")


def say(word):
    """Tell the parent, at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def prepare():
    """Make the tables and the small world."""
    from django.db import connection

    from tests import template
    from wanjia.casework.tests.factories import World
    from wanjia.sealing import proof

    template.begin(connection)
    proof.first_set_up()
    World()


def record(seed, eager=False):
    """Record needs for ever. eager: the fault we test for, an acknowledgement before the commit, which comes when the parent says so."""
    from django.db import transaction

    from wanjia.casework.tests.factories import World

    world = World()
    say("ready")
    for turn in range(10_000):
        if not eager:
            say(world.need(summary=f"{seed}-{turn}").pk)
            continue
        with transaction.atomic():
            say(world.need(summary=f"{seed}-{turn}").pk)
            sys.stdin.readline()


def take_in(path):
    """Import a household workbook from where it stands, chunk by chunk, saying each."""
    from pathlib import Path

    from wanjia.casework.tests.factories import MONDAY, World
    from wanjia.registry.applying import commands as applying
    from wanjia.registry.importing import commands
    from wanjia.registry.models import Upload

    world = World()
    who = {"by": world.clerk, "at": MONDAY}
    upload = Upload.objects.exclude(state="rejected").first()
    if upload is None:
        upload = commands.receive_upload(template="household", name="户.csv", body=Path(path).read_bytes(), **who)
    say("received")
    upload = commands.judge_upload(upload, **who)
    if upload.state == "judged":
        upload = commands.confirm_upload(upload_id=upload.pk, **who)
    say("confirmed")
    while applying.apply_chunk(upload_id=upload.pk, **who):
        say("chunk")
    applying.finish_upload(upload_id=upload.pk, **who)
    say("finished")


def check():
    """Print what stands, as JSON: needs, whole needs, people, benefits, state of the upload."""
    from wanjia.casework.models import Holding, Need, Step
    from wanjia.kernel.models import Entry
    from wanjia.registry.models import Household, Person, Upload, UploadRow

    say(json.dumps({
        "needs": sorted(map(str, Need.objects.values_list("pk", flat=True))),
        "holdings": Holding.objects.count(), "steps": Step.objects.count(), "lines": Entry.objects.filter(act="need.record").count(),
        "households": Household.objects.count(), "people": Person.objects.count(),
        "uploads": list(Upload.objects.values_list("state", flat=True)), "waiting": UploadRow.objects.filter(ok=True, applied=False).count(),
    }))  # fmt: skip


def main():
    """Run one act."""
    import django

    django.setup()
    act, *rest = sys.argv[1:]
    {"prepare": prepare, "record": record, "import": take_in, "check": check}[act](*rest)


if __name__ == "__main__":
    main()
