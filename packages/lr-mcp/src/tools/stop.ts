import { randomUUID } from 'node:crypto'
import { errorIn, CommandError, UsageError } from '@loop-runner/cli-kit'
import * as z from 'zod'
import { contextOf } from './call-context.ts'
import { optionInput, reported } from './schemas.ts'
import { defineTool, type Extra, resultOf, type Session } from './tool.ts'

const MAX_LOOPS = 100
const MAX_ROUNDS = 10_000

/** A round, as lr-stop reads it. */
const round = {
  score: z.number().min(0).max(1).describe('score of the round').optional(),
  passed: z.boolean().describe('whether the check passed').optional(),
  reply: z.enum(['changed', 'unchanged', 'rejected', 'nothing', 'asked', 'blocked', 'incomplete']).optional(),
  declared: z.boolean().describe('whether the model declared that it is done').optional(),
  tree: z.string().max(1000).describe('hash of the state after the round, for repeat').optional(),
  output: z.string().max(100_000).describe('the state after the round, for repeat').optional(),
  failure: z.string().max(1000).describe('how the check failed').optional(),
  seconds: z.number().min(0).describe('duration of the round (default: since the last call)').optional(),
  tokens: z.number().min(0).optional(),
  cost: z.number().min(0).describe('US dollars').optional(),
}

const input = () =>
  z.strictObject({
    action: z
      .enum(['start', 'step', 'end'])
      .describe('start a loop with limits; step: report a round, and ask whether to stop; end: forget the loop'),
    loop: z.string().max(100).describe('the loop that start returned').optional(),
    iterations: optionInput.count('lr-stop', 'iterations'),
    minIterations: optionInput.count('lr-stop', 'min-iterations'),
    patience: optionInput.count('lr-stop', 'patience'),
    threshold: optionInput.number('lr-stop', 'threshold'),
    plateau: optionInput.number('lr-stop', 'plateau'),
    repeat: optionInput.flag('lr-stop', 'repeat'),
    maxTime: optionInput.seconds('lr-stop', 'max-time'),
    maxTotalTokens: optionInput.count('lr-stop', 'max-total-tokens'),
    maxCost: optionInput.number('lr-stop', 'max-cost'),
    ...round,
  })
type Asked = z.infer<ReturnType<typeof input>>

const LIMITS = [
  'iterations',
  'minIterations',
  'patience',
  'threshold',
  'plateau',
  'repeat',
  'maxTime',
  'maxTotalTokens',
  'maxCost',
] as const

interface Loop {
  readonly limits: readonly string[]
  /** A line of JSON each. */
  readonly rounds: readonly string[]
  readonly lastMs: number
}

const Decision = z.object({
  stop: z.boolean(),
  reason: z.string().nullable().describe('why to stop: passed, plateau, iterations …'),
  best: z
    .object({ iteration: z.number(), score: z.number() })
    .describe('the best round; 0 is the state before the first'),
  scores: z.array(z.number()),
})

/** The loops of a client, oldest first. */
const loopsOf = new WeakMap<Session, Map<string, Loop>>()

export const stopTool = defineTool({
  title: 'Decide when a loop stops',
  description:
    'Tells when to stop a loop of your own, by the rules of lr-loop: call it with action start and limits, then with step after each round (score or passed), and stop as soon as stop is true. end returns the result and forgets the loop.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input,
  output: () => z.object({ ...reported, loop: z.string().optional(), ...Decision.partial().shape }),
  async call(asked, session, extra) {
    const loops = loopsOf.get(session) ?? new Map<string, Loop>()
    loopsOf.set(session, loops)
    if (asked.action === 'start') return start(asked, loops, session, extra)
    const loop = loops.get(asked.loop ?? '')
    if (asked.loop === undefined || loop === undefined) {
      throw new UsageError(
        `loop: ${asked.loop ?? 'missing'}: no such loop (start one: action "start" returns its name)`,
      )
    }
    const next = asked.action === 'step' ? withRound(loop, asked) : loop
    const { exitCode, decision } = await decide(next, session, extra)
    if (asked.action === 'end') loops.delete(asked.loop)
    else loops.set(asked.loop, next)
    const verdict = decision.stop ? `Stop: ${decision.reason}.` : 'Go on.'
    return resultOf(
      { exitCode, loop: asked.loop, ...decision },
      `${verdict} Best: round ${decision.best.iteration}, score ${decision.best.score}.`,
    )
  },
})

async function start(asked: Asked, loops: Map<string, Loop>, session: Session, extra: Extra) {
  if (loops.size >= MAX_LOOPS) throw new CommandError(4, `${MAX_LOOPS} loops are open (end one)`)
  const limits = LIMITS.flatMap((key) => {
    const [name, value] = [key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), asked[key]]
    if (value === undefined || value === false) return []
    return [value === true ? `--${name}` : `--${name}=${value}`]
  })
  const loop = { limits, rounds: [], lastMs: Date.now() }
  await decide(loop, session, extra)
  const name = randomUUID()
  loops.set(name, loop)
  return resultOf({ exitCode: 0, loop: name }, `Loop ${name}: report each round by action "step".`)
}

function withRound(loop: Loop, asked: Asked): Loop {
  if (loop.rounds.length >= MAX_ROUNDS) throw new UsageError(`loop: more than ${MAX_ROUNDS} rounds (end it)`)
  const now = Date.now()
  const { score, passed, reply, declared, tree, output, failure, tokens, cost } = asked
  const seconds = asked.seconds ?? (now - loop.lastMs) / 1000
  const line = JSON.stringify({ score, passed, reply, declared, tree, output, failure, tokens, cost, seconds })
  return { ...loop, rounds: [...loop.rounds, line], lastMs: now }
}

async function decide({ limits, rounds }: Loop, session: Session, extra: Extra) {
  const { folder, configuration } = await contextOf(undefined, session, extra)
  const args = [...configuration.args, '--json', ...limits]
  const stdin = rounds.map((text) => `${text}\n`).join('')
  const { status, stdout, stderr } = await session.programs.run({
    name: 'lr-stop',
    args,
    cwd: folder,
    stdin,
    signal: extra.signal,
  })
  if (status >= 2) throw new CommandError(status, errorIn(stderr).replace(/^standard input: line \d+: /, 'the round: '))
  // lr-stop: 0 stop, 1 go on.
  return { exitCode: status, decision: Decision.parse(JSON.parse(stdout)) }
}
