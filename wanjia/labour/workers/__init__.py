"""The labourers: the roll, one labourer's timeline, enrolling, spells, wishes."""
