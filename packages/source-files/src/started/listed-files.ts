import { basename, dirname, relative } from 'node:path'
import picomatch from 'picomatch'
import type { FileView } from './file-view.ts'
import { parseShellText, type ShellCommand } from './shell-text.ts'

/**
 * The files whose names a command prints, as it would print them: `find`, `ls`, `git ls-files`, `echo`, `cat LIST`.
 *
 * @param folder where it runs
 */
export function listedFiles([program = '', ...args]: readonly string[], folder: string, files: FileView): string[] {
  const name = basename(program)
  if (name === 'find') return foundBy(args, folder, files)
  const patterns = args.filter((word) => !word.startsWith('-'))
  if (name === 'git' && args[0] === 'ls-files') return matching(patterns.slice(1), folder, files)
  return printedBy(
    name,
    patterns.flatMap((word) => expandIn(word, folder, files)),
    folder,
    files,
  )
}

function printedBy(name: string, operands: readonly string[], folder: string, files: FileView): string[] {
  if (name === 'ls')
    return operands.length === 0
      ? namesIn('.', folder, files)
      : operands.flatMap((word) => inFolder(word, folder, files))
  if (name === 'cat') return operands.flatMap((word) => files.readText(files.inside(folder, word) ?? '').split(/\s+/))
  return name === 'echo' || name === 'printf' ? operands.flatMap((word) => word.split(/\s+/)) : []
}

/** The files of `find`: of its tests only those of names are read. */
export function foundBy(args: readonly string[], folder: string, files: FileView): string[] {
  const end = args.findIndex((word) => /^[-(!]/.test(word))
  const roots = args.slice(0, end < 0 ? args.length : end)
  const patterns = args.flatMap((word, at) => (/^-i?name$/.test(word) ? args.slice(at + 1, at + 2) : []))
  const matches = patterns.map((pattern) => picomatch(pattern, { dot: true, nocase: args.includes('-iname') }))
  return (roots.length > 0 ? roots : ['.'])
    .flatMap((root) => files.below(files.inside(folder, root) ?? ''))
    .filter((path) => matches.length === 0 || matches.some((isMatch) => isMatch(basename(path))))
    .map((path) => fromFolder(path, folder))
}

/** What these programs run of a folder that they are given; a file they run whatever its name. */
const RUN_OF_FOLDER: Readonly<Record<string, RegExp>> = {
  'run-parts': /./,
  bats: /\.bats$/,
  prove: /\.t$/,
  go: /\.go$/,
}

/** The files that `run-parts`, `bats`, `prove` and `go run` are given, those of folders too. */
export function runFiles(name: string, args: readonly string[], folder: string, files: FileView): string[] {
  const operands = args.filter((word) => !word.startsWith('-'))
  const ofFolder = RUN_OF_FOLDER[name]
  if (!ofFolder || (name === 'go' && operands[0] !== 'run')) return []
  return operands.flatMap((word) => {
    const path = files.inside(folder, word) ?? ''
    return files.isFile(path) ? [path] : files.below(path).filter((file) => ofFolder.test(file))
  })
}

/** A pattern by the names that it means, as they are seen from a folder. */
export function expandIn(word: string, folder: string, files: FileView): string[] {
  if (!/[*?[]/.test(word) || word.startsWith('/')) return [word]
  const found = files.expand(files.inside(folder, word) ?? '').filter((path) => files.isFile(path))
  return found.length === 0 ? [word] : found.map((path) => `./${fromFolder(path, folder)}`)
}

/** By patterns of paths or of names, or in folders. */
function matching(patterns: readonly string[], folder: string, files: FileView): string[] {
  const all = files.below(folder).map((path) => fromFolder(path, folder))
  const isMatch = picomatch(patterns.flatMap((pattern) => [pattern, `**/${pattern}`, `${pattern}/**`]))
  return patterns.length === 0 ? all : all.filter((path) => isMatch(path))
}

function inFolder(word: string, folder: string, files: FileView): string[] {
  const path = files.inside(folder, word) ?? ''
  return files.isFile(path) ? [word] : namesIn(word, folder, files)
}

function namesIn(word: string, folder: string, files: FileView): string[] {
  const path = files.inside(folder, word) ?? ''
  return files.expand(path === '.' ? '*' : `${path}/*`).map((file) => basename(file))
}

function fromFolder(path: string, folder: string): string {
  return folder === '.' ? path : relative(folder, path)
}

/**
 * The commands of a text for a shell, and what it assigns to PATH and PYTHONPATH.
 *
 * @param place where it runs, and the script that holds it
 */
export function readShellText(
  text: string,
  { folder, script }: { readonly folder: string; readonly script?: string },
  files: FileView,
): { readonly commands: readonly ShellCommand[]; readonly paths: readonly string[] } {
  const { commands, variables } = parseShellText(text, {
    expandPattern: (word) => expandIn(word, folder, files),
    listedBy: (words) => listedFiles(words, folder, files),
    scriptFolder: script === undefined ? '.' : relative(folder, dirname(script)) || '.',
  })
  const valuesOf = (name: string) => variables.get(name)?.map((value) => `${name}=${value}`) ?? []
  return { commands, paths: ['PATH', 'PYTHONPATH'].flatMap(valuesOf) }
}

/** What `xargs -a LIST` and `parallel COMMAND ::: WORDS` are given in place of their input. */
export function listGiven(name: string, args: readonly string[]): ShellCommand | undefined {
  const at = name === 'xargs' ? args.indexOf('-a') : name === 'parallel' ? args.indexOf(':::') : -1
  if (at < 0) return undefined
  const words = name === 'xargs' ? ['cat', ...args.slice(at + 1, at + 2)] : ['echo', ...args.slice(at + 1)]
  const nothing = {
    input: undefined,
    document: undefined,
    output: undefined,
    isSubstituted: false,
    uses: new Set<string>(),
  }
  return { ...nothing, words: [], source: { ...nothing, words, source: undefined } }
}
