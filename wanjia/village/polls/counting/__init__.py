"""Paper ballots are typed and agreed heap by heap, the ballots are opened, the board is published (计票公布)."""
