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

Only the files and folders named as SOURCE may change; a SOURCE that does not
exist is a file to be created. Tests, check scripts and their configuration
change only if a SOURCE names the file itself. Without a check command, the
checks of lr.yaml run, or the default checkers for the sources (see lr-check).

Every option, sources and check-command can be set in lr.yaml. lr-loop init
writes an lr.yaml for the current folder, lr-loop config validates it.

A stage command is run by sh -c with the stream on standard input, and with
LR_RUN_DIR, LR_ITERATION and LR_SOURCES in its environment; the git stage gets
the argument start or commit.

Exit codes: 0 the check passes on the files as they are now · 1 the check fails,
and the loop stopped (the reason is printed) · 2 invalid usage · 3 a stage
failed · 4 temporary failure (retry later) · 5 two answers in a row were
incomplete · 6 the prompt is too long for the model · 7 over the --max-cost of
lr-llm or lr-llm serve

A run is a folder with the input and output of every stage, a journal and a
summary. After a crash or an interrupt, --resume continues with the interrupted
stage and does not request a reply twice; to continue a run that reached a
limit, pass a new limit. lr-loop runs lists the runs, lr-loop show describes
one. To keep or discard the changes of a run: lr-git finish, undo, abandon.

  lr-loop -i 10 src -- pytest -q tests
`,
  // The help needs none of it.
  run: async (call, io) => (await import('./run.ts')).run(call, io),
})
