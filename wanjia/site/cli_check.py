"""`wanjia check`: is every need what its timeline says, every figure one number, every published notice what its rows give."""

import json
from itertools import islice

SHOWN = 200


def add_commands(commands):
    """Hang the subcommand under the parser."""
    check = commands.add_parser("check", help="核对台账、统计数和通报 / recompute needs, figures and notices")
    check.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    check.set_defaults(run=run_check)


def run_check(args):
    """Recompute everything kept twice. Exit code 1 when something differs."""
    import django

    django.setup()
    from wanjia.reporting.checking.queries import checked, differences
    from wanjia.reporting.checking.reading import one_view

    with one_view():
        found = differences()
        first = list(islice(found, SHOWN))
        total = len(first) + sum(1 for _more in found)
        answer = {"differences": total, **checked(), "first": [one.plain() for one in first]}
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
        return 1 if total else 0
    for one in first:
        print(f"{one.kind}\t{one.what}\t{one.column}: {one.is_} ≠ {one.should}")
    print(f"核对 {answer['needs']} 件诉求、{answer['figures']} 个统计口径、{answer['notices']} 份通报,{total} 处不一致。")
    return 1 if total else 0
