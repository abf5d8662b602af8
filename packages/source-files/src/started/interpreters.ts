import { basename } from 'node:path'
import { isShell, PYTHON } from '../interpreter-names.ts'
import { readArguments } from './read-arguments.ts'
import { startsShell } from '../shebang.ts'

/** What an interpreter loads because its command line names it. */
export interface Loaded {
  /** The script, or undefined if it reads one from its standard input. */
  readonly script: string | undefined
  /** Files or modules that are loaded before the script: `--require X`, `-m MODULE`. Without an extension they may have any. */
  readonly preloads: readonly string[]
  /** Python modules: `-m MODULE`, `-p PLUGIN`. */
  readonly modules: readonly string[]
  /** Text for a shell: `-c TEXT`. */
  readonly text: string | undefined
  /** Text in its own language: `-e TEXT`. */
  readonly code: string | undefined
  /** Whether it reads a script from standard input. */
  readonly readsInput: boolean
}

interface Interpreter {
  readonly name: RegExp
  /** Options that take the next word as their value. */
  readonly valued: RegExp
  /** Options with which nothing of the files on the command line is started: a syntax check, text, a test runner. */
  readonly startsNothing: RegExp
  /** Of these, those whose value is text in its language. */
  readonly code?: RegExp
  /** Options whose value is loaded before all else. */
  readonly preloads?: RegExp
  /** Options whose value, in the same word or the next, is a module to run. */
  readonly module?: RegExp
}

/** From the manuals of the interpreters. */
const INTERPRETERS: readonly Interpreter[] = [
  {
    name: /^(?:node|nodejs|tsx|ts-node|bun|deno|babel-node|electron)$/,
    valued:
      /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--preload|--title|--stack-trace-limit|-P|--project|--tsconfig)$/,
    startsNothing: /^(?:-e|-p|-pe|-c|--eval|--print|--check|--test|--run)$/,
    code: /^(?:-e|-p|-pe|--eval|--print)$/,
    preloads: /^(?:-r|--require|--import|--loader|--experimental-loader|--preload)$/,
  },
  {
    name: PYTHON,
    valued: /^(?:-W|-X|-Q|--check-hash-based-pycs)$/,
    startsNothing: /^-[bBdEiIOPqsSuvx]*c/,
    code: /^-[bBdEiIOPqsSuvx]*c$/,
    module: /^-[bBdEiIOPqsSuvx]*m/,
  },
  { name: /^perl[\d.]*$/, valued: /^$/, startsNothing: /^-\w*[ce]$/i, code: /^-\w*e$/i },
  {
    name: /^ruby[\d.]*$/,
    valued: /^(?:-r|-I|-C|-E)$/,
    startsNothing: /^-\w*[ce]$/,
    code: /^-\w*e$/,
    preloads: /^-r$/,
  },
  { name: /^php[\d.]*$/, valued: /^(?:-d|-c|-S|-t)$/, startsNothing: /^-[lrSi]$/, code: /^-r$/ },
  { name: /^(?:lua[\d.]*|luajit)$/, valued: /^-l$/, startsNothing: /^-e$/, code: /^-e$/, preloads: /^-l$/ },
  { name: /^(?:[gmn]?awk)$/, valued: /^(?:-F|-v)$/, startsNothing: /^$/ },
  {
    name: /^(?:Rscript|julia|expect|tclsh|wish|guile|racket|sbcl|elixir|escript|groovy|scala|kotlin|swift|java|osascript|pwsh|fish|nu|gosh)$/,
    valued: /^(?:-cp|-classpath|-p|-l|-r)$/,
    startsNothing: /^(?:-e|-c|-E|--eval|-jar)$/,
  },
]

/** `bash -n FILE` only reads a file. */
const ONLY_READS = /^-[a-z]*n[a-z]*$/
const IS_TEXT = /^-[a-z]*c[a-z]*$/
const NOTHING: Loaded = {
  script: undefined,
  preloads: [],
  modules: [],
  text: undefined,
  code: undefined,
  readsInput: false,
}

