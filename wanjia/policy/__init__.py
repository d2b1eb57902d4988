"""Dated rules of law and practice as data (.toml with source) and pure decisions over them."""
