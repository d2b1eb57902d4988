"""`wanjia simulate`: a county's year lived by real commands in a database that is thrown away, and what it found."""

import json

DAYS, NEEDS, WORKERS = 365, 20_000, 400


def add_commands(commands):
    """Add `simulate` to the top parser."""
    simulate = commands.add_parser("simulate", help="模拟一年 / live a county's year in a throw-away database and hold it against a second book")
    simulate.add_argument("--seed", type=int, default=1, metavar="N", help="同一个数,同样的一年 / the same number, the same year")
    simulate.add_argument("--seeds", type=int, default=1, metavar="N", help="从这个数起,一连几年 / so many years, from that number on")
    simulate.add_argument("--days", type=int, default=DAYS, metavar="D")
    simulate.add_argument("--needs", type=int, default=NEEDS, metavar="K")
    simulate.add_argument("--first", action="store_true", help="找到第一处就停 / stop at the first violation")
    simulate.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    simulate.set_defaults(run=run_simulate)


def run_simulate(args):
    """Live the years one after the other, each in a county of its own; exit code 1 when anything was found."""
    from .simulating.apart import thrown_away

    found = 0
    with thrown_away() as folder:
        import django

        django.setup()
        from .simulating.several import years

        for answer in years(folder, seeds=range(args.seed, args.seed + args.seeds), days=args.days, needs=args.needs, first_only=args.first, say=_say(args)):
            found += answer["violations"]
            print(json.dumps(answer, ensure_ascii=False) if args.json else _told(answer, args), flush=True)
    return 1 if found else 0


def _say(args):
    return (lambda _sentence: None) if args.json else (lambda sentence: print(f"· {sentence}", flush=True))


def _told(answer, args):
    lines = ["\n".join(story) for story in answer["stories"]]
    if lines:
        lines.append(f"重做 / again: wanjia simulate --seed {answer['seed']} --days {args.days} --needs {args.needs}")
    said = "  ".join(f"{word} {n}" for word, n in answer.items() if word not in ("stories", "kinds"))
    return "\n".join([*lines, said])
