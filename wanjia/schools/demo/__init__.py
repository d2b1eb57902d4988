"""The demo county's schools stand by the acts of a click. Their bells and gates are invented."""
