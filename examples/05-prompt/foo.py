def do_some_stuff(*args):
    here is the stuff we are doing
