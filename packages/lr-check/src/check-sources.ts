import { resolve } from 'node:path'
import { type Call, type Io, UsageError } from '@loop-runner/cli-kit'
import { checkEnvironment } from './check-environment.ts'
import type { CHECK_OPTIONS } from './check-options.ts'
import type { Configuration } from './configuration.ts'
import { prepareConfinement } from './confinement/confinement.ts'
import { exitStatusOf } from './exit-status-of.ts'
import { readBaseline } from './findings/baseline.ts'
import type { Plan } from './plan.ts'
import { planLayers, type PlanRequest } from './plan-layers.ts'
import { readChanged, readConfinement, readNames } from './read-options.ts'
import { runFixes } from './run-fixes.ts'
import { runLayers } from './run-layers.ts'
import { readSources, type SourceRequest, type Sources } from './sources.ts'
import { scriptOf, writeRun, writeSources } from './write-blocks.ts'

type CheckCall = Call<typeof CHECK_OPTIONS>

/** Checks what a call names, and writes it; or says what would be checked. @returns the exit status */
export async function checkSources(call: CheckCall, configuration: Configuration, io: Io): Promise<number> {
  const { options, command } = call
  if (command?.length === 0) throw new UsageError('which command? (nothing follows "--")')
  const request = { names: readNames(options, configuration), command }
  const sources = await readSources(sourceRequest(call, request, configuration), io)
  if (options.doctor) return (await import('./doctor.ts')).diagnose(configuration.checkers, sources.files, io)
  return runChecks(sources, request, { options, configuration }, io)
}

function sourceRequest(
  { operands, options }: CheckCall,
  { names, command }: PlanRequest,
  { checks }: Configuration,
): SourceRequest {
  const canDoWithout = options.doctor || command !== undefined || names.length > 0 || Object.keys(checks).length > 0
  return { operands, filesFrom: options['files-from'], changed: readChanged(options), canDoWithout }
}

async function runChecks(
  sources: Sources,
  request: PlanRequest,
  { options, configuration }: { options: CheckCall['options']; configuration: Configuration },
  io: Io,
): Promise<number> {
  if (options.fix && sources.stream.length > 0) {
    throw new UsageError('--fix: name the sources (what a stream shows of them would be old)')
  }
  const env = checkEnvironment(io.env, options['pass-env'])
  const context = { checkers: configuration.checkers, sources: sources.files, cwd: io.cwd, env }
  const layers = planLayers(request, configuration, context, io.warn)
  const confinement = await prepareConfinement(readConfinement(options), { cwd: io.cwd, env }, io)
  const { jobs, timeout: timeoutMs, raw, sarif, junit } = options
  const baseline =
    options['new-only'] === undefined
      ? undefined
      : readBaseline(resolve(io.cwd, options['new-only']), options['new-only'])
  const findings = options.findings || [sarif, junit, baseline].some((use) => use !== undefined)
  const running = { jobs, timeoutMs, raw, findings, baseline, env, confinement }
  const fixes = options.fix ? await runFixes(layers.flat(), running, io) : []
  await writeSources(sources, scriptsOf(layers.flat(), io.cwd), io)
  for (const fix of fixes) await io.stdout.write(writeRun(fix))
  const done = await runLayers(
    layers,
    running,
    (run) => writeRun(options.findings ? run : { ...run, findings: undefined }),
    io,
  )
  if (sarif !== undefined || junit !== undefined) {
    const { writeReports } = await import('./reports/write-reports.ts')
    writeReports({ sarif, junit }, done, io)
  }
  if (done.length === 0) {
    const reason = sources.files.length === 0 ? 'there is no source' : 'no checker is known for these sources'
    io.warn(`nothing was checked: ${reason}`)
  }
  return exitStatusOf(done)
}

/** The scripts that are run, each once; a checker of the project's own is none. */
function scriptsOf(plans: readonly Plan[], cwd: string): string[] {
  const scripts = plans.filter(({ checker }) => !checker).map(({ argv }) => scriptOf(argv, cwd))
  return [...new Set(scripts.filter((script) => script !== undefined))]
}
