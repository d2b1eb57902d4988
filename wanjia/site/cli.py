"""The command line: `wanjia …`. Every subcommand takes `--json`."""

import argparse
import json
import os
import sys


def main(argv=None):
    """Run one subcommand; return its exit code (2: refused or bad input)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    argv = sys.argv[1:] if argv is None else argv
    if argv[:1] != ["plan"]:  # a plan is meant to be read by others; all else that is written is for this account alone
        os.umask(0o077)
    if argv[:1] == ["django"]:
        from django.core.management import execute_from_command_line

        return execute_from_command_line(["wanjia django", *argv[1:]])
    args = build_parser(engines=argv[:1] == ["plan"]).parse_args(argv)
    if fault := _ring_fault(argv):
        print(json.dumps({"error": dict(zip(("zh", "en"), fault, strict=True))}, ensure_ascii=False) if "--json" in argv else "\n".join(fault))
        return 2
    return args.run(args)


# What begins an office, mends its ring or only looks: each proves the ring itself when it needs it.
WITHOUT_RING = {"plan", "init", "demo", "doctor", "keys", "backup", "restore", "upgrade", "move", "simulate"}


def _ring_fault(argv):
    """Return the sentence (zh, en) why the key ring beside this database will not do, or None."""
    if argv[0] in WITHOUT_RING or argv[:2] == ["people", "template"]:  # an empty workbook is asked for before the office is opened
        return None
    import django

    django.setup()
    from django.db import DatabaseError
    from django.utils.translation import override

    from wanjia.sealing import keys, proof

    try:
        proof.prove()
    except keys.RingFault as fault:
        said = []
        for language in ("zh-hans", "en"):
            with override(language):
                said.append(str(fault.reason))
        return said
    except DatabaseError:
        return None  # no table yet: the command says so in its own words
    return None


def build_parser(*, engines=True):
    """Build the parser. engines: whether to load the planning engines' own options, which costs their imports."""
    parser = argparse.ArgumentParser(prog="wanjia", description="万家:件件有主、有期、有回音。")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    plan = commands.add_parser("plan", help="planning engines / 规划求解").add_subparsers(required=True, metavar="ENGINE")
    for engine in ("allocation", "rostering", "routing") if engines else ():
        _add_engine(engine, plan)
    from . import cli_backup, cli_demo, cli_journal, cli_kernel, cli_office, cli_people, cli_simulate

    for part in (cli_office, cli_people, cli_backup, cli_demo, cli_simulate, cli_journal, cli_kernel, *_brought()):
        part.add_commands(commands)
    return parser


def _brought():
    """Yield the cli.py of every installed app that has one, from the ground floor up."""
    from importlib import import_module
    from importlib.util import find_spec

    from .installed import installed

    for app in installed():
        if app != "wanjia.site" and find_spec(f"{app}.cli"):
            yield import_module(f"{app}.cli")


def _add_engine(name, plan):
    from importlib import import_module

    import_module(f"wanjia.planning.{name}.cli").add_commands(plan)


if __name__ == "__main__":
    sys.exit(main())
