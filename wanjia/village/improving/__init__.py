"""What is told to a home privately, with help first; and the one strict path to a group's paper board (C27, 黑榜's lawful remainder)."""
