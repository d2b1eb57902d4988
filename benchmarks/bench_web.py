"""Lists and pages of homes, people and needs at 200,000 people and 20,000 needs, beside Django's own admin on the same rows and columns.

One process and one account that sees the county; ours and the admin's are opened in turns (A B B A …) so that a busy machine slows
both. Printed for each page: its queries, p50 and p95 in milliseconds, by the wall and of the processor (without the database's server), and
the ratios. The desk and the dashboard have no page in an admin: they stand alone. Ends with 1 when one of ours is slower than the admin's (by the
p50), or over 60 ms (by the p95) on a quiet machine. Usage: python -m benchmarks.bench_web [--people N] [--rounds N] [--only sqlite|postgresql] [--keep FOLDER]
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
PEOPLE, ROUNDS, WARM, SAMPLE = 200_000, 60, 4, 200
AIM = 60  # ms, p95
QUIET = 1.3  # load: this process is one, and its database's server rests while it draws
ACCOUNT = "yongshan"


def measure(people, rounds):
    """In a process of its own with its own database: return {page: {"ours": [(wall s, processor s)], "theirs": alike, "queries": [ours, theirs]}}."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.beside_settings"
    import django

    django.setup()
    from . import county

    county.make_or_reuse(people, people // 10)
    clients, found, loads = signed_in(), {}, []
    for name, ours, theirs in pages(sample()):
        found[name] = in_turns(clients, ours, theirs, rounds)
        loads.append(os.getloadavg()[0])
    return {"pages": found, "load": max(loads)}


def signed_in():
    """Return a client with our middleware and one with that of a plain project; a client keeps the chain it first loaded."""
    from django.conf import settings
    from django.test import Client
    from django.test.utils import override_settings

    from wanjia.orgs.models import User

    user, clients = User.objects.get(username=ACCOUNT), []
    for middleware in (settings.MIDDLEWARE, settings.ADMIN_MIDDLEWARE):
        with override_settings(MIDDLEWARE=middleware):
            one = Client()
            one.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            one.get("/admin/")
            clients.append(one)
    return clients


def sample():
    """Return {kind: some ids}: homes, people of age (a child's page is a file behind a reason), needs."""
    from wanjia.casework.models import Need
    from wanjia.registry.models import Household, Membership

    heads = Membership.objects.filter(relation="户主").values_list("person_id", flat=True)
    every = {"homes": Household.objects.values_list("pk", flat=True), "people": heads, "needs": Need.objects.values_list("pk", flat=True)}
    return {kind: random.Random(1).sample(list(ids.order_by("pk")), SAMPLE) for kind, ids in every.items()}


def pages(ids):
    """Yield (name, our address of a turn, the admin's address or None)."""

    def one(kind, form):
        return lambda turn: form.format(ids[kind][turn % SAMPLE])

    homes, people, needs = (f"/admin/{model}/" for model in ("registry/household", "registry/person", "casework/need"))
    yield "homes", lambda _turn: "/households/", lambda _turn: homes
    yield "home", one("homes", "/households/{}/"), one("homes", homes + "{}/change/")
    yield "people", lambda _turn: "/people/", lambda _turn: people
    yield "person", one("people", "/people/{}/"), one("people", people + "{}/change/")
    yield "needs", lambda _turn: "/needs/", lambda _turn: needs
    yield "need", one("needs", "/needs/{}/"), one("needs", needs + "{}/change/")
    yield "desk", lambda _turn: "/", None
    yield "dashboard", lambda _turn: "/dashboard/", None


def in_turns(clients, ours, theirs, rounds):
    """Open both addresses by turns, the first of a turn changing; count the queries once, with caches warm."""
    both = list(zip(("ours", "theirs"), clients, (ours, theirs), strict=True))
    asked = [(side, client, address) for side, client, address in both if address]
    took = {side: [] for side, _client, _address in both}
    for turn in range(WARM + rounds):
        for side, client, address in asked[:: -1 if turn % 2 else 1]:
            seconds = timed(client, address(turn))
            if turn >= WARM:
                took[side].append(seconds)
    return took | {"queries": [queries(client, address(0)) for _side, client, address in asked]}


def timed(client, address):
    """Open one address; return the seconds by the wall and those of our processor."""
    start, before = time.perf_counter(), time.process_time()
    answer = client.get(address)
    spent = time.perf_counter() - start, time.process_time() - before
    assert answer.status_code == 200, (answer.status_code, address)
    return spent


def queries(client, address):
    """Return how many queries one opening asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def apart(args, url):
    """Run `measure` in a process with the database `url`, or an SQLite file of its own; return what it found."""
    with tempfile.TemporaryDirectory() as made:
        var = made if url else args.keep or made
        env = {**os.environ, "WANJIA_VAR": var, "DATABASE_URL": url or f"sqlite:///{var}/bench.sqlite3", "PYTHONPATH": str(HOUSE)}
        env["WANJIA_KEYRING"] = f"{var}/keyring.json"
        words = [sys.executable, "-m", "benchmarks.bench_web", "--measure", "--people", str(args.people), "--rounds", str(args.rounds)]
        done = subprocess.run(words, env=env, cwd=HOUSE, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.returncode)
    return json.loads(done.stdout.splitlines()[-1])


def ms(spent, which, at):
    """Return the p50 (at 0.5) or p95 (0.95) in ms, by the wall (which 0) or of the processor (1)."""
    return 1000 * statistics.quantiles([one[which] for one in spent], n=20, method="inclusive")[round(at * 20) - 1]


def times(spent):
    """Write p50 and p95 by the wall, and those of the processor."""
    return "".join(f"{ms(spent, which, at):8.1f}" for which in (0, 1) for at in (0.5, 0.95))


def show(title, found, quiet):
    """Print a line for each page; return what falls short. quiet: nobody else asked for the processors while it ran."""
    heads = "".join(f"{words:>8}" for words in ("queries", "p50 ms", "p95 ms", "cpu p50", "cpu p95"))
    print(f"\n{title}{'' if quiet else ' - the machine was NOT quiet: only ratios and processor times say something'}")
    print(f"{'':10}{heads}   {'admin:':6}{heads}{'× p50':>8}{'× p95':>8}{'× cpu':>8}")
    short = []
    for name, page in found.items():
        ours, theirs = page["ours"], page["theirs"]
        line = f"{name:10}{page['queries'][0]:8}{times(ours)}"
        if theirs:
            ratios = [ms(ours, which, at) / ms(theirs, which, at) for which, at in ((0, 0.5), (0, 0.95), (1, 0.5))]
            line += f"{'':9}{page['queries'][1]:8}{times(theirs)}" + "".join(f"{one:8.2f}" for one in ratios)
            short += [f"{name} takes {ratios[0]:.2f} times as long as the admin's"] if ratios[0] > 1 else []
        print(line, flush=True)
        short += [f"{name}: p95 {ms(ours, 0, 0.95):.0f} ms"] if quiet and ms(ours, 0, 0.95) > AIM else []
    return [f"{title}: {one}" for one in short]


def told(name, words, found):
    """Print one database's table under what it was and how busy the machine was; return what falls short."""
    return show(f"{name}: {words}, load {found['load']:.1f} of {os.cpu_count()} processors", found["pages"], found["load"] <= QUIET)


def main():
    """Run both databases, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--keep", help="a folder where the SQLite county is kept, and found again")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(args.people, args.rounds)))
        return
    words, short = f"{args.people:,} people, {args.people // 10:,} needs, {args.rounds} rounds", []
    if args.only != "postgresql":
        short += told("SQLite", words, apart(args, ""))
    if args.only != "sqlite":
        from tests.postgres import server

        with server("-c synchronous_commit=on") as running:
            short += told("PostgreSQL", words, apart(args, running.url))
    if short:
        sys.exit("\n".join(["falls short:", *short]))


if __name__ == "__main__":
    main()
