import type { FileView } from './file-view.ts'
import { readArguments } from './read-arguments.ts'

/** What a package manager runs: the files that say so, and text for a shell. */
export interface PackageScripts {
  readonly folder: string
  readonly files: readonly string[]
  readonly texts: readonly string[]
}

/** Commands of npm, pnpm and yarn that install, and the scripts of package.json that run then. */
const INSTALLS = /^(?:install|i|add|ci|clean-install|install-test|it|cit|rebuild)$/
const ON_INSTALL = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare']
/** Commands of their own that run scripts of package.json. */
const SCRIPT_COMMANDS = /^(?:test|t|tst|start|stop|restart)$/
const FOLDER = /^(?:--prefix|--cwd|--dir|-C|--directory|-d|--working-dir)$/
const VALUED = /^(?:-w|--workspace|--filter|-F|--reporter)$/

/** @returns undefined if the program runs no scripts of a file of the tree */
export function packageScripts(
  name: string,
  args: readonly string[],
  start: string,
  files: FileView,
): PackageScripts | undefined {
  const words = args.filter((word) => !word.startsWith('-'))
  const here = { folder: start, files }
  if (/^(?:npm|pnpm|yarn|bun)$/.test(name)) return managedScripts(name, args, start, files)
  if (name === 'node') return scriptsOf('package.json', scriptOfNode(args), [], here)
  if (/^(?:npm-run-all|run-s|run-p)$/.test(name)) return scriptsOf('package.json', words, [], here)
  if (name === 'concurrently') return { folder: start, files: [], texts: words.map(asCommand) }
  if (name === 'composer') {
    return scriptsOf('composer.json', words.filter((word) => !/^run(?:-script)?$/.test(word)).slice(0, 1), [], here)
  }
  if (name === 'deno')
    return args[0] === 'task' ? scriptsOf('deno.json', args.slice(1, 2), args.slice(2), here) : undefined
  if (name === 'just') return { folder: start, ...linesOf(['justfile', '.justfile', 'Justfile'], here, RECIPE_OF_JUST) }
  const isTask = name === 'task' || name === 'go-task'
  return isTask ? { folder: start, ...linesOf(TASKFILES, here, COMMAND_OF_TASK) } : undefined
}

/** `npm:build` of concurrently is a script of package.json. */
function asCommand(text: string): string {
  return text.replace(/^(?:npm|pnpm|yarn):/, 'npm run ')
}

function scriptOfNode(args: readonly string[]): string[] {
  return [...readArguments(args, (word) => word === '--run')].flatMap(({ option, value }) =>
    option === '--run' ? [value] : [],
  )
}

function managedScripts(
  name: string,
  args: readonly string[],
  start: string,
  files: FileView,
): PackageScripts | undefined {
  const { words, folder } = wordsOf(args, start, files)
  const [first = name === 'yarn' ? 'install' : '', second = ''] = words
  const here = { folder, files }
  if (INSTALLS.test(first)) return scriptsOf('package.json', scriptsOnInstall(first), [], here)
  if (/^(?:run|run-script|rum|urn)$/.test(first)) return scriptsOf('package.json', [second], words.slice(2), here)
  const isShort = first === 't' || first === 'tst'
  // Without "run" npm has commands of its own by most names; "bun test" is bun's test runner.
  const isScript = name === 'npm' ? SCRIPT_COMMANDS.test(first) : !(name === 'bun' && first === 'test')
  return isScript ? scriptsOf('package.json', [isShort ? 'test' : first], words.slice(1), here) : undefined
}

function scriptsOnInstall(command: string): string[] {
  return [...ON_INSTALL, ...(/^(?:install-test|it|cit)$/.test(command) ? ['test'] : [])]
}

function wordsOf(args: readonly string[], start: string, files: FileView) {
  const words: string[] = []
  let folder = start
  for (const { option, value } of readArguments(args, (word) => FOLDER.test(word) || VALUED.test(word))) {
    if (option === undefined) words.push(value)
    else if (FOLDER.test(option)) folder = files.inside(folder, value) ?? folder
  }
  return { words, folder }
}

/** The scripts of these names with those that run before and after them; `a:*` is every script whose name starts so. */
function scriptsOf(
  file: string,
  names: readonly string[],
  given: readonly string[],
  { folder, files }: { readonly folder: string; readonly files: FileView },
): PackageScripts | undefined {
  const path = files.inside(folder, file) ?? ''
  const scripts = scriptsIn(files.readText(path))
  const all = names.flatMap((name) =>
    name.endsWith('*') ? Object.keys(scripts).filter((key) => key.startsWith(name.slice(0, -1))) : [name],
  )
  const texts = all.flatMap((name) =>
    [`pre${name}`, name, `post${name}`].flatMap((key) => {
      const text = Object.hasOwn(scripts, key) ? scripts[key] : undefined
      if (text === undefined) return []
      return [key === name ? [text, ...given].join(' ') : text]
    }),
  )
  if (texts.length === 0 && !names.includes('start')) return undefined
  // What npm runs without a start script.
  return { folder, files: files.isFile(path) ? [path] : [], texts: texts.length > 0 ? texts : ['node server.js'] }
}

function scriptsIn(text: string): Readonly<Record<string, string>> {
  try {
    const { scripts, tasks } = JSON.parse(text) as Record<string, unknown>
    const entries = Object.entries({ ...asObject(scripts), ...asObject(tasks) })
    // composer takes lists, and `@name` for another script.
    return Object.fromEntries(
      entries.map(([key, value]) => [
        key,
        [value]
          .flat()
          .filter((line) => typeof line === 'string')
          .join('\n'),
      ]),
    )
  } catch {
    return {}
  }
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

const TASKFILES = ['Taskfile.yml', 'taskfile.yml', 'Taskfile.yaml', 'taskfile.yaml', 'Taskfile.dist.yml']
const RECIPE_OF_JUST = /^\s+[@-]*(\S.*)$/
/** `- COMMAND`, `cmd: COMMAND`, `name: COMMAND` of a task without more, and the lines of `cmd: |`. */
const COMMAND_OF_TASK = /^\s+(?:-\s+)?(?:[\w.:-]+:\s+)?(?!\w+:|[|>]-?$)["']?(.+?)["']?\s*$/

/** All recipes: which one runs is not worth a parser. */
function linesOf(
  names: readonly string[],
  { folder, files }: { readonly folder: string; readonly files: FileView },
  line: RegExp,
): Pick<PackageScripts, 'files' | 'texts'> {
  const paths = names.map((name) => files.inside(folder, name) ?? '')
  const path = paths.find((candidate) => files.isFile(candidate))
  if (path === undefined) return { files: [], texts: [] }
  const lines = files.readText(path).split(/\r?\n/)
  return { files: [path], texts: lines.flatMap((text) => line.exec(text)?.[1] ?? []) }
}
