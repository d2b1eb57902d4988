"""The party branch (C1, C2): its members, its fixed day of the month, what it comes together for and decides; which of it is missing."""
