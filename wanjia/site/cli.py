"""The command line: `wanjia …`. Every subcommand takes `--json`."""

import argparse
import os
import sys


def main(argv=None):
    """Run one subcommand; return its exit code (2: refused or bad input)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    argv = sys.argv[1:] if argv is None else argv
    if argv[:1] == ["django"]:
        from django.core.management import execute_from_command_line

        return execute_from_command_line(["wanjia django", *argv[1:]])
    args = build_parser(engines=argv[:1] == ["plan"]).parse_args(argv)
    return args.run(args)


def build_parser(*, engines=True):
    """Build the parser. engines: whether to load the planning engines' own options, which costs their imports."""
    parser = argparse.ArgumentParser(prog="wanjia", description="万家:件件有主、有期、有回音。")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    plan = commands.add_parser("plan", help="planning engines / 规划求解").add_subparsers(required=True, metavar="ENGINE")
    for engine in ("allocation", "rostering", "routing") if engines else ():
        _add_engine(engine, plan)
    from . import cli_data, cli_demo, cli_kernel, cli_recheck

    for part in (cli_data, cli_demo, cli_kernel, cli_recheck):
        part.add_commands(commands)
    return parser


def _add_engine(name, plan):
    from importlib import import_module

    import_module(f"wanjia.planning.{name}.cli").add_commands(plan)


if __name__ == "__main__":
    sys.exit(main())
