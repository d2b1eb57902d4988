"""The demo: Yongshan county with its townships, villages, units and one account for each kind of work. All people are invented."""
