"""How far what hangs on the working-day table is counted anew after a change of it: seen, stopped and gone on with as an import is."""
