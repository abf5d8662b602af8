import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { quoteCommand } from '@loop-runner/cli-kit'

/** Part of a shell line that may name a file without being quoted. */
const PLAIN_WORD = /[^\s'"\\|&;<>()$`*?[\]{}#]+/g

/**
 * The shell line that starts a stage in another folder: a file of this folder that a word names is named in full, unless
 * it is one of those that are copied there.
 *
 * @param command one word is a shell line; several are a program and its arguments
 */
export function stageLine(command: readonly string[], copied: ReadonlySet<string>, cwd: string): string {
  const inFull = (word: string) => (isFileOf(word, cwd) && !copied.has(resolve(cwd, word)) ? resolve(cwd, word) : word)
  const [only = '', ...more] = command
  if (more.length > 0) return quoteCommand(command.map(inFull))
  return only.replaceAll(PLAIN_WORD, (word) => (inFull(word) === word ? word : quoteCommand([inFull(word)])))
}

/** A bare word such as "test" is a program's name, whatever lies in the folder. */
function isFileOf(word: string, cwd: string): boolean {
  return /[/.]/.test(word) && statSync(resolve(cwd, word), { throwIfNoEntry: false })?.isFile() === true
}
