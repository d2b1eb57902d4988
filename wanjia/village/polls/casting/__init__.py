"""A ballot comes in by telephone (投票), without account, cookie, session or line."""
