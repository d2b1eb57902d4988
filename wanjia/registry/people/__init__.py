"""One person: dated statuses, absences, parents, care; groups of children derived with why; a child's file."""
