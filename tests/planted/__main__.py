"""Plant each fault and live years until one finds it: until its judging says what is wrong. Exit code 1 when one is never found.

A fault of one app (`APP` of its module) is sought in that app's year alone: with the whole county alive it would take ten times as long.
A fault that only breaks an act, or a day, is badly planted: whatever breaks is told by itself, and needs no second book. It does not count.
"""

import argparse
import json
import os
import sys

HONEST = "nothing"
FOUND, BROKE, SILENT = "found", "broke", "silent"


def main():
    """Print a line a fault: by which seed it was found, after how many days, by what."""
    parser = argparse.ArgumentParser(prog="python -m tests.planted")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--needs", type=int, default=560)
    parser.add_argument("--every", type=int, default=7, help="days between two evenings on which all is held together, and not only what was touched; of one fault: NAME@DAYS")
    parser.add_argument("--honest", action="store_true", help="live a year without a fault first, judged in turn and once more beside the next day: neither may find anything")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    os.environ["WANJIA_LOG"] = "CRITICAL"  # what a fault breaks is told by the year, not by the log
    from wanjia.site.simulating.apart import thrown_away

    with thrown_away() as folder:
        import django

        django.setup()
        missed = [f"{answer['fault']} ({answer['said']})" for answer in search(folder, args) if answer["said"] != (SILENT if answer["fault"] == HONEST else FOUND)]
    if missed:
        print(f"not as it must be: {', '.join(missed)}")
    return 1 if missed else 0


def search(folder, args):
    """Yield {fault, said, found, seed, day, kind …} of each fault; first of none, in which nothing may be found. said: what `heard` says."""
    from django.db import connection

    from tests import template
    from wanjia.site.simulating import several, town, year

    from .faults import FAULTS, app_of, planted

    template.begin(connection)
    with year.by_dice(0, year.Clock(year.opening())):
        county = town.build(needs=args.needs, workers=40, at=year.opening())
    span = {"days": args.days, "needs": args.needs, "first_only": True}
    with several.laid_out(folder) as anew:
        for beside in (False, True) if args.honest else ():
            anew()
            yield _say(args, HONEST, 1, year.run(county, seed=1, every=args.every, beside=beside, **span))
        for word in args.names or FAULTS:
            name, _sign, every = word.partition("@")
            for seed in range(1, args.seeds + 1):
                anew()
                with planted(name):
                    lived = year.run(county, seed=seed, every=int(every or args.every), beside=False, app=app_of(name), **span)
                if heard(lived) != SILENT:
                    break
            yield _say(args, name, seed, lived)


def _say(args, name, seed, lived):
    """Print one answer, and return it."""
    said, story = heard(lived), [*(lived["stories"][0] if lived["stories"] else ()), "", ""]
    answer = {"fault": name, "said": said, "found": said == FOUND, "seed": seed, "day": lived["days"], "seconds": lived["seconds"], "last_line": lived["last_line"],
              "steps": lived.get("steps", 0), "repeats": lived.get("repeats", 0), "kind": lived["kinds"][0] if lived["kinds"] else "", "what": story[1].strip()}  # fmt: skip
    print(json.dumps(answer, ensure_ascii=False) if args.json else told(answer), flush=True)
    return answer


def heard(lived):
    """Say what a year came to: its judging named what is wrong (FOUND), something broke before it could (BROKE), or nothing (SILENT)."""
    from wanjia.casework.simulating import stories
    from wanjia.site.simulating.found import DAY_BROKE

    if not lived["kinds"]:
        return SILENT
    return BROKE if lived["kinds"][0] in (stories.BROKE, DAY_BROKE) else FOUND


def told(answer):
    """Say one answer in a line."""
    when = f"seed {answer['seed']}, day {answer['day']}" if answer["said"] != SILENT else "found nothing"
    return f"{answer['fault']:<26} {answer['said'] if answer['said'] == BROKE else '':<5} {when:<18} {answer['kind']}: {answer['what'][:110]}"


if __name__ == "__main__":
    sys.exit(main())
