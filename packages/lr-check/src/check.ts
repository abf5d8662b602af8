import { defineCommand, type Io, nearest, UsageError } from '@loop-runner/cli-kit'
import { BUILT_IN_CHECKERS, type Checkers, SYNONYMS } from './built-in-checkers.ts'
import { checkEnvironment } from './check-environment.ts'
import { exitStatusOf } from './exit-status-of.ts'
import { listCheckers } from './list-checkers.ts'
import type { Plan } from './plan.ts'
import { planByType, planNamed } from './plan-checkers.ts'
import { planCommand } from './plan-command.ts'
import { runAll } from './run-all.ts'
import { readSources, type Sources } from './sources.ts'
import { scriptOf, writeRun, writeSources } from './write-blocks.ts'

export const checkCommand = defineCommand({
  usage: '[options] [SOURCE…] [-- COMMAND ARG…]',
  summary: 'Run checks; print the sources and what the checks said as blocks.',
  options: {
    checkers: {
      type: 'list',
      alias: 'c',
      placeholder: 'LIST',
      describe: 'run these known checkers, separated by commas (see --list)',
    },
    linters: { type: 'list', placeholder: 'LIST', describe: 'the same as --checkers' },
    jobs: {
      type: 'integer',
      alias: 'j',
      min: 1,
      placeholder: 'N',
      describe: 'run N checks at a time; as many as there are processors unless said',
    },
    timeout: {
      type: 'duration',
      placeholder: 'TIME',
      describe:
        'stop a check, and all that it started, after TIME (60, 500ms, 5m); unless said, 60 s, and 300 s for tests and scripts',
    },
    'files-from': {
      type: 'text',
      placeholder: 'FILE',
      describe: 'take more sources from FILE, one a line; "-" is standard input',
      commandLineOnly: true,
    },
    'pass-env': {
      type: 'list',
      placeholder: 'NAME',
      describe: 'let checks see this variable, which they would not because it may hold a secret',
    },
    findings: { type: 'flag', describe: 'add a block of findings to each run: path:line:col: severity code message' },
    raw: { type: 'flag', describe: 'show output as it came: not masked, not collapsed, not shortened' },
    list: { type: 'flag', describe: 'print the known checkers and where they are found', commandLineOnly: true },
  },
  operands: { max: Infinity },
  takesCommand: true,
  details: `
A COMMAND runs as given, without a shell; an argument {} becomes the sources. One
that starts a known checker is judged by that checker's rules, any other by its
exit status: 0 is a pass, 126 and 127 mean that it is missing. Without COMMAND
and --checkers the sources' types decide what runs.

With no SOURCE and no --files-from, standard input, where it is a pipe or a
file, is a stream whose path blocks name the sources; it is passed on. The
SOURCE "-" says so openly. "</dev/null" says that there is none.

Exit status: 0 all pass · 1 something fails, and everything ran properly · 2 used
wrongly · 3 no trustworthy verdict: a checker is missing or broken, or nothing
was checked. The blocks are written in every case.

  lr-check -c pytest src tests | lr-prompt -i 'Fix what fails' | lr-llm
`,
  async run({ operands, options, command }, io) {
    if (options.list) return listCheckers(BUILT_IN_CHECKERS, io)
    if (command?.length === 0) throw new UsageError('which command? (nothing follows "--")')
    const names = readCheckerNames([...options.checkers, ...options.linters], BUILT_IN_CHECKERS)
    const canDoWithout = command !== undefined || names.length > 0
    const sources = await readSources({ operands, filesFrom: options['files-from'], canDoWithout }, io)
    const env = checkEnvironment(io.env, options['pass-env'])
    const plans = makePlans(sources, names, command, { ...io, env })
    await writeSources(sources, command && scriptOf(command, io.cwd), io)
    const runs = runAll(
      plans,
      { jobs: options.jobs, timeoutMs: options.timeout, raw: options.raw, findings: options.findings, env },
      io,
    )
    const done = []
    for await (const run of runs) {
      done.push(run)
      await io.stdout.write(writeRun(run))
    }
    if (done.length === 0) io.warn('nothing was checked: no checker is known for these sources')
    return exitStatusOf(done)
  },
})

function makePlans(
  { files }: Sources,
  names: readonly string[],
  command: readonly string[] | undefined,
  io: Io,
): Plan[] {
  const context = { checkers: BUILT_IN_CHECKERS, sources: files, cwd: io.cwd, env: io.env }
  const named = planNamed(names, context)
  if (command && !named.some(({ obstacle }) => obstacle?.outcome === 'missing'))
    named.push(planCommand(command, files, BUILT_IN_CHECKERS))
  return names.length > 0 || command ? named : planByType(context, io.warn)
}

/** The names in comma-separated lists, each once. */
function readCheckerNames(lists: readonly string[], checkers: Checkers): string[] {
  const names = lists
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return [...new Set(names.map((name) => knownName(name, checkers)))]
}

function knownName(name: string, checkers: Checkers): string {
  const known = SYNONYMS[name] ?? name
  if (Object.hasOwn(checkers, known)) return known
  const near = nearest(name, Object.keys(checkers))
  throw new UsageError(`unknown checker "${name}"${near === undefined ? '' : `: did you mean ${near}?`} (see --list)`)
}
