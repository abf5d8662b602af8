/** The rest of the help. */
export const CHECK_DETAILS = `
A COMMAND runs as given, without a shell; an argument {} becomes the sources. A
command that starts a known checker, also by npx, python -m or npm test, is
classified by the rules of that checker, any other by its exit code: 0 is a
pass, 126 and 127 mean that it is missing. Lines "score: 0.75 what is missing"
in its output make its score. Without COMMAND and --checkers, lr-check runs the
checks of lr.yaml, layer by layer, or else the default checkers for the types of
the sources and the tests among them.

A pass needs evidence: test runners are asked for a report of their own, and
failed tests or findings in the output count, whatever the exit code is.

A folder stands for the files that git would list in it. All are checked; lock
files and files over 1 MiB are printed only if they are named themselves. A
SOURCE that does not exist is a file to be made: its check fails.

With no SOURCE and no --files-from, standard input, if it is a pipe or a file,
is a stream whose path blocks name the sources; it is passed on. The SOURCE "-"
requests this explicitly; "</dev/null" prevents it.

In lr.yaml, in addition to options: "checkers" defines or changes checkers,
"checks" names commands and groups of checkers, "layers" lists the order in
which they run; after a layer that does not pass, the others are skipped.

With --guard FILE the first run records tests, check scripts, their
configuration, and how much they look at. Later runs of the same check, in which
any of it has changed or looks at less, or in which the sources have more
suppressions, end as "error: tampered" with exit code 3 and name the change. New
tests are allowed. If you have changed the tests yourself, use --renew-guard.

With --hook an agent that wants to stop is sent back while the check fails: exit
code 2, and what fails on standard error. It may stop if the check passes (0),
still fails after N times in a row, or fails three times in the same way (1), or
is inconclusive (3). Nothing is printed on standard output (see docs/agents.md).

Exit codes: 0 all pass · 1 something fails, and everything ran · 2 invalid
usage · 3 inconclusive: a checker is missing or broken, or nothing was checked.
The blocks are written in every case. With --advisory a failing check exits
with 0, too; 2 and 3 stay.

  lr-check --guard .git/guard.json src -- pytest -q
  lr-check -c pytest src tests | lr-prompt -i 'Fix what fails' | lr-llm
`
