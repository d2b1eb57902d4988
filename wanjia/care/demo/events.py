def live(code, say):
    pass
