import { readArguments } from './read-arguments.ts'

/** How a program takes the command that it starts. */
interface Wrapper {
  /** Options that take the next word as their value. */
  readonly valued: readonly string[]
  /** How many operands come before the command; words such as `run` count as one. */
  readonly operands?: number
  /** The command follows one of these words, if there is one. */
  readonly verbs?: readonly string[]
  /** An option whose value is text for a shell. */
  readonly text?: readonly string[]
  /** An option whose value is a folder. */
  readonly folder?: readonly string[]
}

const NONE: Wrapper = { valued: [] }

/**
 * Programs that start the command named after them. From the manuals of coreutils, util-linux, findutils, sudo, npm, pnpm,
 * yarn, uv, poetry and bundler.
 */
const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  env: { valued: ['-u', '--unset', '-C', '--chdir'], text: ['-S', '--split-string'], folder: ['-C', '--chdir'] },
  exec: { valued: ['-a'] },
  trap: NONE,
  command: NONE,
  builtin: NONE,
  coproc: NONE,
  eval: NONE,
  nice: { valued: ['-n', '--adjustment'] },
  ionice: { valued: ['-c', '-n', '--class', '--classdata'] },
  chrt: { valued: ['-T', '-P', '-D'], operands: 1 },
  taskset: { valued: [], operands: 1 },
  nohup: NONE,
  setsid: NONE,
  setarch: NONE,
  stdbuf: { valued: ['-i', '-o', '-e', '--input', '--output', '--error'] },
  unbuffer: NONE,
  time: { valued: ['-f', '-o', '--format', '--output'] },
  timeout: { valued: ['-s', '-k', '--signal', '--kill-after'], operands: 1 },
  gtimeout: { valued: ['-s', '-k', '--signal', '--kill-after'], operands: 1 },
  'xvfb-run': { valued: ['-n', '-s', '-e', '-f', '-p', '-w'] },
  'dbus-run-session': NONE,
  catchsegv: NONE,
  chronic: NONE,
  ccache: NONE,
  faketime: { valued: ['-f'], operands: 1 },
  flock: { valued: ['-w', '-E', '--timeout'], operands: 1, text: ['-c', '--command'] },
  prlimit: { valued: [] },
  choom: { valued: ['-n', '-p'] },
  numactl: { valued: [] },
  unshare: { valued: [] },
  strace: { valued: ['-e', '-o', '-s', '-E', '-u', '-P', '-a', '-I'] },
  ltrace: { valued: ['-e', '-o', '-s', '-a', '-u'] },
  valgrind: NONE,
  rlwrap: { valued: [] },
  sudo: { valued: ['-u', '-g', '-h', '-p', '-C', '-D', '-T', '-U', '-r', '-t'], folder: ['-D'] },
  doas: { valued: ['-u', '-C'] },
  su: { valued: ['-s', '-g'], text: ['-c', '--command'] },
  runuser: { valued: ['-u', '-g', '-s'], text: ['-c', '--command'] },
  gosu: { valued: [], operands: 1 },
  script: { valued: ['-O', '-I', '-B', '-T', '-m', '-E'], text: ['-c', '--command', '-qc', '-qec', '-ec', '-qefc'] },
  watch: { valued: ['-n', '--interval'] },
  busybox: NONE,
  xargs: { valued: ['-n', '-I', '-P', '-d', '-L', '-s', '-a', '-E', '--max-args', '--max-procs', '--replace'] },
  parallel: { valued: ['-j', '-n', '-N', '-a', '-I', '--jobs', '--arg-file', '--colsep'] },
  npx: { valued: ['-p', '--package', '-w', '--workspace'], text: ['-c', '--call'] },
  bunx: NONE,
  pnpx: NONE,
  npm: { valued: ['--prefix', '-C', '-w', '--workspace'], verbs: ['exec', 'x'], text: ['-c', '--call'] },
  pnpm: { valued: ['-C', '--dir', '--filter', '-F'], verbs: ['exec', 'dlx'], folder: ['-C', '--dir'] },
  yarn: { valued: ['--cwd'], verbs: ['exec', 'dlx'], folder: ['--cwd'] },
  corepack: NONE,
  uv: {
    valued: ['--with', '-p', '--python', '--directory', '--project', '--extra', '--group'],
    verbs: ['run'],
    folder: ['--directory'],
  },
  uvx: { valued: ['--with', '--from'] },
  poetry: { valued: ['-C', '--directory', '-P'], verbs: ['run'], folder: ['-C', '--directory'] },
  pdm: { valued: ['-p'], verbs: ['run'], folder: ['-p'] },
  pipenv: { valued: [], verbs: ['run'] },
  hatch: { valued: ['-e'], verbs: ['run'] },
  rye: { valued: [], verbs: ['run'] },
  pixi: { valued: ['-e'], verbs: ['run'] },
  conda: { valued: ['-n', '-p', '--name', '--prefix', '--cwd'], verbs: ['run'], folder: ['--cwd'] },
  bundle: { valued: [], verbs: ['exec'] },
  composer: { valued: ['-d'], verbs: ['exec'], folder: ['-d'] },
  'cross-env': NONE,
  'cross-env-shell': NONE,
  dotenv: { valued: ['-e', '-f', '-v'] },
  c8: { valued: ['-r', '--reporter', '-o', '-x', '-n', '--temp-directory'] },
  nyc: { valued: ['-r', '--reporter', '-x', '-n', '--report-dir'] },
  mise: { valued: [], verbs: ['exec', 'x'] },
  direnv: { valued: [], verbs: ['exec'], operands: 1 },
  nix: { valued: [], verbs: ['develop', 'shell', 'run'], text: ['-c', '--command'] },
  'nix-shell': { valued: ['-p'], text: ['--run', '--command'] },
}

