"""Devices: what a phone or computer may keep of somebody's work, under which key, and when it has to forget it (ADR 97).

trust.py says whose key this device is given, middleware.py keeps its cookie, views.py is the word that it has with the server.
"""
