"""Casual-labour markets (零工市场, B13): the line of a morning, orders for the day, who is sent where and why, there or not, paid or not."""
