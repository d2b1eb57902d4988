"""Urging (催办): whoever hands needs out or looks them over reminds the unit that holds a late one, once a day, in the timeline."""
