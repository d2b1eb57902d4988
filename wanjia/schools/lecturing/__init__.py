"""The plan of a term (A37): the engine spreads lecturers over schools, topics and days go round by turns; a version is put in force, changed by hand, and its lessons are held."""
