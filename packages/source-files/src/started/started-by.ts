import { basename, dirname, join } from 'node:path'
import { makeFileView, type FileView } from './file-view.ts'
import { loadedBy, type Loaded } from './interpreters.ts'
import { readMakefile } from './makefile.ts'
import { packageScripts } from './package-scripts.ts'
import { parseShellText, type ShellCommand } from './shell-text.ts'
import { unwrap } from './wrappers.ts'

/** A command that a command line comes to, without what only starts it. */
export interface StartedCommand {
  readonly words: readonly string[]
  /** Where it runs, relative to the working directory. */
  readonly folder: string
}

/** What a command line starts, as far as it can be read without running it. All paths are relative to the working directory. */
export interface Started {
  /**
   * The scripts and modules that it starts and whose exit code counts: a program whose output another command or a test
   * compares is what is checked, not what checks.
   */
  readonly scripts: readonly string[]
  /** The files that say what is started: makefiles with what they include, package.json. */
  readonly orders: readonly string[]
  /** Paths and patterns of files that would be read as orders if they were there. */
  readonly awaited: readonly string[]
  readonly commands: readonly StartedCommand[]
  /** Texts for a shell on the command line and in recipes. */
  readonly texts: readonly string[]
}

const PRELOAD_ENDINGS = ['', '.js', '.cjs', '.mjs', '.ts', '.rb', '.lua']

/** Commands may start commands that start them. */
const MOST_DEPTH = 12

interface Place {
  readonly folder: string
  readonly depth: number
  /** Folders that PATH was set to. */
  readonly path: readonly string[]
  /** Whether the exit code counts. */
  readonly counts: boolean
}

/** @param command its words; @param start the folder where it runs, relative to `cwd` */
export function startedBy(command: readonly string[], cwd: string, start = '.'): Started {
  return new Reader(makeFileView(cwd)).read(command, start)
}

class Reader {
  readonly #files: FileView
  readonly #scripts = new Set<string>()
  readonly #orders = new Set<string>()
  readonly #awaited = new Set<string>()
  readonly #commands: StartedCommand[] = []
  readonly #texts: string[] = []

  constructor(files: FileView) {
    this.#files = files
  }

