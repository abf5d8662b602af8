import { lstatSync, readFileSync, type Stats, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { nameOfPath, writeBlock } from '@loop-runner/block-format'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { ROLE, writeRole, writeUsage } from '@loop-runner/stage-protocol'
import type { LoopContext } from '../loop-context.ts'
import { hasFailed } from '../stages/stage.ts'
import type { StageResult } from '../stages/run-stage.ts'
import { Interrupted } from '../stopping/interrupted.ts'
import { firstOf } from './agent-parts.ts'
import { type AgentOutput, readAgentOutput } from './agent-output.ts'
import { keptFolder, tellUnkept } from './keep-touched.ts'
import { type Secret, secretsOf } from './redact.ts'
import { type AgentRun, startAgent } from './start-agent.ts'
import { settleAgent } from './settle-agent.ts'
import { isRealFolder } from './tree-copy.ts'
import { findChanges } from './find-changes.ts'
import { putBack } from './put-back.ts'
import { closeSnapshot, type Snapshot, takeSnapshot } from './snapshot.ts'

const KEY = 'llm'
const GIT_FILE = /(?:^|\/)\.git(?:\/|$)/

/** The outcome of an agent besides its versions; `ITERATION/agent.json`. */
export interface AgentReport {
  readonly words: string
  /** Restored, stopped or refused changes, one per line. */
  readonly told: readonly string[]
  /** Whether files that it made or changed were put back. */
  readonly isRefused: boolean
  /** The modes of the files that it made or changed. */
  readonly modes: Readonly<Record<string, number>>
  /** The files that became executable, or are so no more. */
  readonly remoded?: readonly string[]
}

/**
 * Runs the agent on the prompt. Afterwards the tree is as it was, whatever happened; what the agent did to the sources is the reply, as
 * blocks for `lr-apply --reply exact`; everything else that it did is reported.
 *
 * @throws CommandError (3) if it cannot be started, Interrupted if the run is stopped
 */
export async function runAgent(iteration: number, prompt: string, context: LoopContext): Promise<StageResult> {
  const { folder, io } = context
  const key = { stage: KEY, iteration }
  const output = folder.file(key, 'out')
  const ended = folder.endedWith(key)
  if (ended !== undefined && !hasFailed('llm', ended)) return { stage: 'llm', status: ended, output }
  await settleAgent(context)
  const place = { run: folder.path, cwd: io.cwd, env: io.env }
  const snapshot = await takeSnapshot(iteration, place)
  if (io.signal.aborted) throw new Interrupted()
  folder.journal.record({ event: 'started', ...key, bytes: statSync(prompt).size })
  try {
    await work(iteration, prompt, snapshot, context)
  } catch (error) {
    await settleAgent(context)
    throw error
  }
  closeSnapshot(folder.path)
  return { stage: 'llm', status: ExitStatus.Yes, output }
}

/** Starts the agent, and records its changes after they are undone in the tree. */
async function work(iteration: number, prompt: string, snapshot: Snapshot, context: LoopContext): Promise<void> {
  const { folder, io } = context
  const key = { stage: KEY, iteration }
  const place = { run: folder.path, cwd: io.cwd, env: io.env }
  const secrets = secretsOf(io.env, context.apiKey)
  const run = await startAgent(iteration, prompt, secrets, context)
  if (io.signal.aborted) throw new Interrupted()
  const changes = await findChanges(snapshot, (path) => isInSources(path, snapshot.root, context), place)
  if (changes.paths.length + changes.told.length === 0) requireStarted(run)
  const { text, told, modes, versions, remoded } = readChanges(changes.paths, snapshot, secrets, context)
  const unkept = putBack(changes.paths, snapshot, place)
  // The content of the reply is kept.
  for (const path of versions) unkept.delete(path)
  const said = readAgentOutput(run.stdout, run.stderr, patternOf(context))
  const report = {
    words: said.words,
    told: [...run.told, ...changes.told, ...tellUnkept(unkept), ...told],
    isRefused: told.length > 0,
    modes,
    remoded,
  }
  for (const line of firstOf(report.told)) io.progress(line.replace(/^-: /, ''))
  writeFileSync(agentFile(folder.path, iteration), JSON.stringify(report), { mode: 0o600 })
  if (changes.isBroken) throw brokenRepository(snapshot.root, iteration, context)
  folder.write(key, 'out', text + blockedOf(said, text) + usageOf(said))
  folder.journal.record({ event: 'ended', ...key, status: ExitStatus.Yes })
}

/** Where history is lost, nothing may be committed; the files are as they were. */
function brokenRepository(root: string, iteration: number, { folder }: LoopContext): CommandError {
  closeSnapshot(folder.path)
  const left = keptFolder(folder.path, iteration)
  return new CommandError(
    ExitStatus.Failed,
    `${join(root, '.git')}: the agent deleted objects that were not copied; the files of the tree were restored (restore the repository from a backup; the agent's changes are in ${left})`,
  )
}

/** An agent that changed something was started, whatever its command ended with. */
function requireStarted({ status, log }: AgentRun): void {
  if (status !== 126 && status !== 127) return
  throw new CommandError(ExitStatus.Failed, `the agent could not be started, exit code ${status} (see ${log})`)
}

/** @throws a system error if the iteration has none */
export function readAgentReport(run: string, iteration: number): AgentReport {
  return JSON.parse(readFileSync(agentFile(run, iteration), 'utf8')) as AgentReport
}

function readChanges(paths: readonly string[], snapshot: Snapshot, secrets: readonly Secret[], context: LoopContext) {
  const { root } = snapshot
  const told: string[] = []
  const blocks: string[] = []
  const deleted: string[] = []
  const versions: string[] = []
  const remoded: string[] = []
  const modes: Record<string, number> = {}
  for (const path of paths) {
    const name = relative(context.io.cwd, join(root, path))
    if (!isInSources(path, root, context)) {
      told.push(`${name}: not a file that may change; it was put back`)
      continue
    }
    const found = readVersion(root, path, secrets)
    if (found === undefined) deleted.push(name)
    else if ('problem' in found) told.push(`${name}: ${found.problem}; it was put back`)
    else {
      blocks.push(writeBlock({ name: nameOfPath(name), content: found.content }))
      modes[name] = found.mode
      versions.push(path)
      const before = snapshot.entries[path]
      if (before && isExecutable(before.mode) !== isExecutable(found.mode)) remoded.push(name)
    }
  }
  if (deleted.length > 0) blocks.push(writeBlock({ name: 'deleted', content: `${deleted.join('\n')}\n` }))
  return { text: blocks.join(''), told, modes, versions, remoded }
}

function isExecutable(mode: number): boolean {
  return (mode & 0o111) !== 0
}

type Version = { readonly content: string; readonly mode: number } | { readonly problem: string }

function readVersion(root: string, path: string, secrets: readonly Secret[]): Version | undefined {
  const file = join(root, path)
  const stats = statsOf(file)
  if (stats === undefined) return undefined
  if (stats.isSymbolicLink()) return { problem: 'a link, which is not for an agent to make' }
  if (!isRealFolder(root, dirname(path))) return { problem: 'in a folder that became a link' }
  if (!stats.isFile()) return { problem: 'no regular file' }
  const content = textOf(file)
  if (content === undefined) return { problem: 'not UTF-8 text' }
  const secret = secrets.find(({ value }) => content.includes(value))
  return secret ? { problem: `holds the value of ${secret.name}` } : { content, mode: stats.mode & 0o777 }
}

/** Undefined also where a file is in place of one of its folders. */
function statsOf(file: string): Stats | undefined {
  try {
    return lstatSync(file)
  } catch {
    return undefined
  }
}

/** Undefined if it is no text: not UTF-8, or with a NUL, which no stream carries. */
function textOf(file: string): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file))
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

function isInSources(path: string, root: string, { io, settings }: LoopContext): boolean {
  if (GIT_FILE.test(path)) return false
  return settings.stages.sources.some((source) => {
    const way = relative(resolve(io.cwd, source), join(root, path))
    return way === '' || !(way === '..' || way.startsWith('../'))
  })
}

function patternOf({ settings }: LoopContext): RegExp | undefined {
  const { usageFrom } = settings.agent ?? {}
  return usageFrom === undefined ? undefined : new RegExp(usageFrom)
}

/** An agent that changed something is not blocked. */
function blockedOf({ blocked }: AgentOutput, changes: string): string {
  return blocked === undefined || changes !== '' ? '' : writeRole(ROLE.blocked, `${blocked}\n`)
}

function usageOf({ usage }: AgentOutput): string {
  const { input, output, cost } = usage
  return writeRole(ROLE.usage, writeUsage({ input: input ?? 0, output: output ?? 0, cost }))
}

function agentFile(run: string, iteration: number): string {
  return join(run, String(iteration), 'agent.json')
}
