import { defineCommand, ExitStatus, type Io, nearest, UsageError } from '@loop-runner/cli-kit'
import { SYNONYMS } from './built-in-checkers.ts'
import { checkEnvironment } from './check-environment.ts'
import { type Configuration, readConfiguration } from './configuration.ts'
import { type ConfinementRequest, prepareConfinement, SANDBOXES } from './confinement/confinement.ts'
import { parseSize } from './confinement/limits.ts'
import { exitStatusOf } from './exit-status-of.ts'
import { listCheckers } from './list-checkers.ts'
import type { Plan } from './plan.ts'
import { planLayers } from './plan-layers.ts'
import { runAll, type RunAllOptions } from './run-all.ts'
import type { Run } from './run-plan.ts'
import { readSources } from './sources.ts'
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
    sandbox: {
      type: 'choice',
      choices: SANDBOXES,
      default: 'limits',
      describe:
        'strict: under bubblewrap, without network, only the tree writable; auto: so if it works here, else limits',
    },
    memory: {
      type: 'text',
      placeholder: 'SIZE',
      default: '4G',
      describe: 'data that a process of a check may hold; "none" is no limit',
    },
    'file-size': {
      type: 'text',
      placeholder: 'SIZE',
      default: '2G',
      describe: 'size of a file that a check may write; "none" is no limit',
    },
    'pass-env': {
      type: 'list',
      placeholder: 'NAME',
      describe: 'let checks see this variable, which they would not because it may hold a secret',
    },
    findings: { type: 'flag', describe: 'add a block of findings to each run: path:line:col: severity code message' },
    raw: { type: 'flag', describe: 'show output as it came: not masked, not collapsed, not shortened' },
    list: { type: 'flag', describe: 'print the known checkers and where they are found', commandLineOnly: true },
    explain: {
      type: 'text',
      placeholder: 'NAME',
      describe: 'print a checker as lr.yaml could define it: how it is called and judged, where it is, how to get it',
      commandLineOnly: true,
    },
    doctor: {
      type: 'flag',
      describe: 'print what would run for these sources, what is missing, and how to get it',
      commandLineOnly: true,
    },
    schema: {
      type: 'flag',
      describe: 'print the JSON Schema of the keys checkers, checks and layers of lr.yaml',
      commandLineOnly: true,
    },
  },
  operands: { max: Infinity },
  takesCommand: true,
  details: `
A COMMAND runs as given, without a shell; an argument {} becomes the sources. One
that starts a known checker is judged by that checker's rules, any other by its
exit status: 0 is a pass, 126 and 127 mean that it is missing. Without COMMAND
and --checkers the checks of lr.yaml run, layer by layer, or, where it has none,
what the sources' types call for.

With no SOURCE and no --files-from, standard input, where it is a pipe or a
file, is a stream whose path blocks name the sources; it is passed on. The
SOURCE "-" says so openly. "</dev/null" says that there is none.

Exit status: 0 all pass · 1 something fails, and everything ran properly · 2 used
wrongly · 3 no trustworthy verdict: a checker is missing or broken, or nothing
was checked. The blocks are written in every case.

  lr-check -c pytest src tests | lr-prompt -i 'Fix what fails' | lr-llm
`,
  async run({ operands, options, command, configFiles }, io) {
    const configuration = await readConfiguration(configFiles)
    if (options.list) return listCheckers(configuration.checkers, io)
    if (options.explain !== undefined) return explain(options.explain, configuration, io)
    if (options.schema) return (await import('./print-schema.ts')).printSchema(io)
    if (command?.length === 0) throw new UsageError('which command? (nothing follows "--")')
    const names = readNames([...options.checkers, ...options.linters], configuration)
    const canDoWithout =
      options.doctor || command !== undefined || names.length > 0 || Object.keys(configuration.checks).length > 0
    const sources = await readSources({ operands, filesFrom: options['files-from'], canDoWithout }, io)
    if (options.doctor) return (await import('./doctor.ts')).diagnose(configuration.checkers, sources.files, io)
    const env = checkEnvironment(io.env, options['pass-env'])
    const context = { checkers: configuration.checkers, sources: sources.files, cwd: io.cwd, env }
    const layers = planLayers({ names, command }, configuration, context, io.warn)
    const confinement = await prepareConfinement(readConfinement(options), { cwd: io.cwd, env }, io)
    await writeSources(sources, scriptsOf(layers.flat(), io.cwd), io)
    const { jobs, timeout: timeoutMs, raw, findings } = options
    const done = await runLayers(layers, { jobs, timeoutMs, raw, findings, env, confinement }, io)
    if (done.length === 0) io.warn('nothing was checked: no checker is known for these sources')
    return exitStatusOf(done)
  },
})

interface ConfinementOptions {
  readonly sandbox: ConfinementRequest['mode']
  readonly memory: string
  readonly 'file-size': string
}

function readConfinement({ sandbox, memory, 'file-size': fileSize }: ConfinementOptions): ConfinementRequest {
  return {
    mode: sandbox,
    memoryBytes: parseSize(memory, 'option --memory'),
    fileBytes: parseSize(fileSize, 'option --file-size'),
  }
}

async function explain(name: string, configuration: Configuration, io: Io): Promise<number> {
  const known = knownName(name, configuration)
  const checker = configuration.checkers[known]
  if (!checker) throw new UsageError(`${name}: a check of lr.yaml, not a checker`)
  const { explainChecker } = await import('./explain.ts')
  return explainChecker(known, checker, io)
}

/** Makes the runs of each layer and writes them; after a layer that does not pass, no other. */
async function runLayers(layers: readonly (readonly Plan[])[], options: RunAllOptions, io: Io): Promise<Run[]> {
  const done: Run[] = []
  for (const [index, layer] of layers.entries()) {
    for await (const run of runAll(layer, options, io)) {
      done.push(run)
      await io.stdout.write(writeRun(run))
    }
    const left = layers.slice(index + 1).flat().length
    if (left > 0 && exitStatusOf(done) !== ExitStatus.Yes) {
      io.warn(`layer ${index + 1} does not pass: ${left} more ${left === 1 ? 'run is' : 'runs are'} not made`)
      break
    }
  }
  return done
}

/** The scripts that are run, each once; a checker of the project's own is none. */
function scriptsOf(plans: readonly Plan[], cwd: string): string[] {
  const scripts = plans.filter(({ checker }) => !checker).map(({ argv }) => scriptOf(argv, cwd))
  return [...new Set(scripts.filter((script) => script !== undefined))]
}

/** The names in comma-separated lists, each once. */
function readNames(lists: readonly string[], configuration: Configuration): string[] {
  const names = lists
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return [...new Set(names.map((name) => knownName(name, configuration)))]
}

function knownName(name: string, { checkers, checks }: Configuration): string {
  const known = SYNONYMS[name] ?? name
  if (Object.hasOwn(checks, name)) return name
  if (Object.hasOwn(checkers, known)) return known
  const near = nearest(name, [...Object.keys(checks), ...Object.keys(checkers)])
  throw new UsageError(`unknown checker "${name}"${near === undefined ? '' : `: did you mean ${near}?`} (see --list)`)
}
