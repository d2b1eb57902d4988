"""The same person twice: candidates, a person's decision, a merge that can be taken back."""
