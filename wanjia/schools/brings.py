"""What schools bring to the pages of the house, part by part."""

from .bringing import year

PLACES = [*year.PLACES]
