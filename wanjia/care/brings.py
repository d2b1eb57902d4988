"""What care brings to the pages of the house, part by part."""

from .bringing import children

LINES = [*children.LINES]
