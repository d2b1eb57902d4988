"""What figures count of schools: one file a population."""
