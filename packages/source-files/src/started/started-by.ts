import { basename, join } from 'node:path'
import { readCode } from './code-text.ts'
import { counts } from './counts.ts'
import { makeFileView, type FileView } from './file-view.ts'
import { isShellScript, loadedBy, type Loaded } from './interpreters.ts'
import { expandIn, foundBy, listedFiles, listGiven, readShellText, runFiles } from './listed-files.ts'
import { readMakefile } from './makefile.ts'
import { packageScripts } from './package-scripts.ts'
import { type Place, withPath } from './place.ts'
import type { ShellCommand } from './shell-text.ts'
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
  /** Texts for a shell: on the command line, in recipes and in scripts. */
  readonly texts: readonly string[]
}

const PRELOAD_ENDINGS = ['', '.js', '.cjs', '.mjs', '.ts', '.rb', '.lua']
/** A file that code loads; one without an ending is code, too. */
const CODE_ENDINGS = ['', '.js', '.cjs', '.mjs', '.ts', '.rb', '.pm', '.lua', '/index.js', '/index.ts']
/** A larger script is no check script. */
const MOST_TEXT = 1 << 18
/** So many files of `find -exec` are looked at. */
const MOST_FOUND = 200

/** Commands may start commands that start them. */
const MOST_DEPTH = 12

/** @param command its words; @param start the folder where it runs, relative to `cwd` */
export function startedBy(command: readonly string[], cwd: string, start = '.'): Started {
  return new Reader(makeFileView(cwd)).read(command, start)
}

class Reader {
  readonly #files: FileView
  /** Scripts whose text was read. */
  readonly #read = new Set<string>()
  readonly #scripts = new Set<string>()
  readonly #orders = new Set<string>()
  readonly #awaited = new Set<string>()
  readonly #commands: StartedCommand[] = []
  readonly #texts: string[] = []

  constructor(files: FileView) {
    this.#files = files
  }

