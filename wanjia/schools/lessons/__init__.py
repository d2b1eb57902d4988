"""Law into school (A35-A39): lecturers and vice-principals for law, lessons that were held or a written reason, the grid of topics, terms that are closed, what is told when something is missing."""
