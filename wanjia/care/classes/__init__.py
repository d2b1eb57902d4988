"""Classes after school and at weekends (四点半课堂、周末课堂, B35, B36): seats, rolls by the school's calendar, and who fetches whom."""
