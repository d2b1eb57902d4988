"""Calls (联名提议召集): a list that enough sign binds the village's committee to call a meeting; settled by that meeting alone."""
