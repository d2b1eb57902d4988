"""What care counts: a file of definitions a population (.toml), and beside it which rows count on a day and what is true of them then."""
