"""The two clocks of a need (延期、挂起、列入计划): what moves its own date, who may move it, and how long a plan stays in sight."""
