"""Plain vehicle routing (车辆路径): public benchmark files in, short routes out. Read problem, files, solve, check."""
