import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Io, UsageError } from '@loop-runner/cli-kit'
import { listSources } from '@loop-runner/source-files'
import { applyCases } from './apply-cases.ts'
import { checkCases } from './check-cases.ts'
import { gitCases } from './git-cases.ts'
import { llmCases } from './llm-cases.ts'
import { promptCases } from './prompt-cases.ts'
import { runCase } from './run-case.ts'
import type { Files, Material, StageCase, StageKind } from './stage-case.ts'
import { stageLine } from './stage-line.ts'
import { OWN_FILES } from './workshop.ts'

/** What is to be tried, and how. */
export interface Trial {
  readonly kind: StageKind
  /** Files and folders; none for our own. */
  readonly sources: readonly string[]
  readonly command: readonly string[]
  /** How long one run of the stage may take. */
  readonly timeoutMs: number
}

const CASES: Readonly<Record<StageKind, (material: Material) => StageCase[]>> = {
  check: checkCases,
  prompt: promptCases,
  llm: llmCases,
  apply: applyCases,
  git: gitCases,
}

/**
 * Tries a stage on every case of its kind.
 *
 * @returns the number of cases, and one line a fault
 * @throws UsageError for a source that cannot be read, CommandError (3) where the stage cannot be started
 */
export async function tryStage(trial: Trial, io: Io): Promise<{ cases: number; faults: string[] }> {
  const { kind, sources, command, timeoutMs } = trial
  const files = sources.length === 0 ? OWN_FILES : await readFiles(sources, io)
  const material: Material = { files, subject: subjectOf(files) }
  const copied = new Set(sources.length === 0 ? [] : [...files.keys()].map((path) => resolve(io.cwd, path)))
  const setting = {
    kind,
    files,
    folder: sources.length === 0 ? undefined : io.cwd,
    sources: sources.length === 0 ? ['src'] : sources,
    line: stageLine(command, copied, io.cwd),
    timeoutMs,
  }
  const faults: string[] = []
  const cases = CASES[kind](material)
  for (const one of cases) {
    io.detail(one.what)
    for (const fault of await runCase(one, setting, io)) faults.push(`${one.what}: ${fault}`)
  }
  return { cases: cases.length, faults }
}

async function readFiles(sources: readonly string[], io: Io): Promise<Files> {
  const paths = await listSources(sources, io.cwd, io.env)
  return new Map(paths.map((path) => [path, readFileSync(join(io.cwd, path))]))
}

/** The first file that is text. */
function subjectOf(files: Files): string {
  for (const [path, bytes] of files) if (isUtf8(bytes) && !bytes.includes(0)) return path
  throw new UsageError('no source is a text file (the cases put their edges into one)')
}
