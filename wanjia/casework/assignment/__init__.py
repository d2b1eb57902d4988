"""Assignment (A29 分级交办): by tier to a unit, then to a person; accepted, or returned with a reason to whoever assigned."""
