import { relative, resolve } from 'node:path'

const OWN = /(?:^|\/)(?:lr\.yaml|FIXES\.md)$/

/**
 * The files that operands mean, except the configuration and the record of a loop where no operand names them. A folder does not
 * stand for these: no reply may change them, and a check that finds nothing else to look at would pass by them.
 *
 * @param files as `listSources` gives them
 */
export function withoutOwnFiles(files: readonly string[], operands: readonly string[], cwd: string): string[] {
  const named = new Set(operands.map((operand) => relative(cwd, resolve(cwd, operand))))
  return files.filter((path) => named.has(path) || !OWN.test(path))
}
