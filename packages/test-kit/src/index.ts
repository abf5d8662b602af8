import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { constants as system, tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { execa, execaSync } from 'execa'

export { LAZY_FETCHES, makePartialClone, type PartialClone } from './partial-clone.ts'
export { sampleOf, TRIES_ALL } from './sample-of.ts'

/** The launchers: `bin/` of the checkout. */
export const BIN = fileURLToPath(new URL('../../../bin', import.meta.url))

/** What a real process printed and how it ended. */
export interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly stdin?: string | Buffer
  /** Added to a bare environment: `PATH` with bin/ first, an empty home. */
  readonly env?: Readonly<Record<string, string>>
}

/** Runs one of our programs, as built, through its launcher; any other by its name on PATH. Ended by signal n is status 128+n. */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, stdin = '', env = {} }: RunOptions = {},
): Promise<Ran> {
  const file = program.startsWith('lr-') ? join(BIN, program) : program
  const { exitCode, signal, code, stdout, stderr } = await execa(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...bareEnvironment(), ...env },
    extendEnv: false,
    input: stdin,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: Infinity,
  })
  if (exitCode === undefined && signal === undefined) throw new Error(`${file}: not started: ${code}`)
  return { status: exitCode ?? 128 + system.signals[signal as NodeJS.Signals], stdout, stderr }
}

/** Runs a line of bash with bin/ first on PATH. */
export function bash(script: string, options: RunOptions = {}): Promise<Ran> {
  return run('bash', ['-c', script], options)
}

/** What a child of a test sees: nothing of the developer's own settings. */
export function bareEnvironment(): Record<string, string> {
  const home = join(tmpdir(), 'lr-test-home')
  mkdirSync(home, { recursive: true })
  return {
    PATH: `${BIN}:${pathWithNode()}`,
    HOME: home,
    LANG: 'C.UTF-8',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.invalid',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.invalid',
    GIT_CONFIG_NOSYSTEM: '1',
  }
}

/**
 * PATH on which this Node comes first. Its folder is added only if needed: other programs there would hide those of PATH.
 * Without relative folders, which `pnpm exec` adds: they would name programs of the folder under test.
 */
function pathWithNode(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
  const path = folders.join(delimiter)
  const first = folders.find((folder) => existsSync(join(folder, 'node')))
  const isThisNode = first !== undefined && realpathSync(join(first, 'node')) === realpathSync(process.execPath)
  return isThisNode ? path : `${dirname(process.execPath)}:${path}`
}

/** A fresh folder with these files; `using` removes it. */
export function tempFolder(
  files: Readonly<Record<string, string | Buffer>> = {},
): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'lr-test-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), content)
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/**
 * Whether a program is on PATH; tests that need one say visibly when they skip. `python3 -m NAME` asks the Python that
 * tests run, since a program NAME on PATH may belong to another.
 */
export function hasProgram(name: string): boolean {
  const [program = '', ...args] = name.split(' ')
  if (args.length > 0) {
    return (
      execaSync(program, [...args, '--version'], { env: bareEnvironment(), extendEnv: false, reject: false })
        .exitCode === 0
    )
  }
  return (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
