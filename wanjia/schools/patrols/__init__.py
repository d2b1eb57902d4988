"""Patrols (A42): who walks when and where, walked or a reason why not; what is found where a notice is not heeded is a step on its receipt."""
