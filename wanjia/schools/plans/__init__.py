"""One plan per school (一校一策): versions, posts, map, signatures; which seats are due on a day (A46, A47)."""