  read(command: readonly string[], folder: string): Started {
    this.#visit(command, { folder, depth: 0, path: [], counts: true }, undefined)
    return {
      scripts: [...this.#scripts],
      orders: [...this.#orders],
      awaited: [...this.#awaited],
      commands: this.#commands,
      texts: this.#texts,
    }
  }

  #visit(words: readonly string[], place: Place, shell: ShellCommand | undefined): void {
    const first = words.findIndex((word) => !/^\w+=/.test(word))
    if (first < 0 || place.depth > MOST_DEPTH) return
    const [program = '', ...args] = words.slice(first)
    const name = basename(program)
    const inner = { ...this.#withPath(words.slice(0, first), place), depth: place.depth + 1 }
    const wrapped = unwrap(name, args)
    if (wrapped) {
      const variables = args.filter((word) => word.startsWith('PATH='))
      const folder = this.#files.inside(inner.folder, wrapped.folder) ?? inner.folder
      const there = { ...this.#withPath(variables, inner), folder }
      if ('text' in wrapped) this.#visitText(wrapped.text, there)
      else this.#visit(wrapped.words, there, shell)
    } else this.#visitProgram(program, args, inner, shell)
  }

  #visitProgram(program: string, args: readonly string[], place: Place, shell: ShellCommand | undefined): void {
    const name = basename(program)
    this.#commands.push({ words: [program, ...args], folder: place.folder })
    if (/^(?:g|b|p)?make$/.test(name)) return this.#visitMake(args, place)
    if (name === 'find') return this.#visitFind(args, place)
    const scripts = packageScripts(name, args, place.folder, this.#files)
    if (scripts) {
      for (const file of scripts.files) this.#orders.add(file)
      for (const text of scripts.texts) this.#visitText(text, { ...place, folder: scripts.folder })
      return
    }
    if (program === '{}' && shell) this.#visitInput(shell, place)
    else if (program.includes('/')) this.#add(program, place)
    else for (const folder of place.path) this.#addFile(join(folder, program), place)
    const loaded = loadedBy(name, args, (word) => this.#isFile(word, place))
    if (loaded) this.#visitLoaded(loaded, place, shell)
    else if (/^(?:run-parts|go|cargo|bats|prove)$/.test(name)) this.#visitRunner(name, args, place)
  }

  #visitLoaded(loaded: Loaded, place: Place, shell: ShellCommand | undefined): void {
    const { script, preloads, modules, text, readsInput } = loaded
    for (const preload of preloads) this.#addModule(preload, PRELOAD_ENDINGS, place)
    for (const module of modules) this.#addPythonModule(module, place)
    if (text !== undefined) this.#visitText(text, place)
    if (script !== undefined) {
      for (const path of this.#files.expand(this.#files.inside(place.folder, script) ?? '')) this.#addFile(path, place)
    }
    // `xargs -I{} sh {}`
    if (shell && (readsInput || script === '{}')) this.#visitInput(shell, place)
  }

  /** A script that comes by standard input: `sh < FILE`, `cat FILE | sh`, `echo FILE | xargs sh`. */
  #visitInput(shell: ShellCommand, place: Place): void {
    if (shell.input !== undefined) this.#add(shell.input, place)
    if (shell.document !== undefined) this.#visitText(shell.document, place)
    for (let source = shell.source; source; source = source.source) {
      for (const word of [...source.words.slice(1), source.input ?? '']) {
        if (this.#isFile(word, place)) this.#add(word, place)
      }
    }
  }

  #visitText(text: string, place: Place): void {
    this.#texts.push(text)
    const { commands, variables } = parseShellText(text, (word) => this.#expandWord(word, place))
    let here = this.#withPath(variables.get('PATH')?.map((value) => `PATH=${value}`) ?? [], place)
    for (const [index, command] of commands.entries()) {
      const words = command.words.flatMap((word) => this.#expandWord(word, here))
      if (words[0] === 'cd' || words[0] === 'pushd') {
        here = { ...here, folder: this.#files.inside(here.folder, words.at(-1) ?? '') ?? here.folder }
      } else {
        this.#visit(words, { ...here, counts: here.counts && counts(command, commands.slice(index + 1)) }, command)
      }
    }
  }

  #visitMake(args: readonly string[], place: Place): void {
    const { folder, files, awaited, recipes } = readMakefile(args, place.folder, this.#files)
    for (const file of files) this.#orders.add(file)
    for (const pattern of awaited) this.#awaited.add(pattern)
    for (const recipe of recipes) this.#visitText(recipe, { ...place, folder })
  }

  /** `find … -exec COMMAND ;` */
  #visitFind(args: readonly string[], place: Place): void {
    const at = args.findIndex((word) => /^-(?:exec|execdir|ok)$/.test(word))
    if (at >= 0)
      this.#visit(
        args.slice(at + 1).filter((word) => !/^(?:\{\}|;|\+)$/.test(word)),
        place,
        undefined,
      )
  }

  #visitRunner(name: string, args: readonly string[], place: Place): void {
    const operands = args.filter((word) => !word.startsWith('-'))
    const runs = name === 'go' ? operands[0] === 'run' : name !== 'cargo'
    for (const word of runs ? operands : []) {
      const path = this.#files.inside(place.folder, word) ?? ''
      const all = name === 'run-parts' ? this.#files.expand(`${path}/*`) : [path]
      for (const file of all) this.#addFile(file, place)
    }
  }

  /** A program named by a path need not be there yet. */
  #add(word: string, place: Place): void {
    const path = this.#files.inside(place.folder, word)
    if (path !== undefined && path !== '.' && place.counts) this.#scripts.add(path)
  }

  #addFile(path: string, place: Place): void {
    if (place.counts && this.#files.isFile(path)) this.#scripts.add(path)
  }

  #addModule(name: string, endings: readonly string[], place: Place): void {
    const path = this.#files.inside(place.folder, name)
    for (const ending of path === undefined ? [] : endings)
      this.#addFile(`${path}${ending}`, { ...place, counts: true })
  }

  #addPythonModule(name: string, place: Place): void {
    const path = name.replaceAll('.', '/')
    this.#addModule(path, ['.py', '/__main__.py', '/__init__.py'], place)
    for (const root of ['src']) this.#addModule(join(root, path), ['.py', '/__main__.py', '/__init__.py'], place)
  }

  #isFile(word: string, { folder }: Place): boolean {
    const path = this.#files.inside(folder, word)
    return path !== undefined && this.#files.isFile(path)
  }

  #expandWord(word: string, { folder }: Place): string[] {
    if (!/[*?[]/.test(word) || word.startsWith('/')) return [word]
    const found = this.#files.expand(join(folder, word)).filter((path) => this.#files.isFile(path))
    const prefix = folder === '.' ? '' : `${folder}/`
    return found.length === 0 ? [word] : found.map((path) => `./${path.slice(prefix.length)}`)
  }

  #withPath(assignments: readonly string[], place: Place): Place {
    const value = assignments.findLast((word) => word.startsWith('PATH='))?.slice('PATH='.length)
    if (value === undefined) return place
    const folders = value.split(':').flatMap((word) => this.#files.inside(place.folder, word || '.') ?? [])
    return { ...place, path: [...folders, ...place.path] }
  }
}

/** Programs that only pass on what they read. */
const PASSES_ON = /^(?:tee|cat|head|tail|less|more|ts|nl|tap-[\w-]+|faucet|pino-pretty)$/

/** Whether the exit code of a command decides what its text comes to, and not what it printed. */
function counts(command: ShellCommand, later: readonly ShellCommand[]): boolean {
  const { words, sink, output, isSubstituted } = command
  if (isSubstituted) return false
  if (sink && !PASSES_ON.test(basename(sink.words[0] ?? ''))) return false
  const isRead = (word: string | undefined) =>
    word !== undefined && output !== undefined && basename(word) === basename(output)
  if (output !== undefined && later.some((other) => [...other.words, other.input].some(isRead))) return false
  // Functions of a file that is read in are what the commands after it test.
  if (words[0] !== 'source' && words[0] !== '.') return true
  return later.every((other) => other.words.some((word) => dirname(word) !== '.' || /\.\w+$/.test(word)))
}
