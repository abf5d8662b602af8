import { execaSync } from 'execa'

/** What one run of a command took. */
export interface Cost {
  readonly cpuSeconds: number
  readonly wallSeconds: number
}

/**
 * Runs shell commands in turns, in a new random order each round, and gives the median of each.
 *
 * @param repeat how often a command runs within one measurement: more for short ones
 */
export function measure<const Name extends string>(
  commands: Readonly<Record<Name, string>>,
  { rounds, repeat, cwd }: { rounds: number; repeat: number; cwd?: string },
): Record<Name, Cost> {
  const names = Object.keys(commands) as Name[]
  const costs = Object.fromEntries(names.map((name) => [name, [] as Cost[]])) as Record<Name, Cost[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of shuffled(names)) costs[name].push(runOnce(commands[name], repeat, cwd))
  }
  return Object.fromEntries(names.map((name) => [name, medianOf(costs[name])])) as Record<Name, Cost>
}

/** Node 20 parses NODE_EXTRA_CA_CERTS at every start; figures are taken without it. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'NODE_EXTRA_CA_CERTS' && name !== 'NODE_OPTIONS'),
  )
}

function runOnce(command: string, repeat: number, cwd: string | undefined): Cost {
  // Status 1 is an answer (nothing to do, a check that fails); more is a command that does not do what is measured.
  const loop = `for ((i = 0; i < ${repeat}; i++)); do ${command} || [ $? -le 1 ] || exit 9; done > /dev/null 2> /dev/null`
  const { stdout } = execaSync('bash', ['-c', `{ TIMEFORMAT='%3U %3S %3R'; time ${loop}; } 2>&1`], {
    env: cleanEnvironment(),
    extendEnv: false,
    stdin: 'ignore',
    stderr: 'inherit',
    ...(cwd === undefined ? {} : { cwd }),
  })
  const [user = 0, system = 0, wall = 0] = stdout.split(' ').map(Number)
  return { cpuSeconds: (user + system) / repeat, wallSeconds: wall / repeat }
}

function medianOf(costs: readonly Cost[]): Cost {
  const median = (pick: (cost: Cost) => number) =>
    costs.map(pick).sort((left, right) => left - right)[costs.length >> 1] ?? 0
  return { cpuSeconds: median((cost) => cost.cpuSeconds), wallSeconds: median((cost) => cost.wallSeconds) }
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item)
}
