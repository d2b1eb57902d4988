"""Accounts: sign-in, second factor, users and their posts."""
