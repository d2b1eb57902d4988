"""The copies with which a draft of a plan begins: what follows a mend of the plan in force, and what waits beside it."""
