"""What figures bring to the API."""

ROUTERS = [("/figures", "wanjia.reporting.figures.api.router")]
