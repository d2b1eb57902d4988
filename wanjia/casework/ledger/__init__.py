"""The ledger (A28 诉求台账) as people work with it: my desk, the list with saved questions, one need with its timeline."""
