"""What a person or a home is known as from when to when: recorded with its evidence, looked at again, ended."""
