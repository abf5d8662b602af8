import { defineCommand, ExitStatus, type Io, plural, UsageError } from '@loop-runner/cli-kit'
import { keyOf, type TrialResult } from '../trial-result.ts'
import { type CaseFolder, readCase } from './case-folder.ts'
import { listTrials, optionsOf } from './list-trials.ts'
import { openResultsFile, type ResultsFile } from './results-file.ts'
import { runTrial, type TrialRequest } from './run-trial.ts'

export const run = defineCommand({
  usage: '[options] [CASE…] [-- CHECK COMMAND…]',
  summary: 'Run lr-loop on a copy of each case, and print one JSON line per trial.',
  options: {
    model: {
      type: 'text',
      alias: 'm',
      placeholder: 'PROVIDER/MODEL',
      describe: 'model, as for lr-loop -m',
      notInFiles: true,
    },
    iterations: {
      type: 'integer',
      alias: 'i',
      min: 1,
      placeholder: 'N',
      describe: 'send at most N requests per trial',
      commandLineOnly: true,
    },
    set: {
      type: 'list',
      placeholder: 'NAME=VALUE',
      describe: 'set an option of lr-loop for all trials (NAME=true for a flag)',
      commandLineOnly: true,
    },
    vary: {
      type: 'list',
      placeholder: 'NAME=VALUE,VALUE…',
      describe: 'try several values of an option of lr-loop: one trial for each combination',
      commandLineOnly: true,
    },
    repeat: {
      type: 'integer',
      default: 1,
      min: 1,
      placeholder: 'N',
      describe: 'run each trial N times',
      commandLineOnly: true,
    },
    label: { type: 'text', placeholder: 'NAME', describe: 'add the label NAME to each result', commandLineOnly: true },
    output: {
      type: 'text',
      alias: 'o',
      placeholder: 'FILE',
      describe: 'append results to FILE, and skip trials already in it',
      commandLineOnly: true,
    },
  },
  takesCommand: true,
  operands: { max: Infinity },
  needs: 'nothing',
  details: `
A CASE is a folder: repo/ contains the files that the loop starts from, lr.yaml
the sources and the check command, hidden/ files that the loop never sees.
Without repo/, the folder itself is the repository. After a pass, the hidden
files are copied to a copy of the result, and lr-check runs hidden/check there;
without hidden/check, the check of the loop runs again. If both exit with 0 the
trial is "fixed"; if only the loop passes it is "lied"; if the hidden check
cannot run it is an error. Without CASE, names are read from standard input, one
per line.

Trials run one after another. To run several at a time, start several lr-eval
(xargs -P, GNU parallel, a Slurm array) with the same -o FILE.

Exit codes: 0 every trial is fixed · 1 a trial is not fixed · 2 invalid usage ·
3 a trial or its hidden check could not run, or -o cannot be written

  lr-eval run -m groq/openai/gpt-oss-120b -o results.jsonl cases/*
  ls -d cases/* | xargs -P 2 -n 1 lr-eval run --vary reply=whole,edit -o results.jsonl
`,
  async run({ options, operands, command }, io) {
    const plan = {
      fixed: fixedOptions(options),
      varied: options.vary,
      repeat: options.repeat,
      label: options.label ?? null,
    }
    const names = await readNames(operands, io)
    const folders = names.map((name) => readCase(name, io.cwd))
    requireDistinct(folders, names)
    const requests = folders.flatMap((folder) =>
      listTrials(folder.name, plan).map((key): TrialRequest => ({ key, folder, check: command })),
    )
    const file = options.output === undefined ? undefined : openResultsFile(options.output, io)
    const results: TrialResult[] = []
    for (const request of requests) {
      const existing = file?.known.get(keyOf(request.key))
      results.push(existing ?? (await makeTrial(request, file, io)))
    }
    return exitCodeOf(results)
  },
})

function fixedOptions({
  model,
  iterations,
  set,
}: {
  model?: string | undefined
  iterations?: number | undefined
  set: readonly string[]
}) {
  return {
    ...optionsOf(set),
    ...(model === undefined ? {} : { model }),
    ...(iterations === undefined ? {} : { iterations: String(iterations) }),
  }
}

async function readNames(operands: readonly string[], io: Io): Promise<readonly string[]> {
  const names = operands.length > 0 ? operands : (await io.stdin.text()).split('\n').filter(Boolean)
  if (names.length === 0) throw new UsageError('no case (name its folder)')
  return names
}

/** The name of a case identifies its results. */
function requireDistinct(folders: readonly CaseFolder[], names: readonly string[]): void {
  for (const [index, { name }] of folders.entries()) {
    const first = folders.findIndex((other) => other.name === name)
    if (first < index) throw new UsageError(`${names[index]}: a second case of this name (the first: ${names[first]})`)
  }
}

async function makeTrial(request: TrialRequest, file: ResultsFile | undefined, io: Io): Promise<TrialResult> {
  const result = await runTrial(request, io)
  const line = `${JSON.stringify(result)}\n`
  if (file === undefined) await io.stdout.write(line)
  else file.append(line)
  io.progress(describe(result))
  return result
}

function describe({ case: name, options, verdict, reason, calls, seconds, message }: TrialResult): string {
  const words = Object.entries(options).map(([option, value]) => `${option}=${value}`)
  const why = verdict === 'error' ? (message ?? reason) : `${reason}, ${plural(calls, 'call')}, ${seconds} s`
  return `${[name, ...words].join(' ')}: ${verdict} (${why})`
}

function exitCodeOf(results: readonly TrialResult[]): number {
  if (results.some(({ verdict }) => verdict === 'error')) return ExitStatus.Failed
  return results.every(({ verdict }) => verdict === 'fixed') ? ExitStatus.Yes : ExitStatus.No
}
