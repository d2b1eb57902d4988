"""Lessons and drills of riding a bus, each term of each school whose children ride (校车安全管理条例 art. 12)."""
