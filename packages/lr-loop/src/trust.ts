import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  type Call,
  CommandError,
  defineCommand,
  distrustFile,
  errorCode,
  ExitStatus,
  findConfigFile,
  type Io,
  listTrusted,
  type OptionTable,
  reasonOf,
  visibleText,
  trustFile,
  trustOf,
  UsageError,
} from '@loop-runner/cli-kit'

const OPTIONS = {
  list: { type: 'flag', describe: 'print the trusted files, and which have changed', commandLineOnly: true },
  remove: { type: 'flag', describe: 'stop trusting the file', commandLineOnly: true },
} as const satisfies OptionTable

export const trust = defineCommand({
  usage: '[options] [FILE]',
  summary: 'Trust an lr.yaml as it is now.',
  options: OPTIONS,
  operands: { max: 1 },
  needs: 'nothing',
  details: `
An lr.yaml may come with a cloned project. Until you trust the file, it cannot
set options that decide where text is sent (url, header, body, providers), where
files are written (record, cache, events), which commands run besides the check
(stages, stop, exec: models), or what a check can access (pass-env, sandbox).
FILE is an lr.yaml or its folder (default: the lr.yaml that applies here). Trust
ends when the file changes; changes of files that a stage runs are not detected.
A file given by --config and your own config.yaml need no trust.

Exit codes: 0 done · 1 --remove: the file was not trusted · 2 invalid usage, or
no such file · 3 trust cannot be recorded

  less lr.yaml && lr-loop trust
`,
  run: async (call, io) => (call.options.list ? list(call, io) : changeTrust(call, io)),
})

async function changeTrust({ options, operands }: Call<typeof OPTIONS>, io: Io): Promise<number> {
  const path = pathOf(operands[0], io.cwd)
  if (options.remove) {
    const wasTrusted = distrustFile(path, io.env)
    io.progress(`${visibleText(path)}: ${wasTrusted ? 'no longer trusted' : 'was not trusted'}`)
    return wasTrusted ? ExitStatus.Yes : ExitStatus.No
  }
  trustFile(path, readText(path), io.env)
  io.progress(`${visibleText(path)}: trusted until it changes`)
  return ExitStatus.Yes
}

async function list({ options, operands }: Call<typeof OPTIONS>, io: Io): Promise<number> {
  if (options.remove || operands.length > 0) throw new UsageError('--list takes no FILE and no --remove')
  for (const path of listTrusted(io.env)) await io.stdout.write(`${visibleText(path)}${stateOf(path, io.env)}\n`)
  return ExitStatus.Yes
}

function stateOf(path: string, env: NodeJS.ProcessEnv): string {
  try {
    return trustOf(path, readFileSync(path, 'utf8'), env) === 'trusted' ? '' : ' (changed)'
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? ' (removed)' : ` (${reasonOf(error)})`
  }
}

function pathOf(operand: string | undefined, cwd: string): string {
  if (operand === undefined) {
    const found = findConfigFile(cwd)
    if (found === undefined) throw new UsageError('no lr.yaml in this folder or above (name one: lr-loop trust FILE)')
    return found.path
  }
  const path = resolve(cwd, operand)
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'lr.yaml') : path
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new UsageError(`${visibleText(path)}: no such file`)
    throw new CommandError(ExitStatus.Failed, `${visibleText(path)}: ${reasonOf(error)}`)
  }
}
