"""Sealed values: the key ring, encrypted columns with their blind index, and the proof that ring and database belong together.

Read in this order: keys.py, columns.py, proof.py, fields.py. It knows no act and no journal: the kernel stands on it.
"""
