import { type Call, ExitStatus, type Io, UsageError } from '@loop-runner/cli-kit'
import type { ConfineIn } from './canary/run-in-copy.ts'
import { checkEnvironment } from './running/check-environment.ts'
import type { CHECK_OPTIONS } from './check-options.ts'
import {
  type Configuration,
  type Plan,
  planAbsent,
  planLayers,
  type PlanRequest,
  planWhatIsSaid,
} from '@loop-runner/checkers'
import { prepareConfinement } from '@loop-runner/sandbox'
import { exitStatusOf } from './running/exit-status-of.ts'
import { readGuard } from './guard/read-guard.ts'
import type { GuardRequest } from './guard/guard-request.ts'
import { readChanged, readConfinement, readNames, readRunning } from './read-options.ts'
import type { RunAllOptions } from './running/run-all.ts'
import { runFixes } from './running/run-fixes.ts'
import { runLayers } from './running/run-layers.ts'
import type { Run } from './running/run-plan.ts'
import { readSources, type SourceRequest, type Sources } from './sources.ts'
import { scriptOf, writeRun, writeSources } from './write-blocks.ts'

type CheckCall = Call<typeof CHECK_OPTIONS>

/** Runs the checks of a call and prints the results, or prints the plan. @returns the exit code */
export async function checkSources(call: CheckCall, configuration: Configuration, io: Io): Promise<number> {
  const { options } = call
  if (options.doctor) {
    const { sources, request } = await readCall(call, configuration, io)
    return diagnose(sources.files, request, configuration, io)
  }
  const done = await makeRuns(call, configuration, io)
  const status = exitStatusOf(done)
  return options.advisory && status === ExitStatus.No ? ExitStatus.Yes : status
}

/** Runs the checks of a call and prints the results. */
export async function makeRuns(call: CheckCall, configuration: Configuration, io: Io): Promise<Run[]> {
  const { sources, request } = await readCall(call, configuration, io)
  return runChecks(sources, request, { call, configuration }, io)
}

async function readCall(call: CheckCall, configuration: Configuration, io: Io) {
  const { options, command } = call
  if (command?.length === 0) throw new UsageError('no command given (nothing follows "--")')
  const request = { names: readNames(options, configuration), command }
  const sources = await readSources(sourceRequest(call, request, configuration), io)
  return { sources, request }
}

/** The checks to run: those that were requested, else those for the types of the sources. */
async function diagnose(
  sources: readonly string[],
  request: PlanRequest,
  configuration: Configuration,
  io: Io,
): Promise<number> {
  const { checkers } = configuration
  const layers = planWhatIsSaid(request, configuration, { checkers, sources, cwd: io.cwd, env: io.env })
  if (layers.length > 0) return (await import('./explaining/diagnose-layers.ts')).diagnoseLayers(layers, io)
  return (await import('./explaining/diagnose-types.ts')).diagnoseTypes(checkers, sources, io)
}

function sourceRequest(
  { operands, options }: CheckCall,
  { names, command }: PlanRequest,
  { checks }: Configuration,
): SourceRequest {
  const canDoWithout = options.doctor || command !== undefined || names.length > 0 || Object.keys(checks).length > 0
  return {
    operands,
    filesFrom: options['files-from'],
    changed: readChanged(options),
    // The input of a hook is not a stream.
    mayRead: !options.watch && options.hook === undefined,
    canDoWithout,
  }
}

async function runChecks(
  sources: Sources,
  request: PlanRequest,
  { call, configuration }: { readonly call: CheckCall; readonly configuration: Configuration },
  io: Io,
): Promise<Run[]> {
  const { options } = call
  if (options.fix && sources.stream.length > 0) {
    throw new UsageError('--fix: name the sources (a stream would have their old content)')
  }
  const guard = readGuard(call, request, sources.files, io.cwd)
  const env = checkEnvironment(io.env, options['pass-env'], io.cwd)
  const context = { checkers: configuration.checkers, sources: sources.files, cwd: io.cwd, env }
  const layers = [planAbsent(sources.absent), ...planLayers(request, configuration, context, io.warn)].filter(
    (layer) => layer.length > 0,
  )
  for (const path of sources.absent) io.warn(`${path}: does not exist yet`)
  const confinement = await prepareConfinement(readConfinement(options, io), { cwd: io.cwd, env }, io)
  const running = await readRunning(options, { env, confinement }, io)
  const fixes = options.fix ? await runFixes(layers.flat(), running, io) : []
  await writeSources(sources, scriptsOf(layers.flat(), io.cwd), io)
  for (const fix of fixes) await io.stdout.write(writeRun(fix))
  const show = (run: Run) => writeRun(options.findings ? run : { ...run, findings: undefined })
  const confineIn: ConfineIn = async (cwd, copy) =>
    prepareConfinement(readConfinement(options, io), { cwd, env, ...(copy && { copy }) }, io)
  const canary = options.canary ? { confineIn, leastScore: options['canary-score'] } : undefined
  const done = guard
    ? await showGuarded(layers, { running, guard: { ...guard, canary } }, show, io)
    : await runLayers(layers, running, show, io)
  await writeFiles(done, running, options, io)
  if (done.length === 0) {
    io.warn(`nothing was checked: ${whyNothing(sources, options)}`)
  }
  return done
}

/** Writes the files that options ask for beside the stream. */
async function writeFiles(
  done: readonly Run[],
  running: RunAllOptions,
  { sarif, junit }: CheckCall['options'],
  io: Io,
): Promise<void> {
  running.known?.write(done)
  if (sarif === undefined && junit === undefined) return
  const { writeReports } = await import('./reports/write-reports.ts')
  writeReports({ sarif, junit }, done, io)
}

function whyNothing({ files }: Sources, { changed, staged }: CheckCall['options']): string {
  if (files.length > 0) return 'no checker is known for these sources (give a command behind --)'
  return changed === undefined && !staged ? 'there is no source' : 'no source has changed'
}

/** Nothing is shown before it is known whether it counts. */
async function showGuarded(
  layers: readonly (readonly Plan[])[],
  { running, guard }: { readonly running: RunAllOptions; readonly guard: GuardRequest },
  show: (run: Run) => string,
  io: Io,
): Promise<Run[]> {
  const { runGuarded } = await import('./guard/run-guarded.ts')
  const done = await runGuarded(layers, running, guard, io)
  for (const run of done) await io.stdout.write(show(run))
  return done
}

/** The scripts that are run, each once, except the project's own checkers. */
function scriptsOf(plans: readonly Plan[], cwd: string): string[] {
  const scripts = plans.filter(({ checker }) => !checker).map(({ argv }) => scriptOf(argv, cwd))
  return [...new Set(scripts.filter((script) => script !== undefined))]
}
