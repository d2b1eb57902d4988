"""`wanjia check`: whatever is kept twice is worked out again and each difference named; every app brings its part (CHECKS)."""
