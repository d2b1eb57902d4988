"""Which children somebody has to do with in care, in which class of need each is, and how a reading of names is journalled."""
