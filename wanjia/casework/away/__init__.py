"""The absent family (B39): whoever works away follows the household's need by its slip, and voices one for those at home from there."""
