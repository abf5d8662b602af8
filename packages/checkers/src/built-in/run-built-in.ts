import { isBlock } from '@loop-runner/block-format'
import { readSource } from '@loop-runner/source-files'
import { typeOfFile } from '../choosing/file-types.ts'
import type { BuiltIn } from '@loop-runner/checker-table'
import type { Flaw } from './flaw.ts'

/** What a built-in checker says, and the exit code that a program of its kind would have. */
export interface BuiltInResult {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Lets a built-in checker look at files, whose paths are relative to `cwd`. */
export async function runBuiltIn(name: BuiltIn, files: readonly string[], cwd: string): Promise<BuiltInResult> {
  switch (name) {
    case 'ruff':
      return (await import('../ruff/run-ruff.ts')).runRuff(files, cwd)
    case 'yaml':
      return checkEach(files, cwd, (await import('./check-yaml.ts')).checkYaml)
    case 'toml':
      return checkEach(files, cwd, (await import('./check-toml.ts')).checkToml)
    case 'json':
      return checkEach(files, cwd, (await import('./check-json.ts')).checkJson)
  }
}

/** `path:line:col: error: message`, one per line; nothing where all is right. */
function checkEach(
  files: readonly string[],
  cwd: string,
  check: (text: string, type: string) => readonly Flaw[],
): BuiltInResult {
  const flaws = files.flatMap((file) => {
    const part = readSource(file, cwd)
    if (!isBlock(part)) return [`${file}:1:1: error: not UTF-8 text\n`]
    return check(part.content, typeOfFile(file, cwd) ?? '').map(
      ({ line, column, message }) => `${file}:${line}:${column}: error: ${message}\n`,
    )
  })
  return { status: flaws.length === 0 ? 0 : 1, stdout: flaws.join(''), stderr: '' }
}
