"""What the app of the tests brings."""

from .plans import TOY

PLANNED = [TOY]