  read(command: readonly string[], folder: string): Started {
    this.#visit(command, { folder, depth: 0, path: [], modules: ['.', 'src', 'lib'], counts: true }, undefined)
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
    const inner = { ...withPath(words.slice(0, first), place, this.#files), depth: place.depth + 1 }
    const wrapped = unwrap(name, args)
    if (wrapped) {
      const variables = args.filter((word) => /^(?:PYTHON)?PATH=/.test(word))
      const folder = this.#files.inside(inner.folder, wrapped.folder) ?? inner.folder
      const there = { ...withPath(variables, inner, this.#files), folder }
      const given = listGiven(name, args) ?? shell
      if ('text' in wrapped) this.#visitText(wrapped.text, there, given)
      else this.#visit(wrapped.words, there, given)
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
    this.#addProgram(program, place, shell)
    const loaded = loadedBy(name, args, (word) => this.#isFile(word, place))
    if (loaded) this.#visitLoaded(loaded, place, shell)
    else for (const file of runFiles(name, args, place.folder, this.#files)) this.#addFile(file, place)
  }

  #addProgram(program: string, place: Place, shell: ShellCommand | undefined): void {
    if (program === '{}' && shell) this.#visitInput(shell, place)
    else if (program.includes('/')) this.#add(program, place)
    else for (const folder of place.path) this.#addFile(join(folder, program), place)
  }

  #visitLoaded(loaded: Loaded, place: Place, shell: ShellCommand | undefined): void {
    const { script, preloads, modules, text, code, readsInput } = loaded
    for (const preload of preloads) this.#addModule(preload, PRELOAD_ENDINGS, place)
    for (const module of modules) this.#addPythonModule(module, place)
    if (text !== undefined) this.#visitText(text, place)
    if (code !== undefined) this.#visitCode(code, place)
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
      const listed = listedFiles(source.words, place.folder, this.#files)
      for (const word of [...source.words.slice(1), source.input ?? '', ...listed]) {
        if (this.#isFile(word, place)) this.#add(word, place)
      }
    }
  }

  #visitCode(code: string, place: Place): void {
    const { modules, folders, files, texts } = readCode(code)
    const here = { ...place, modules: [...folders, ...place.modules] }
    for (const module of modules) this.#addPythonModule(module, here)
    for (const file of files) this.#addModule(file, CODE_ENDINGS, here)
    for (const text of texts) this.#visitText(text, here)
  }

  #visitScript(path: string, place: Place): void {
    if (this.#read.has(path) || place.depth > MOST_DEPTH) return
    this.#read.add(path)
    const text = this.#files.readText(path)
    if (text.length <= MOST_TEXT) this.#visitText(text, { ...place, script: path, depth: place.depth + 1 })
  }

  /** @param given whose input the text has */
  #visitText(text: string, place: Place, given?: ShellCommand): void {
    this.#texts.push(text)
    const { commands, paths } = readShellText(text, place, this.#files)
    let outer = withPath(paths, place, this.#files)
    let here = outer
    for (const [index, command] of commands.entries()) {
      // What `cd` does in `$(…)` ends with it.
      if (!command.isSubstituted) here = outer
      const words = command.words.flatMap((word) => expandIn(word, here.folder, this.#files))
      if (words[0] === 'cd' || words[0] === 'pushd') {
        here = { ...here, folder: this.#files.inside(here.folder, words.at(-1) ?? '') ?? here.folder }
        if (!command.isSubstituted) outer = here
      } else {
        const source = command.source ?? given?.source
        const there = { ...here, counts: here.counts && counts(command, commands.slice(index + 1)) }
        this.#visit(words, there, { ...command, source })
      }
    }
  }

  #visitMake(args: readonly string[], place: Place): void {
    const { folder, files, awaited, recipes } = readMakefile(args, place.folder, this.#files)
    for (const file of files) this.#orders.add(file)
    for (const pattern of awaited) this.#awaited.add(pattern)
    for (const recipe of recipes) this.#visitText(recipe, { ...place, folder })
  }

  /** `find … -exec COMMAND ;`, once for each file that it finds. */
  #visitFind(args: readonly string[], place: Place): void {
    const at = args.findIndex((word) => /^-(?:exec|execdir|ok|okdir)$/.test(word))
    if (at < 0) return
    const end = args.findIndex((word, index) => index > at && /^[;+]$/.test(word))
    const command = args.slice(at + 1, end < 0 ? args.length : end)
    const found = foundBy(args.slice(0, at), place.folder, this.#files).slice(0, MOST_FOUND)
    for (const file of found.length > 0 ? found : ['{}']) {
      const words = command.map((word) => word.replaceAll('{}', file.includes('/') ? file : `./${file}`))
      this.#visit(words, place, undefined)
    }
  }

  /** A program named by a path need not be there yet. */
  #add(word: string, place: Place): void {
    const path = this.#files.inside(place.folder, word)
    if (path === undefined || path === '.') return
    if (this.#files.isFile(path)) this.#addFile(path, place)
    else if (place.counts && place.script === undefined) this.#scripts.add(path)
  }

  #addFile(path: string, place: Place): void {
    if (!place.counts || !this.#files.isFile(path)) return
    if (place.script === undefined) this.#scripts.add(path)
    if (isShellScript(path, this.#files.readText)) this.#visitScript(path, place)
  }

  #addModule(name: string, endings: readonly string[], place: Place): void {
    const path = this.#files.inside(place.folder, name)
    for (const ending of path === undefined ? [] : endings) this.#addFile(`${path}${ending}`, place)
  }

  #addPythonModule(name: string, place: Place): void {
    const path = name.replaceAll('.', '/')
    for (const root of new Set(place.modules)) {
      this.#addModule(join(root, path), ['.py', '/__main__.py', '/__init__.py'], place)
    }
  }

  #isFile(word: string, { folder }: Place): boolean {
    const path = this.#files.inside(folder, word)
    return path !== undefined && this.#files.isFile(path)
  }
}
