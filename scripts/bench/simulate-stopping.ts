// Compares ways to stop a loop on generated runs of several shapes: fixed numbers of replies, the rules of lr-loop, and a
// rule that learns from earlier runs when another reply is unlikely to pay. Prints the table of docs/stopping.md.
//
//   npx tsx --conditions=source scripts/bench/simulate-stopping.ts [SEED]
import { type EarlierRun, nextStep, type Round, unlikelyToPass } from '../../packages/stop-rules/src/index.ts'

const RUNS = 2000
const LONGEST = 20

type Random = () => number
/** The scores after each reply; 1 is a pass. */
type Trajectory = readonly number[]
type Stop = (scores: readonly number[]) => boolean

/** mulberry32 */
function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const steps = (next: (round: number, last: number) => number): Trajectory => {
  const scores: number[] = []
  for (let round = 1; round <= LONGEST && scores.at(-1) !== 1; round++) {
    const score = next(round, scores.at(-1) ?? 0.2)
    scores.push(score >= 0.99 ? 1 : Math.max(0, Number(score.toFixed(2))))
  }
  return scores
}

const SHAPES: Readonly<Record<string, (random: Random) => Trajectory>> = {
  fast: (random) => steps(() => (random() < 0.6 ? 1 : 0.3 + random() * 0.4)),
  slow: (random) => {
    const pace = 0.06 + random() * 0.14
    return steps((_round, last) => last + pace + (random() - 0.5) * 0.1)
  },
  plateau: (random) => {
    const level = 0.4 + random() * 0.4
    return steps((round) => (random() < 0.06 ? 1 : Math.min(level, round * 0.25)))
  },
  oscillating: (random) => steps((round) => (random() < 0.1 ? 1 : round % 2 === 0 ? 0.3 : 0.6)),
  hopeless: (random) => {
    const level = random() * 0.3
    return steps(() => Math.max(0, level + (random() - 0.5) * 0.04))
  },
}

function learn(runs: readonly Trajectory[]): Stop {
  const earlier: EarlierRun[] = runs.map((scores) => ({ scores, passed: scores.at(-1) === 1 }))
  return (scores) => unlikelyToPass(scores, earlier) !== undefined
}

function byRules(plateau?: number): Stop {
  return (scores) => {
    const rounds: Round[] = [0.2, ...scores].map((score, index) => ({
      passed: score === 1,
      score,
      tree: String(index),
      failure: `score ${score}`,
      ...(index === 0 ? {} : { reply: { kind: 'changed', declared: false } as const }),
    })) as Round[]
    const usage = { calls: scores.length, tokens: 0, cost: 0 }
    const step = nextStep({ rounds, usage, elapsedMs: 0, custom: undefined }, { iterations: LONGEST, plateau })
    return step.do === 'stop'
  }
}

interface Figures {
  readonly calls: readonly number[]
  readonly passes: readonly number[]
}

function play(runs: readonly Trajectory[], stop: Stop): Figures {
  const ends = runs.map((run) => {
    const at = run.findIndex((score, index) => score === 1 || stop(run.slice(0, index + 1)))
    const end = at < 0 ? run.length - 1 : at
    return { calls: end + 1, passed: run[end] === 1 ? 1 : 0 }
  })
  return { calls: ends.map(({ calls }) => calls), passes: ends.map(({ passed }) => passed) }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
/** Half of the 95 % interval of a mean. */
function halfOf(values: readonly number[]): number {
  const middle = mean(values)
  return 1.96 * Math.sqrt(mean(values.map((value) => (value - middle) ** 2)) / values.length)
}

const random = randomFrom(Number(process.argv[2] ?? 1))
const names = Object.keys(SHAPES)
const make = (count: number) =>
  Array.from({ length: count }, () => SHAPES[names[Math.floor(random() * names.length)] ?? '']?.(random) ?? [])
const runs = make(RUNS)
const rules: Readonly<Record<string, Stop>> = {
  '`-i 20`': () => false,
  ...Object.fromEntries(
    [3, 5, 8, 12].map((count) => [`\`-i ${count}\``, (scores: readonly number[]) => scores.length >= count]),
  ),
  'rules of lr-loop': byRules(),
  '`--plateau 0.02`': byRules(0.02),
  ...Object.fromEntries([20, 100, 200, 400].map((count) => [`\`--learn\`, ${count} runs`, learn(make(count))])),
}
const whole = play(runs, () => false)
console.log(
  '| stop | passes | calls a run | calls saved | passes lost | calls a pass |\n| --- | --- | --- | --- | --- | --- |',
)
for (const [name, stop] of Object.entries(rules)) {
  const { calls, passes } = play(runs, stop)
  const saved = calls.map((count, index) => (whole.calls[index] ?? 0) - count)
  const lost = passes.map((passed, index) => 100 * ((whole.passes[index] ?? 0) - passed))
  const cells = [
    `${(100 * mean(passes)).toFixed(1)} %`,
    mean(calls).toFixed(2),
    `${mean(saved).toFixed(2)} ± ${halfOf(saved).toFixed(2)}`,
    `${mean(lost).toFixed(1)} ± ${halfOf(lost).toFixed(1)} %`,
    (mean(calls) / mean(passes)).toFixed(2),
  ]
  console.log(`| ${name} | ${cells.join(' | ')} |`)
}
