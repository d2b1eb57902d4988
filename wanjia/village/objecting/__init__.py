"""Whoever is away, or says it rather to nobody's face, objects to a notice from its public page (异议), and reads there what was answered to whom: to nobody by name."""
