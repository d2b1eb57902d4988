"""Papers about one row: entered once, printed in every form, a number and a journal line each. Apps bring their kinds (PAPERS)."""
