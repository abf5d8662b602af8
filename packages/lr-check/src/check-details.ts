/** The rest of the help. */
export const CHECK_DETAILS = `
COMMAND is run as given, without a shell; an argument {} is replaced by the
sources. A command that starts a known checker, directly or by npx, python -m or
npm test, is classified by the rules of that checker, any other command by its
exit code: 0 is a pass, 126 and 127 mean that it is missing. Lines such as
"score: 0.75 REASON" in its output set its score. Without COMMAND and
--checkers, lr-check runs the checks of lr.yaml, layer by layer, or else the
default checkers for the file types of the sources, and the tests among them.

A pass needs evidence: test runners write a report of their own, and failed
tests or findings in the output count even if the exit code is 0.

A folder means the files in it that git would list. All are checked; lock files
and files over 1 MiB are printed only if a SOURCE names the file itself. A
SOURCE that does not exist is a file to be created; until then, the check fails.

Without SOURCE and --files-from, standard input is read if it is a pipe or a
file: a stream whose path blocks name the sources. It is passed on. The SOURCE
"-" always reads it, and "</dev/null" prevents it.

In lr.yaml, in addition to options: "checkers" defines or changes checkers,
"checks" names commands and groups of checkers, "layers" sets the order in which
they run; if a layer does not pass, later layers are skipped.

With --guard FILE, the first run records tests, check scripts, their
configuration, and how much they check. If a later run of the same check finds
that any of these has changed or checks less, or that the sources have more
suppressions, it ends as "error: tampered" with exit code 3 and names the
change. New tests are allowed. If you have changed the tests yourself, use
--renew-guard.

With --hook, an agent that wants to stop is sent back while the check fails:
exit code 2, with the failures on standard error. It may stop if the check
passes (exit code 0), has failed N times in a row or three times in the same way
(1), or is inconclusive (3). Nothing is printed on standard output (see
docs/agents.md).

Exit codes: 0 every check passes · 1 a check fails · 2 invalid usage ·
3 inconclusive: a checker is missing or broken, or nothing was checked. The
blocks are written in every case. With --advisory a failing check exits with 0;
2 and 3 are unchanged.

  lr-check --guard .git/guard.json src -- pytest -q
  lr-check -c pytest src tests | lr-prompt -i 'Fix what fails' | lr-llm
`
