"""Plant each fault and live years until one finds it. Exit code 1 when one is never found."""

import argparse
import contextlib
import json
import os
import sys

HONEST = "nothing"


def main():
    """Print a line a fault: by which seed it was found, after how many days, by what."""
    parser = argparse.ArgumentParser(prog="python -m tests.planted")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--needs", type=int, default=560)
    parser.add_argument("--every", type=int, default=7, help="days between two evenings on which all is held together, and not only what was touched")
    parser.add_argument("--honest", action="store_true", help="live a year without a fault first: it must find nothing")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    os.environ["WANJIA_LOG"] = "CRITICAL"  # what a fault breaks is told by the year, not by the log
    from wanjia.site.simulating.apart import thrown_away

    with thrown_away() as folder:
        import django

        django.setup()
        missed = [answer["fault"] for answer in search(folder, args) if answer["found"] == (answer["fault"] == HONEST)]
    if missed:
        print(f"not as it must be: {', '.join(missed)}")
    return 1 if missed else 0


def search(folder, args):
    """Yield {fault, found, seed, day, kind} of each fault; first of none, in which nothing may be found."""
    from wanjia.site.simulating import several, town, year

    from .faults import FAULTS, planted

    with year.by_dice(0, year.Clock(year.opening())):
        county = town.build(needs=args.needs, workers=40, at=year.opening())
    with several.laid_out(folder) as anew:
        for name in [*([HONEST] if args.honest else []), *(args.names or FAULTS)]:
            for seed in range(1, args.seeds + 1):
                anew()
                with planted(name) if name != HONEST else contextlib.nullcontext():
                    found = year.run(county, seed=seed, days=args.days, needs=args.needs, first_only=True, every=args.every, beside=False)
                if found["violations"] or name == HONEST:
                    break
            answer = {"fault": name, "found": bool(found["violations"]), "seed": seed, "day": found["days"], "seconds": found["seconds"], "last_line": found["last_line"],
                      "kind": found["stories"][0][0][17:] if found["stories"] else "", "what": found["stories"][0][1].strip() if found["stories"] else ""}  # fmt: skip
            print(json.dumps(answer, ensure_ascii=False) if args.json else told(answer), flush=True)
            yield answer


def told(answer):
    """Say one answer in a line."""
    return f"{answer['fault']:<26} {'seed ' + str(answer['seed']) + ', day ' + str(answer['day']) if answer['found'] else 'found nothing':<18} {answer['kind']}: {answer['what'][:110]}"


if __name__ == "__main__":
    sys.exit(main())
