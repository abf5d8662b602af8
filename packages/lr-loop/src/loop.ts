import { defineCommand } from '@loop-runner/cli-kit'
import { LOOP_OPTIONS } from './options.ts'
import { suggestSources } from './suggestions.ts'

export const loop = defineCommand({
  usage: '[options] [SOURCE…] [-- CHECK COMMAND…] | --resume [RUN]',
  summary: 'Let a language model work on files until a check passes.',
  options: LOOP_OPTIONS,
  needs: 'all',
  takesCommand: 'check-command',
  operands: { max: Infinity, option: 'sources', complete: suggestSources },
  details: `
Only the files and folders named as SOURCE may be changed; tests, check scripts
and their configuration only where a SOURCE names the file itself. Without a
check command the checks of lr.yaml are used, or the checkers that fit the
sources (see lr-check).

What is not said here may stand in an lr.yaml, sources and check-command too:
lr-loop init writes one that fits the folder, lr-loop config judges it.

A stage command is run by sh -c with the stream on standard input, and with
LR_RUN_DIR, LR_ITERATION and LR_SOURCES in its environment; the git stage is
called with the argument start or commit.

Exit status: 0 the check passes on the files as they are now · 1 it does not,
and the loop stopped (see the reason) · 2 used wrongly · 3 a stage could not do
its work · 4 not now: try again · 5 two answers in a row were incomplete

A run is a folder: every stage's input and output, a journal, the summary. After
a crash or an interrupt --resume goes on at the stage that was cut short, and
asks for no reply again that is there already; limits may be given anew, so that
a run goes on that has used them up. lr-loop runs lists the runs,
lr-loop show tells what happened in one.

  lr-loop -i 10 src -- pytest -q tests
`,
  // The help needs none of it.
  run: async (call, io) => (await import('./run.ts')).run(call, io),
})
