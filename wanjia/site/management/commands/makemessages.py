"""makemessages, without guesses: a sentence that changed is translated anew, never matched to one that looks like it."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's own, with fuzzy matching off."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
