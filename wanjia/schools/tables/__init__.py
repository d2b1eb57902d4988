"""The tables of schools that fill themselves (rules §h, tables 6-9): gates, hazards, escort buses, vice-principals for law; a month, by area, each number opening its rows."""
