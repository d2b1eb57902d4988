"""What needs bring to `wanjia check`: each is worked out again from its timeline, its holdings, the household's words and the journal."""
