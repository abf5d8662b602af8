/** Children that try not to end. Each is to be over when lr-check is. */
export const EVIL_CHILDREN = [
  ['ignores signals', "trap '' TERM INT HUP; while :; do sleep 1; done"],
  ['calls setsid', 'setsid sleep 600'],
  ['leaves a daemon', '(setsid sleep 600 &) ; exit 0'],
  ['forks twice', '( ( sleep 600 & ) & ) ; exit 0'],
  ['has job control', 'set -m; sleep 600 & exit 0'],
  ['holds the output', 'setsid sh -c "sleep 600" & exit 0'],
  ['stops itself', 'kill -STOP $$'],
  ['ignores signals in a session of its own', `setsid sh -c "trap '' TERM INT HUP; while :; do sleep 1; done"`],
  ['starts again when it is asked to end', "trap 'setsid sleep 600 &' TERM; while :; do sleep 1; done"],
  ['spins in many processes', 'for i in 1 2 3 4; do (while :; do :; done) & done; wait'],
  ['reads its input', 'cat; read x; sleep 600'],
  ['floods', 'yes'],
  ['floods without a newline', 'cat /dev/zero'],
  ['floods with what is no text', 'cat /dev/urandom'],
  ['eats memory', 'tail /dev/zero'],
  ['writes ten gigabytes', 'head -c 10G /dev/zero > big'],
  ['closes its output', 'exec >&- 2>&-; sleep 600'],
  ['forks and forks', 'n=0; while [ $n -lt 100 ]; do sleep 600 & n=$((n+1)); done; wait'],
  ['kills its group', 'sleep 600 & kill 0'],
  ['wants a terminal', 'exec < /dev/tty; sleep 600'],
  ['sleeps below a shell below a shell', 'sh -c "sh -c \\"sleep 600; true\\"; true"; true'],
  ['ends at once', 'exit 0'],
  ['hides its arguments', 'exec -a lr-nothing sleep 600'],
] as const

/** What cannot be held without a sandbox, and is under one. Also a child that kills lr-check itself by SIGKILL. */
export const ESCAPING_CHILDREN = [
  [
    'leaves its session with an emptied environment',
    'env -i setsid bash -c "exec -a $EVIL sleep 600" > /dev/null 2>&1 < /dev/null & sleep 0.2',
  ],
] as const
