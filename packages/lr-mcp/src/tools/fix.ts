import { basename } from 'node:path'
import { errorIn, ExitStatus, interruptIn, quoteCommand } from '@loop-runner/cli-kit'
import * as z from 'zod'
import type { Policy } from '../policy/policy.ts'
import type { ProgramResult } from '../programs.ts'
import { checkOf, contextOf, pathsIn } from './call-context.ts'
import { describeEvent, readEvent } from './loop-events.ts'
import { reportProgress } from './progress.ts'
import { check, directory, lines, optionInput, reported } from './schemas.ts'
import { defineTool, resultOf } from './tool.ts'

const input = ({ maxCalls, maxSeconds, maxCost }: Policy) =>
  z.strictObject({
    directory,
    check,
    sources: lines('files and folders that may change, relative to the directory; nothing else is written').optional(),
    instructions: optionInput.text('lr-loop', 'instructions'),
    context: optionInput.texts('lr-loop', 'context'),
    reply: optionInput.choice('lr-loop', 'reply'),
    iterations: optionInput.count('lr-loop', 'iterations', maxCalls),
    maxTime: optionInput.seconds('lr-loop', 'max-time', maxSeconds),
    maxCost: optionInput.number('lr-loop', 'max-cost', maxCost),
    maxTotalTokens: optionInput.count('lr-loop', 'max-total-tokens'),
    threshold: optionInput.number('lr-loop', 'threshold'),
    dirty: optionInput.choice('lr-loop', 'dirty'),
    noGit: optionInput.flag('lr-loop', 'no-git'),
    label: optionInput.text('lr-loop', 'label'),
  })
type Asked = z.infer<ReturnType<typeof input>>

const output = () =>
  z.object({
    ...reported,
    passed: z.boolean().describe('whether the check passes on the files as they are now'),
    reason: z.string().optional().describe('why the loop ended: passed, iterations, stalled, budget …'),
    message: z.string().optional(),
    iterations: z.number().int().optional().describe('replies of the model'),
    scores: z.array(z.number()).optional(),
    branch: z.string().nullable().optional(),
    commits: z.array(z.string()).optional(),
    run: z.string().optional().describe('name of the run, for the tools show, diff and undo'),
    usage: z.object({ calls: z.number(), tokens: z.number(), cost: z.number().nullable() }).optional(),
    seconds: z.number().optional(),
    check: z.string().optional().describe('the check command'),
    budget: z
      .object({ calls: z.number(), seconds: z.number(), cost: z.number().optional() })
      .describe('limits of this loop'),
    notice: z.string().optional(),
  })

/** What is read of the summary of lr-loop. */
const Summary = z.object({
  reason: z.string(),
  message: z.string().optional(),
  error: z.string().optional(),
  iterations: z.number(),
  scores: z.array(z.number()),
  branch: z.string().nullable(),
  commits: z.array(z.string()),
  run: z.string(),
  usage: z.object({ calls: z.number(), tokens: z.number(), cost: z.number().nullable() }),
  seconds: z.number(),
})

export const fixTool = defineTool({
  title: 'Make a check pass',
  description:
    'Lets another model change files until a check passes: runs the check, asks the model, applies its reply, commits, and checks again, within a budget. Reports progress; a cancelled call leaves a run that the user can resume with lr-loop --resume. Exit code 0 only if the check passes.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  input,
  output,
  async call(asked, session, extra) {
    const context = await contextOf(asked.directory, session, extra)
    const command = checkOf(asked.check, context, session)
    const budget = budgetOf(asked, session.policy)
    const { model } = session.policy
    const args = [
      '--json',
      '--json-events=1',
      '--heartbeat=0',
      // Each attempt of a configuration would have the whole budget again.
      '--attempts=1',
      ...context.configuration.args,
      ...(model === undefined ? [] : [`--model=${model}`]),
      ...optionsOf(asked, budget),
      ...pathsIn(context, asked.context).map((path) => `--context=${path}`),
      ...pathsIn(context, asked.sources),
      ...(command === undefined ? [] : ['--', ...command]),
    ]
    const progress = reportProgress(extra)
    try {
      const ran = await session.programs.runJob({
        name: 'lr-loop',
        args,
        cwd: context.folder,
        signal: extra.signal,
        onLine: (line) => {
          const message = describeEvent(readEvent(line), budget.calls)
          if (message !== undefined) progress.tell(message)
        },
      })
      const report = reportOf(ran)
      const notice = context.configuration.notice
      return resultOf(
        { ...report, check: command && quoteCommand(command), budget, notice },
        describe(report, ran, notice),
      )
    } finally {
      progress.end()
    }
  },
})

interface Budget {
  readonly calls: number
  readonly seconds: number
  readonly cost: number | undefined
}

function budgetOf({ iterations, maxTime, maxCost }: Asked, policy: Policy): Budget {
  return {
    calls: iterations ?? policy.maxCalls,
    seconds: maxTime ?? policy.maxSeconds,
    cost: maxCost ?? policy.maxCost,
  }
}

function optionsOf(asked: Asked, { calls, seconds, cost }: Budget): string[] {
  const { instructions, reply, maxTotalTokens, threshold, dirty, label } = asked
  const values = { instructions, reply, threshold, dirty, label, 'max-total-tokens': maxTotalTokens }
  const limits = { iterations: calls, 'max-time': seconds, 'max-cost': cost }
  const given = Object.entries({ ...values, ...limits }).filter(([, value]) => value !== undefined)
  return [...given.map(([name, value]) => `--${name}=${value}`), ...(asked.noGit === true ? ['--no-git'] : [])]
}

function reportOf({ status, stdout, stderr }: ProgramResult) {
  const last = stdout.trimEnd().split('\n').at(-1) ?? ''
  const { success, data } = Summary.safeParse(parse(last))
  const passed = status === ExitStatus.Yes
  if (!success) {
    const isInterrupted = status > 128
    const error = isInterrupted ? interruptIn(stderr) : errorIn(stderr)
    return { exitCode: status, passed, error: error || `lr-loop ended with exit code ${status}` }
  }
  const { error, run, ...rest } = data
  return {
    exitCode: status,
    passed,
    ...rest,
    run: basename(run),
    error: status >= 2 ? (error ?? errorIn(stderr)) : undefined,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Lines of standard error that a result shows. */
const LOG_LINES = 40

function describe(report: ReturnType<typeof reportOf>, { stderr }: ProgramResult, notice: string | undefined): string {
  const headline = report.error ?? ('message' in report ? report.message : undefined) ?? ''
  const log = stderr.trimEnd().split('\n').slice(-LOG_LINES).join('\n')
  const run =
    'run' in report && report.run !== undefined
      ? `Run ${report.run}: the tools diff, show and undo take it.`
      : undefined
  return [headline, run, notice, log].filter(Boolean).join('\n\n')
}
