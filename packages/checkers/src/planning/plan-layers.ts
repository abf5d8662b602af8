import type { Configuration } from '../configuration/configuration.ts'
import { asArgument, type Plan } from './plan.ts'
import { planByType, planChecker, type PlanContext } from './plan-checkers.ts'
import { planCommand } from './plan-command.ts'

/** The runs that were asked for. */
export interface PlanRequest {
  /** Of checks and checkers. */
  readonly names: readonly string[]
  readonly command: readonly string[] | undefined
}

/** The layer of sources that do not exist: nothing else says anything of them before they do. */
export function planAbsent(absent: readonly string[]): Plan[] {
  return absent.map((path) => ({
    argv: ['test', '-e', asArgument(path)],
    folder: '.',
    checker: undefined,
    files: [path],
    obstacle: { outcome: 'fail', message: `lr-check: ${path}: does not exist yet\n` },
  }))
}

/**
 * The runs, in layers of which each is only made when the ones before it pass: what was asked for; else the layers of
 * the configuration, or all its checks; else what the types of the sources call for. Where a program that was named is
 * missing, nothing else is run.
 *
 * @param note called for file types that have no checker
 */
export function planLayers(
  { names, command }: PlanRequest,
  configuration: Configuration,
  context: PlanContext,
  note: (message: string) => void,
): Plan[][] {
  const plans = planWhatIsSaid({ names, command }, configuration, context)
  if (plans.length === 0) return [planByType(context, note)]
  const missing = plans.flat().filter(({ obstacle }) => obstacle?.outcome === 'missing')
  return missing.length > 0 ? [missing] : plans
}

/** The runs that options or the configuration ask for; no layer without either. */
export function planWhatIsSaid(
  { names, command }: PlanRequest,
  configuration: Configuration,
  context: PlanContext,
): Plan[][] {
  const asked = names.length > 0 || command !== undefined
  const layers = asked ? [names] : configuredLayers(configuration)
  const plans = layers.map((layer) => layer.flatMap((name) => planNamed(name, configuration, context)))
  if (command) plans[0]?.push(planCommand(command, context))
  return plans
}

function configuredLayers({ layers, checks }: Configuration): readonly (readonly string[])[] {
  if (layers.length > 0) return layers
  const names = Object.keys(checks)
  return names.length > 0 ? [names] : []
}

function planNamed(name: string, { checks }: Configuration, context: PlanContext): Plan[] {
  const check = checks[name]
  if (!check) return planChecker(name, context)
  const plans = check.checkers.flatMap((checker) => planChecker(checker, context))
  if (check.command) {
    const plan = planCommand(check.command, context)
    plans.push(check.cache ? { ...plan, cache: { files: context.sources, inputs: check.cache } } : plan)
  }
  return plans.map((plan) => ({ ...plan, timeoutMs: check.timeoutMs }))
}
