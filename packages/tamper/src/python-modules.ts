/** The modules of Python 3.8 to 3.14: https://docs.python.org/3/py-modindex.html, `sys.stdlib_module_names`. */
const STANDARD_LIBRARY = `
    __future__ _collections_abc _py_abc _thread _weakrefset abc aifc annotationlib argparse array ast asynchat
    asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk
    cmath cmd code codecs codeop collections colorsys compileall compression concurrent configparser contextlib
    contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils
    doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib
    functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib
    imghdr imp importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox mailcap
    marshal math mimetypes mmap modulefinder multiprocessing netrc nntplib ntpath nturl2path numbers opcode
    operator optparse os pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath
    pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline
    reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd
    smtplib sndhdr socket socketserver sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string
    stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios
    textwrap threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle types
    typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser wsgiref xdrlib xml xmlrpc
    zipapp zipfile zipimport zlib zoneinfo`

/** Modules that test runners and their common plugins import, from their package metadata. */
const OF_RUNNERS = `
    pytest _pytest py pluggy iniconfig packaging pygments exceptiongroup tomli typing_extensions unittest doctest
    nose nose2 hypothesis attr attrs sortedcontainers coverage pytest_cov xdist execnet pytest_asyncio pytest_mock
    mock behave ward zope twisted testtools subunit`

/** Names of modules that a new file must not take. */
export const PYTHON_MODULES: ReadonlySet<string> = new Set(`${STANDARD_LIBRARY} ${OF_RUNNERS}`.trim().split(/\s+/))
