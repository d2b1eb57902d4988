"""What figures count of the village: one file a population."""
