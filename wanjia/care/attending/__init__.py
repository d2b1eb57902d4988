"""Who came to an event and who helped: by a list, by a code on paper, counted by hand; each helper's hours."""
