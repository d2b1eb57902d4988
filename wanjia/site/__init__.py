"""The roof: settings, urls, base templates, home, search, the API root, the command line, the demo."""
