"""Who may stand at a gate, and when (A46, A50): four parties, what each holds, when each cannot come, that a parent agreed."""
