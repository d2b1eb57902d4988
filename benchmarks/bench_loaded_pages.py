"""How long do the pages of labour take over a city that the loader brought in? `DATABASE_URL=… WANJIA_VAR=… python -m benchmarks.bench_loaded_pages`.

For a loaded register that may be written to (a copy): a labour officer of the city is made in it once. Each page is asked warm through Django's test client. Beside the wall
stand the CPU milliseconds of this process and of the database's own process (Linux, the server on the same machine): on a machine that others use, these say more than the wall.
Workers that the database starts in parallel are not in them. A statement that takes more than --limit seconds is a page that timed out.
"""

import argparse
import os
import re
import sys
import time

STEPS = os.sysconf("SC_CLK_TCK")


def backend_ms(pid):
    """Return the CPU milliseconds that the database's process has used; 0 where it cannot be read."""
    try:
        with open(f"/proc/{pid}/stat") as found:
            fields = found.read().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) * 1000 / STEPS


def officer():
    """Return the account that looks: a labour officer of the city, made where it is missing."""
    from wanjia.labour.roles import ROLES
    from wanjia.orgs.models import Area, Level, Tier, User
    from wanjia.registry.tests.factories import unit, worker

    city = Area.objects.filter(level=Level.CITY).first()
    found = User.objects.filter(username="bench-officer").first()
    return found or worker("bench-officer", "量时", unit("量时的市局", Tier.COUNTY, city, line="labour"), ROLES[0].value)


def addresses():
    """Return {what: address}: every page of labour without a key, and the searches, by somebody who stands in the register."""
    from django.urls import get_resolver

    from wanjia.labour.models import Worker

    found = {}
    for prefix in ("labour", "vacancies", "employers", "agreements", "stations"):
        for pattern in get_resolver().url_patterns:
            _gather(pattern, "", prefix, found)
    one = Worker.objects.filter(left_on=None).select_related("person")[100_000 % Worker.objects.count()].person
    found |= {
        "search: name": f"/labour/workers/?q={one.name}", "search: initials": f"/labour/workers/?q={one.initials}", "search: last four": f"/labour/workers/?q={str(one.citizen_id)[-4:]}",
        "search: number": f"/labour/workers/?q={one.citizen_id}", "search: telephone": f"/labour/workers/?q={one.phone}",
    }  # fmt: skip
    return {what: address for what, address in found.items() if not address.endswith("q=")}


def _gather(pattern, before, prefix, found):
    path = before + str(pattern.pattern).lstrip("^")
    for child in getattr(pattern, "url_patterns", ()):
        _gather(child, path, prefix, found)
    if not hasattr(pattern, "url_patterns") and path.startswith(f"{prefix}/") and not re.search(r"[<(]", path) and not path.endswith(".xlsx"):
        found[f"/{path}"] = f"/{path}"


def main():
    """Ask each page; print median, 95th of a hundred, and CPU. Of fewer than forty times the 95th of a hundred is the worst."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--only", default="", help="a part of the page's address or name")
    parser.add_argument("--but", default="-", help="leave out what has this part")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(officer())
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{args.limit}s'")
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    print(f"{'page':40}{'p50 ms':>8}{'p95':>8}{'CPU ours':>10}{'database':>10}  load {os.getloadavg()[0]:.1f}", flush=True)
    for what, address in addresses().items():
        if args.only not in what or args.but in what:
            continue
        status = client.get(address).status_code
        if status != 200:
            print(f"{what:40}  answered {status}", flush=True)
            continue
        walls, ours, theirs = [], time.process_time(), backend_ms(pid)
        for _n in range(args.times):
            begun = time.perf_counter()
            client.get(address)
            walls.append((time.perf_counter() - begun) * 1000)
        walls.sort()
        ours, theirs = (time.process_time() - ours) * 1000 / args.times, (backend_ms(pid) - theirs) / args.times
        print(f"{what:40}{walls[len(walls) // 2]:8.0f}{walls[-max(1, len(walls) // 20)]:8.0f}{ours:10.0f}{theirs:10.0f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
