import { existsSync, realpathSync, statSync } from 'node:fs'
import { normalize, relative, resolve } from 'node:path'
import { isBlock, type Part, writeBlock, writeStream } from '@loop-runner/block-format'
import { type Io, quoteCommand } from '@loop-runner/cli-kit'
import { readListed, readSource } from '@loop-runner/source-files'
import { kindOf, type Plan, runsCode, writeFinding } from '@loop-runner/checkers'
import { type Doubt, ROLE, writeOutcome, writeRole, writeScore, type Outcome } from '@loop-runner/stage-protocol'
import type { Run } from './running/run-plan.ts'
import type { Sources } from './sources.ts'

/** Writes the sources: the stream as it came, then sources that are not in it, then the scripts. */
export async function writeSources(
  { files, stream, shown, named }: Sources,
  scripts: readonly string[],
  io: Io,
): Promise<void> {
  await io.stdout.write(writeStream(withLastNewline(stream)))
  for (const file of files) {
    if (shown.has(file)) continue
    const part = named.has(file) ? readSource(file, io.cwd) : readListed(file, io.cwd)
    if (!isBlock(part)) io.warn(part.text.trimEnd())
    await io.stdout.write(isBlock(part) ? writeBlock(part) : part.text)
  }
  for (const script of scripts) {
    const part = files.includes(script) ? undefined : readSource(script, io.cwd)
    // A program that is no text is no script.
    if (part && isBlock(part)) await io.stdout.write(writeBlock(part))
  }
}

function withLastNewline(parts: readonly Part[]): readonly Part[] {
  const last = parts.at(-1)
  if (!last || isBlock(last) || last.text.endsWith('\n')) return parts
  return [...parts.slice(0, -1), { text: `${last.text}\n` }]
}

/** The script that a command runs, as a path relative to `cwd`: its first word, where that is a file in the tree. */
export function scriptOf(command: readonly string[], cwd: string): string | undefined {
  const [word = ''] = command
  if (!word.includes('/')) return undefined
  const path = resolve(cwd, word)
  if (!existsSync(path) || !statSync(path).isFile()) return undefined
  const inside = (file: string, root: string) => {
    const way = relative(root, file)
    return way !== '..' && !way.startsWith('../')
  }
  // A link to a program elsewhere (node_modules/.bin, a virtual environment) is not a script of this tree.
  if (!inside(path, cwd) || !inside(realpathSync(path), realpathSync(cwd))) return undefined
  return normalize(relative(cwd, path))
}

/** The blocks of a run: command line, status, outcome, output, score and, if requested, findings. */
export function writeRun({ plan, status, outcome, isTampered, stdout, stderr, score, findings }: Run): string {
  const doubt = isTampered ? 'tampered' : doubtOfLinter(plan, outcome)
  const blocks = [
    writeRole(ROLE.run, `${commandLineOf(plan)}\n`),
    writeRole(ROLE.status, `${status}\n`),
    writeRole(ROLE.outcome, writeOutcome({ outcome, doubt })),
    writeRole(ROLE.stdout, stdout),
    writeRole(ROLE.stderr, stderr),
  ]
  if (score) blocks.push(writeRole(ROLE.score, writeScore(score)))
  if (findings) blocks.push(writeRole(ROLE.findings, findings.map(writeFinding).join('')))
  return blocks.join('')
}

/** A linter that was stopped proves nothing about the sources; a test or a script that was stopped fails. */
function doubtOfLinter(plan: Plan, outcome: Outcome): Doubt | undefined {
  const wasStopped = outcome === 'timeout' || outcome === 'killed'
  return wasStopped && !runsCode(kindOf(plan)) ? 'inconclusive' : undefined
}

/** The command line of a run, as it could be pasted from the working directory. */
export function commandLineOf({ argv, folder }: Plan): string {
  const command = quoteCommand(argv)
  return folder === '.' ? command : `cd ${quoteCommand([folder])} && ${command}`
}
