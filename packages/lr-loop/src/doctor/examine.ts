import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  CommandError,
  type Io,
  NODE_VERSION,
  quoteCommand,
  reasonOf,
  runGit,
  stateFolder,
  VERSION,
} from '@loop-runner/cli-kit'
import { askProgram } from '../ask-program.ts'
import { type Facts, findFacts } from '../init/find-facts.ts'
import { examineCheckCommand, findSettings, type SettingsFound } from './examine-settings.ts'
import type { Remark } from './show-remarks.ts'

/** Everything that a loop needs in the working directory, in the order in which a loop meets it. */
export async function examine(io: Io): Promise<Remark[]> {
  const facts = await findFacts(io)
  const settings = await findSettings(io)
  const [git, models, sandbox] = await Promise.all([
    examineGit(facts, settings, io),
    examineModels(facts, io),
    examineSandbox(io),
  ])
  return [
    { level: 'ok', subject: 'loop-runner', text: VERSION },
    { level: 'ok', subject: 'node', text: NODE_VERSION },
    git,
    examineRecords(io),
    settings.remark,
    ...examineChecks(facts, settings, io),
    ...models,
    sandbox,
  ]
}

async function examineGit({ isRepository }: Facts, { noGit }: SettingsFound, io: Io): Promise<Remark> {
  const { cwd, env } = io
  const { status, stdout } = await runGit({ args: ['--version'], cwd, env })
  const version = status === 0 ? stdout.toString().trim() : undefined
  const engine = version ?? 'not found; repositories are read without it (install git for hooks and signatures)'
  if (noGit) return { level: 'ok', subject: 'git', text: 'not used (no-git in lr.yaml)' }
  if (!isRepository)
    return { level: '!!', subject: 'git', text: `${engine}; no repository here (git init, or --no-git)` }
  const problem = await problemOfCommits(io)
  if (problem !== undefined) return { level: '!!', subject: 'git', text: `${engine}; ${problem}` }
  return { level: version === undefined ? 'note' : 'ok', subject: 'git', text: `${engine}; a repository` }
}

/** The problem that would prevent commits, with its remedy; undefined if nothing would. */
async function problemOfCommits(io: Io): Promise<string | undefined> {
  const { requireReady } = await import('@loop-runner/git-engine')
  try {
    await requireReady(io)
    return undefined
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    return error.message
  }
}

/** Where runs are recorded. The first run makes the folder, so the nearest folder above that exists has to be writable. */
function examineRecords({ env }: Io): Remark {
  const folder = stateFolder(env)
  let nearest = folder
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest)
  try {
    // A file may be writable too; its entries cannot be looked at.
    accessSync(`${nearest}/`, constants.W_OK | constants.X_OK)
    return { level: 'ok', subject: 'records', text: folder }
  } catch (error) {
    return {
      level: '!!',
      subject: 'records',
      text: `${nearest}: ${reasonOf(error)} (set XDG_STATE_HOME, or --run-dir)`,
    }
  }
}

function examineChecks(facts: Facts, { sources, checkCommand }: SettingsFound, io: Io): Remark[] {
  const files = sources.length > 0 ? sources : facts.sources
  const { checkers } = facts
  return [
    { level: 'ok', subject: 'sources', text: quoteCommand(files) },
    checkers.length > 0
      ? { level: 'ok', subject: 'checkers', text: checkers.join(', ') }
      : {
          level: 'note',
          subject: 'checkers',
          text: 'none for the files here (lr-check --list names those that are known)',
        },
    ...(checkCommand.length > 0 ? [examineCheckCommand(checkCommand, io)] : examineTests(facts)),
  ]
}

function examineTests({ tests, missing }: Facts): Remark[] {
  const [test] = tests
  const proof: Remark = test
    ? { level: 'ok', subject: 'tests', text: quoteCommand(test.words) }
    : { level: 'note', subject: 'tests', text: 'no command found (name one: lr-loop SOURCE -- COMMAND)' }
  const absent = missing.map(({ words, needs }): Remark => ({
    level: 'note',
    subject: 'tests',
    text: `${quoteCommand(words)}: ${needs} is not installed`,
  }))
  return [proof, ...absent]
}

async function examineModels({ keys, hasOllama }: Facts, io: Io): Promise<Remark[]> {
  const { status, stdout, stderr } = await askProgram('lr-llm', ['--preflight', '--quiet'], io)
  const known = keys.map(({ provider, place }): Remark => ({
    level: 'ok',
    subject: 'key',
    text: `${provider}: ${place}`,
  }))
  const problem =
    stderr
      .replaceAll(/^lr-llm: /gm, '')
      .split('\n')
      .at(-1) ?? ''
  const [label = ''] = stdout.split(/[\t\n]/)
  const model: Remark =
    status === 0
      ? { level: 'ok', subject: 'model', text: label || 'can be asked' }
      : { level: '!!', subject: 'model', text: problem }
  if (!hasOllama) return [...known, model]
  const local = await askProgram('lr-llm', ['models', '-m', 'ollama'], io)
  const names = local.stdout.split('\n').filter((line) => line !== '')
  const remark: Remark =
    local.status === 0
      ? {
          level: 'ok',
          subject: 'ollama',
          text: names.slice(0, 5).join(', ') || 'no model yet (ollama pull qwen2.5-coder)',
        }
      : { level: 'note', subject: 'ollama', text: 'installed, but its server does not answer (ollama serve)' }
  return [...known, model, remark]
}

async function examineSandbox(io: Io): Promise<Remark> {
  const { status } = await askProgram(
    'lr-check',
    ['--sandbox=strict', '--config=/dev/null', '--profile=', '--', 'true'],
    io,
  )
  return status === 0
    ? { level: 'ok', subject: 'sandbox', text: 'bubblewrap works: --sandbox strict can be used' }
    : {
        level: 'note',
        subject: 'sandbox',
        text: 'bubblewrap does not work here: checks have resource limits only (apt install bubblewrap, or see docs/guard.md)',
      }
}
