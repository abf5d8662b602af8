import { spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

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
export function run(
  program: string,
  args: readonly string[],
  { cwd, stdin = '', env = {} }: RunOptions = {},
): Promise<Ran> {
  const file = program.startsWith('lr-') ? join(BIN, program) : program
  const child = spawn(file, args, { cwd, env: { ...bareEnvironment(), ...env } })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString()
      const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
        SIGHUP: 1,
        SIGINT: 2,
        SIGKILL: 9,
        SIGPIPE: 13,
        SIGTERM: 15,
      }
      const status = code ?? 128 + (signal === null ? 0 : (signalNumbers[signal] ?? 0))
      resolve({ status, stdout: text(stdout), stderr: text(stderr) })
    })
  })
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
    PATH: `${BIN}:${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    LANG: 'C.UTF-8',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.invalid',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.invalid',
    GIT_CONFIG_NOSYSTEM: '1',
  }
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

/** Whether a program is on PATH; tests that need one say visibly when they skip. */
export function hasProgram(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
