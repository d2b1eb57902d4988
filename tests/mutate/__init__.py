"""Is every guard felt? Each refusal of a rules.py, each CHECK and each trigger is switched off alone, and a test must fail.

guards.py reads the guards from the source and gives each a switch; switch.py holds the one that is off; database.py does the same for
what the database refuses; recording.py notes which test met which guard; running.py switches them off one by one; __main__.py is asked.
No file is edited: the switch is laid into the syntax tree while a module is imported.
"""
