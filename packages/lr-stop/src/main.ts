import { defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { bestRound, nextStep, unlikelyToPass } from '@loop-runner/stop-rules'
import { OPTIONS, type Options } from './options.ts'
import { readEarlierRuns } from './read-runs.ts'
import { type History, readRounds } from './read-rounds.ts'

export const main = defineCommand({
  usage: '[options] < ROUNDS',
  summary: 'Decide whether a loop stops, by the rules of lr-loop.',
  options: OPTIONS,
  operands: { max: 0 },
  details: `
Standard input is one JSON object per round, oldest first: "score" (0 to 1) or
"passed" (true, false), and optionally "reply" (changed, unchanged, rejected,
nothing, asked, blocked, incomplete), "declared", "tree" or "output", "failure",
"seconds", "tokens", "cost". lr-loop writes such objects to --stop-command.

Prints the reason if the loop should stop, the first of these that applies:
passed, blocked, declared, no-new-versions, identical, oscillating, incomplete,
plateau, stalled, iterations, timeout, budget, unlikely. "unlikely" requires
--learn and at least 20 earlier runs that were in a similar state (round, score,
change): the chance of a pass is below 5 %. Its figures are on standard error.

Exit codes: 0 stop · 1 continue · 2 invalid usage, or a line that is not a round

  until lr-stop --threshold 0.8 -i 5 < rounds.jsonl; do …; done
`,
  async run({ options }, io) {
    const text = (await io.stdin.bytes()).toString('utf8')
    const history = readRounds(text, { threshold: options.threshold, repeat: options.repeat })
    const reason = reasonOf(history, options) ?? (options.learn && unlikely(history, options.learn, io))
    if (options.json) await io.stdout.write(`${JSON.stringify(resultOf(history, reason))}\n`)
    else if (reason !== undefined) await io.stdout.write(`${reason}\n`)
    return reason === undefined ? ExitStatus.No : ExitStatus.Yes
  },
})

function reasonOf({ rounds, usage, elapsedMs }: History, options: Options): string | undefined {
  const step = nextStep(
    { rounds, usage, elapsedMs, custom: undefined },
    {
      iterations: options.iterations ?? Infinity,
      minIterations: options['min-iterations'],
      patience: options.patience,
      plateau: options.plateau,
      timeoutMs: options['max-time'],
      maxTokens: options['max-total-tokens'],
      maxCost: options['max-cost'],
    },
  )
  return step.do === 'stop' ? step.reason : undefined
}

/** Stops what the rules let go on, if earlier runs like it did not pass. */
function unlikely({ rounds }: History, file: string, io: Io): string | undefined {
  const scores = rounds.slice(1).map(({ score }) => score)
  const found = unlikelyToPass(scores, readEarlierRuns(file, io.cwd))
  if (!found) return undefined
  const { runs, passed, chance } = found
  io.progress(`${passed} of ${runs} runs like this one passed: a chance of ${(100 * chance).toFixed(1)} % at most`)
  return 'unlikely'
}

function resultOf({ rounds }: History, reason: string | undefined) {
  const best = bestRound(rounds)
  return {
    stop: reason !== undefined,
    reason: reason ?? null,
    // The number of the round, from 1; 0 is the state before the first one.
    best: { iteration: best, score: rounds[best]?.score ?? 0 },
    scores: rounds.slice(1).map(({ score }) => score),
  }
}
