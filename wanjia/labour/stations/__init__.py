"""Stations and organisations away from the own tree of areas (B10–B12): where they are, who answers, and which workers chose which station.

A station sees its own workers and nobody else: those who chose it or agreed to it, while they work where it is.
"""
