"""People's mediation (C24, 人民调解法): a sealed file from the request to the last visit; only counts leave it."""
