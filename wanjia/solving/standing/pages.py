"""What the page of an act on a version shows besides its button."""

from ..kinds import kind_of


def found(_request, plan):
    """What a version found: whoever puts it in force reads it once more before he does."""
    says = kind_of(plan).says
    return {"found": [(says.get(name, name), n) for name, n in plan.words.items()]}
