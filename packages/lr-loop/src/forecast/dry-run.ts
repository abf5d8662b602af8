import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call, ExitStatus, type Io, tokensIn, UsageError } from '@loop-runner/cli-kit'
import { lockForLoop } from '../lock-for-loop.ts'
import { lookUpModel, type ModelWindow, type PaidModel } from '../look-up-model.ts'
import type { LoopContext } from '../loop-context.ts'
import { makeContext, mannerOf } from '../make-context.ts'
import type { LOOP_OPTIONS } from '../options.ts'
import { requireLoopable } from '../preflight.ts'
import { openProgress } from '../progress/open-progress.ts'
import { checkFirst, decide } from '../run-loop.ts'
import { RunFolder } from '../runs/run-folder.ts'
import type { LoopSettings } from '../settings.ts'
import { settingsOfCall } from '../settings-of-call.ts'
import { writePrompt } from '../stages/ask-model.ts'
import { describeForecast } from './describe-forecast.ts'
import { earlierRuns } from './earlier-runs.ts'
import { forecastRun, type ForecastFacts } from './forecast.ts'

/**
 * Runs the check, makes the first prompt, and prints what a run is going to take. Nothing is sent, and neither a run nor a
 * branch is made.
 *
 * @returns the exit code
 */
export async function dryRun(call: Call<typeof LOOP_OPTIONS>, io: Io): Promise<number> {
  if (call.options.resume) throw new UsageError('--dry-run and --resume exclude each other')
  const asked = settingsOfCall(call, io)
  const keptTests = await requireLoopable(asked, io)
  const settings = { ...asked, stages: { ...asked.stages, keptTests } }
  const path = join(realpathSync(mkdtempSync(join(tmpdir(), 'lr-loop-'))), 'run')
  const clean = () => rmSync(join(path, '..'), { recursive: true, force: true })
  const forget = io.onInterrupt(clean)
  const unlock = await lockForLoop(settings.cwd, path, io.env)
  try {
    const folder = RunFolder.create(path, settings)
    const progress = openProgress({ ...call.options, 'json-events': undefined }, folder, undefined, io)
    const context = makeContext(folder, mannerOf(call.options, progress), io)
    const facts = await findFacts(context, call.options['api-key'])
    await progress.close()
    folder.journal.close()
    await print(facts, settings, call.options.json, io)
    return ExitStatus.Yes
  } finally {
    unlock()
    forget()
    clean()
  }
}

interface Found {
  readonly facts: ForecastFacts
  readonly paid: PaidModel | undefined
}

/** @returns a string if no request would be sent: the reason */
async function findFacts(asked: LoopContext, apiKey: string | undefined): Promise<Found | string> {
  const { io, folder, settings: wanted } = asked
  const { isFree, paid, window: modelWindow } = await findModel(wanted, apiKey, io)
  const settings = { ...wanted, stages: { ...wanted.stages, modelWindow } }
  const context = { ...asked, settings }
  const first = await checkFirst(context)
  const step = await decide(1, context)
  if (step.do === 'stop') return step.reason
  const prompt = await writePrompt(1, first.checked, '', context)
  if (prompt.status === ExitStatus.No) return 'the prompt is empty'
  const sized = folder.journal.events.find((event) => event.event === 'sized')
  return {
    paid,
    facts: {
      promptTokens: tokensIn(statSync(prompt.output).size),
      sourceTokens: tokensIn(sized?.event === 'sized' ? sized.bytes : 0),
      earlier: earlierRuns(settings, io),
      price: paid?.price,
      isFree,
      most: settings.limits.iterations * (settings.attempts?.count ?? 1),
    },
  }
}

/** The first of several models. The cost of an agent or a command is not known. */
async function findModel(
  settings: LoopSettings,
  apiKey: string | undefined,
  io: Io,
): Promise<{ isFree: boolean; paid: PaidModel | undefined; window?: ModelWindow | undefined }> {
  const { agent, replaced, attempts, stages } = settings
  if (agent || replaced.llm !== undefined) return { isFree: false, paid: undefined }
  const model = attempts?.models[0] ?? stages.model
  const found = await lookUpModel({ ...stages, model }, apiKey, settings, io)
  if (found.status !== ExitStatus.Yes) io.warn(found.problem)
  const [paid] = found.paid
  return { isFree: paid === undefined && found.status === ExitStatus.Yes, paid, window: found.window }
}

async function print(found: Found | string, { limits }: LoopSettings, asJson: boolean, io: Io): Promise<void> {
  if (typeof found === 'string') {
    await io.stdout.write(
      asJson ? `${JSON.stringify({ requests: 0, reason: found })}\n` : `no request would be sent: ${found}\n`,
    )
    return
  }
  const { facts, paid } = found
  const forecast = forecastRun(facts)
  const data = { model: paid?.label ?? null, price: facts.price ?? null, promptTokens: facts.promptTokens, ...forecast }
  // Keys without a value are not left out.
  const orNull = (_key: string, value: unknown) => value ?? null
  const text = asJson
    ? JSON.stringify(data, orNull)
    : describeForecast(forecast, facts, paid, limits.maxCost).join('\n')
  await io.stdout.write(`${text}\n`)
}
