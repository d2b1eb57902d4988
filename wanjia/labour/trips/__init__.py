"""A coach before it leaves (一车一方案): papers, drivers, hours, who goes along, who sits where; released when nothing is lacking."""
