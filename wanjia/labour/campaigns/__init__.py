"""A drive with a window and targets (百日行动, B17): opened for an area, its targets cascade and add up, each day counted."""
