"""The door to the engine: the one file of the room that speaks to it, and what the others take from there."""

from wanjia.planning.rostering.check import breaches, score
from wanjia.planning.rostering.explain import Standing, candidates, shortfalls
from wanjia.planning.rostering.problem import Guard, Post, Problem, Rules, Seat, Weights
from wanjia.planning.rostering.repair import repair
from wanjia.planning.rostering.solve import solve
from wanjia.planning.rostering.swap import swap

__all__ = ["Guard", "Post", "Problem", "Rules", "Seat", "Standing", "Weights", "breaches", "candidates", "repair", "score", "shortfalls", "solve", "swap"]
