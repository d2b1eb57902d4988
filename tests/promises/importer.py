"""Acts on one upload in a database of its own, each in a process: send FILE | stands | confirm | cancel_if_running."""

import contextlib
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")


def stands():
    """Return how the upload stands, and what of it is in the register."""
    from django.db.models import Count

    from wanjia.casework.tests.factories import World
    from wanjia.registry.models import Household, Person, Upload, UploadRow

    upload = Upload.objects.get()
    homes = Household.objects.filter(number__startswith="T").annotate(n=Count("memberships"))
    return {
        "upload": str(upload.pk), "by": str(World().clerk.pk), "state": upload.state, "done": upload.done,
        "staged": UploadRow.objects.count(), "forecast": upload.forecast.get("counts", {}).get("people_new", 0),
        "applied": UploadRow.objects.filter(applied=True).count(), "people": Person.objects.filter(memberships__household__in=homes).count(),
        # Every home of the file has three members, the last one what was left over.
        "halves": homes.exclude(n=3).exclude(number=f"T{(UploadRow.objects.count() - 1) // 3:05d}").count(),
    }  # fmt: skip


def main():
    """Run one act and print how things stand."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.casework.tests.factories import World
    from wanjia.registry.importing import commands
    from wanjia.registry.models import Upload
    from wanjia.verdict import Refused

    act, *rest = sys.argv[1:]
    who = {"by": World().clerk, "at": timezone.now()}
    if act == "send":
        commands.receive_upload(template="household", name="户.csv", body=Path(rest[0]).read_bytes(), **who)
    elif act == "confirm":
        commands.confirm_upload(upload_id=Upload.objects.get().pk, **who)
    elif act == "cancel_if_running":
        with contextlib.suppress(Refused):  # the job was quicker
            commands.cancel_upload(upload_id=Upload.objects.get().pk, **who)
    print(json.dumps(stands()))


if __name__ == "__main__":
    main()
