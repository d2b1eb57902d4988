"""How a labourer's row is written: by compare-and-set, the sums beside it, the register's absence along with it."""
