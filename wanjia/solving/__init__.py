"""Runs of the planning engines: asked for by a person, worked in a process of its own, watched, stopped, judged by the referee, kept as a
version, activated by one swap of a pointer (promise 11). What is planned, an app brings (`PLANNED`); nothing here knows it by name.

kinds     what an app says of one kind of plan: rows → problem → answer → rows
models    a version of a plan; which version stands
runs      ask, take up, beat, stop, keep, fail; the process; the clock that finds the silent
standing  the pointer: activate a version, drop one
"""
