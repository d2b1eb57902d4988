"""`wanjia check`: everything that is kept twice, worked out again."""

import json
from itertools import islice

SHOWN = 200  # differences printed


def add_commands(commands):
    """Add the subcommands to the top parser."""
    check = commands.add_parser("check", help="核对台账、统计数和通报 / recompute needs, figures and notices")
    check.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    check.set_defaults(run=run_check)


def run_check(args):
    """Recompute everything kept twice. Exit code 1 when something differs."""
    import django

    django.setup()
    from wanjia.orgs.checking.queries import checked, differences
    from wanjia.orgs.checking.reading import one_view

    with one_view():
        found = differences()
        first = list(islice(found, SHOWN))
        total, counted = len(first) + sum(1 for _more in found), checked()
    if args.json:
        told = {"differences": total, **{name: n for name, _words, n in counted}, "first": [one.plain() for one in first]}
        print(json.dumps(told, ensure_ascii=False))
        return 1 if total else 0
    for one in first:
        print(f"{one.kind}\t{one.what}\t{one.column}: {one.is_} ≠ {one.should}")
    print(f"核对 {'、'.join(f'{n} {words}' for _name, words, n in counted)},{total} 处不一致。")
    return 1 if total else 0
