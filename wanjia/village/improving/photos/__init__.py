"""Pictures of the public place that go with what is told to a home: never asked for, looked at by another hand before the home is given them, destroyed when it is over."""
