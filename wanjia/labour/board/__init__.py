"""Tasks of the inter-department board (协同推进机制, B6): set for a lead unit and those that assist, accepted or contested, reported, confirmed.

Figures are of tasks and lists go by the day; of units nothing is counted and nobody is ranked.
"""