/**
 * @param isFile whether a word names a file of the tree
 * @returns undefined if the program is not an interpreter
 */
export function loadedBy(name: string, args: readonly string[], isFile: (word: string) => boolean): Loaded | undefined {
  if (isShell(name)) return loadedByShell(args)
  if (name === 'source' || name === '.') return { ...NOTHING, script: args[0] }
  const interpreter = INTERPRETERS.find((candidate) => candidate.name.test(name))
  if (!interpreter) return undefined
  if (name.endsWith('awk')) return { ...NOTHING, script: valueOfFile(args) }
  return loadedByInterpreter(interpreter, args, isFile)
}

/** @param readText what a file holds */
export function isShellScript(path: string, readText: (path: string) => string): boolean {
  if (/\.\w+$/.test(basename(path))) return /\.(?:ba|da|k|z)?sh$/.test(path)
  return startsShell(readText(path))
}

function loadedByShell(args: readonly string[]): Loaded {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (IS_TEXT.test(word)) {
      const text = args.slice(at + 1).find((candidate) => !/^[-+]/.test(candidate))
      return { ...NOTHING, text }
    }
    if (ONLY_READS.test(word)) return NOTHING
    if (/^[-+]\w*[oO]$/.test(word) || /^--(?:rcfile|init-file)$/.test(word)) at++
    else if (word === '--') return { ...NOTHING, script: args[at + 1], readsInput: args[at + 1] === undefined }
    else if (word === '-s' || word === '-') return { ...NOTHING, readsInput: true }
    else if (!/^[-+]/.test(word)) return { ...NOTHING, script: word }
  }
  return { ...NOTHING, readsInput: true }
}

/** The script is the first word that names a file and is not the value of an option. */
function loadedByInterpreter(
  { valued, startsNothing, code, preloads, module }: Interpreter,
  args: readonly string[],
  isFile: (word: string) => boolean,
): Loaded {
  const loaded = { ...NOTHING, preloads: preloadsIn(args, preloads) }
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    const isOption = /^[-+]/.test(word)
    if (module?.test(word)) return { ...loaded, ...loadedByModule(word.replace(module, '') || args[at + 1], args) }
    if (startsNothing.test(word.replace(/=[^]*$/, ''))) return { ...loaded, code: codeAt(args, at, code) }
    if (word === '-') return { ...loaded, readsInput: true }
    if (valued.test(word)) at++
    else if (!isOption && isFile(word)) return { ...loaded, script: word }
  }
  return { ...loaded, readsInput: args.every((word) => /^[-+]/.test(word)) }
}

function loadedByModule(name = '', args: readonly string[]): Pick<Loaded, 'modules' | 'script'> {
  return { modules: [name], script: name === 'doctest' ? args.find(isDocument) : undefined }
}

/** A text with tests, which `doctest` runs as it stands. */
function isDocument(word: string): boolean {
  return /\.(?:rst|md|txt|doctest)$/.test(word)
}

function codeAt(args: readonly string[], at: number, code: RegExp | undefined): string | undefined {
  const word = args[at] ?? ''
  const [, option = word, value = args[at + 1]] = /^(--[\w-]+)=([^]*)$/.exec(word) ?? []
  return code?.test(option) ? value : undefined
}

function preloadsIn(args: readonly string[], preloads: RegExp | undefined): string[] {
  if (!preloads) return []
  return args.flatMap((word, at) => {
    const [, option = '', value = ''] = /^(--[\w-]+)=([^]*)$/.exec(word) ?? /^(-[rl])(.+)$/.exec(word) ?? []
    if (preloads.test(option)) return [value]
    return preloads.test(word) ? args.slice(at + 1, at + 2) : []
  })
}

function valueOfFile(args: readonly string[]): string | undefined {
  return [...readArguments(args, (word) => /^-[fvF]$/.test(word))].find(({ option }) => option === '-f')?.value
}
