"""Four deliberations, two publications (四议两公开): step by step, each by its numbers, to the result that another hand accepts."""
