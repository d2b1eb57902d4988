"""What the labour register brings to the command line."""

from .cli_city import add_city


def add_commands(commands):
    """Add the subcommands to the top parser."""
    add_city(commands)
