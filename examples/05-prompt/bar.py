class StillMore:
    pass
