"""Reading children's files beyond one's own duty (查阅批准、紧急查阅): asked for, approved by another line, timed, journalled, reviewed (ADR 112)."""
