import { defineCommand, type Io, UsageError } from '@loop-runner/cli-kit'
import { CHECK_DETAILS } from './check-details.ts'
import { CHECK_OPTIONS } from './check-options.ts'
import {
  type Configuration,
  CONFIGURATION_KEYS,
  readConfiguration,
} from '@loop-runner/checkers/configuration/configuration'

export const checkCommand = defineCommand({
  usage: '[options] [SOURCE…] [-- COMMAND ARG…]',
  summary: 'Run checks; print the sources and the results as blocks.',
  options: CHECK_OPTIONS,
  operands: { max: Infinity },
  takesCommand: true,
  fileKeys: { names: CONFIGURATION_KEYS, judge: readConfiguration },
  details: CHECK_DETAILS,
  async run(call, io) {
    const { options } = call
    const configuration = await readConfiguration(call.configFiles)
    if (options.list) return (await import('./explaining/list-checkers.ts')).listCheckers(configuration.checkers, io)
    if (options.explain !== undefined) return explain(options.explain, configuration, io)
    if (options.schema) return (await import('@loop-runner/checkers/configuration/print-schema')).printSchema(io)
    if (options.hook !== undefined) return (await import('./hook/run-hook.ts')).runHook(call, configuration, io)
    if (options.watch && !options.doctor) return (await import('./watch/watch-sources.ts')).watchSources(call, io)
    return (await import('./check-sources.ts')).checkSources(call, configuration, io)
  },
})

async function explain(name: string, configuration: Configuration, io: Io): Promise<number> {
  const { knownName } = await import('@loop-runner/checkers/choosing/known-name')
  const known = knownName(name, configuration)
  const checker = configuration.checkers[known]
  if (!checker) throw new UsageError(`${name}: a check of lr.yaml, not a checker`)
  const { explainChecker } = await import('./explaining/explain.ts')
  return explainChecker(known, checker, io)
}