/** What a wrapper starts: words, or text for a shell, in a folder relative to where the wrapper runs. */
export type Wrapped =
  | { readonly words: readonly string[]; readonly folder: string }
  | { readonly text: string; readonly folder: string }

/** Programs whose command is text for a shell if it is given as one word. */
const JOINS_WORDS = /^(?:eval|watch|parallel|cross-env-shell)$/

/** @returns undefined if the program is not a wrapper, or wraps nothing in this use */
export function unwrap(name: string, args: readonly string[]): Wrapped | undefined {
  const wrapper = wrapperOf(name)
  if (!wrapper) return undefined
  const { valued, text = [], folder: folders = [] } = wrapper
  const takesValue = new Set([...valued, ...text, ...folders])
  const operands: { readonly value: string; readonly at: number }[] = []
  let folder = '.'
  for (const { option, value, at } of readArguments(args, (word) => takesValue.has(word))) {
    if (option !== undefined && text.includes(option)) return { text: value, folder }
    if (option === undefined) operands.push({ value, at })
    else if (folders.includes(option)) folder = value
    const start = option === undefined ? startAt(wrapper, operands) : undefined
    if (start === 'none') return undefined
    if (start !== undefined) return endOf(name, args.slice(start), folder)
  }
  return undefined
}

function wrapperOf(name: string): Wrapper | undefined {
  return Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined
}

/** Where the command begins, once the operands reach so far; `none` if another verb than those of the wrapper is there. */
function startAt(
  { operands: count = 0, verbs }: Wrapper,
  operands: readonly { readonly value: string; readonly at: number }[],
): number | 'none' | undefined {
  if (verbs && !verbs.includes(operands[0]?.value ?? '')) return 'none'
  const own = count + (verbs ? 1 : 0)
  return operands.slice(own).find(({ value }) => !/^\w+=/.test(value))?.at
}

function endOf(name: string, all: readonly string[], folder: string): Wrapped {
  if (name === 'trap') return { text: all[0] ?? '', folder }
  // What comes after it is for the command's places.
  const list = name === 'parallel' ? all.indexOf(':::') : -1
  const words = list < 0 ? all : all.slice(0, list)
  return JOINS_WORDS.test(name) ? { text: words.join(' '), folder } : { words, folder }
}
