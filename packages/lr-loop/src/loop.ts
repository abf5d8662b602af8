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

Only the files and folders named as SOURCE may change; a source that does not
exist is to be made. Tests, check scripts and their configuration change only if
a SOURCE names the file itself. Without a check command the checks of lr.yaml
run, or the checkers that fit the sources (see lr-check).

Every option can be set in lr.yaml, and sources and check-command, too: lr-loop
init writes one that fits the folder, lr-loop config validates it.

A stage command is run by sh -c with the stream on standard input, and with
LR_RUN_DIR, LR_ITERATION and LR_SOURCES in its environment; the git stage is
called with the argument start or commit.

Exit codes: 0 the check passes on the files as they are now · 1 it fails, and
the loop stopped (see the reason) · 2 invalid usage · 3 a stage failed ·
4 temporary failure (retry later) · 5 two answers in a row were incomplete ·
6 the prompt is too long for the model · 7 over the --max-cost of lr-llm
(or of lr-llm serve)

A run is a folder with the input and output of every stage, a journal and a
summary. After a crash or an interrupt, --resume continues with the stage that
was interrupted and does not request a reply twice; pass new limits to continue
a run that hit them. lr-loop runs lists the runs, lr-loop show describes one.
To keep or take back the changes of a run: lr-git finish, undo, abandon.

  lr-loop -i 10 src -- pytest -q tests
`,
  // The help needs none of it.
  run: async (call, io) => (await import('./run.ts')).run(call, io),
})
