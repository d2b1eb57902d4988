"""What somebody who leaves a post still holds. Higher apps say so; this floor only asks them.

An app registers in its AppConfig.ready:
    handover.ask(lambda user: [(_("在办诉求"), n, address)])
"""

_ASKED = []


def ask(question):
    """Register a function: user → list of (words, how many, address of the list or '')."""
    if question not in _ASKED:
        _ASKED.append(question)


def still_held_by(user):
    """List what the person still holds, to be handed over before the post ends: zeros left out."""
    return [line for question in _ASKED for line in question(user) if line[1]]
