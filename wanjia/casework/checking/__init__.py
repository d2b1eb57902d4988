"""`wanjia check`: every need is worked out again from its timeline, every figure twice, every published notice from its rows."""
