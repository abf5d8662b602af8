import { type Io, UsageError } from '@loop-runner/cli-kit'
import { commandEvaluator } from './command.ts'
import { type Evaluate, type Evaluator, EVALUATOR_NAMES, type EvaluatorName } from './evaluator.ts'
import { jsonEvaluator } from './json.ts'
import { lengthEvaluator } from './length.ts'
import { likeEvaluator } from './like.ts'
import { mentionsEvaluator } from './mentions.ts'
import type { Options } from './options.ts'
import { patternEvaluator } from './patterns.ts'

/**
 * The evaluators that the options ask for, in a fixed order.
 *
 * @throws UsageError where they ask for none, or say something of one that they do not ask for
 */
export async function makeEvaluators(options: Options, io: Io): Promise<Evaluator[]> {
  const made: Readonly<Record<EvaluatorName, Evaluate | undefined>> = {
    length: lengthEvaluator(
      { min: options['min-words'], max: options['max-words'] },
      { min: options['min-characters'], max: options['max-characters'] },
    ),
    regex: patternEvaluator({
      required: options.require,
      forbidden: options.forbid,
      ignoresCase: options['ignore-case'],
    }),
    json: await jsonEvaluator({ valid: options['valid-json'], fields: options.field, schema: options.schema }),
    mentions: mentionsEvaluator(options.mention),
    like: likeEvaluator(options.like),
    command: commandEvaluator(options.command, options.timeout, io),
  }
  const inUse = EVALUATOR_NAMES.filter((name) => made[name])
  if (inUse.length === 0) {
    throw new UsageError('no requirements given (--min-words, --require, --field, --mention, --command …; see --help)')
  }
  const weights = new Map(options.weight.map((pair) => readWeight(pair, inUse)))
  const optional = new Set(options.optional.map((name) => nameInUse(name, inUse, `--optional ${name}`)))
  return inUse.flatMap((name) => {
    const evaluate = made[name]
    return evaluate ? [{ name, evaluate, weight: weights.get(name) ?? 1, isOptional: optional.has(name) }] : []
  })
}

function readWeight(pair: string, inUse: readonly EvaluatorName[]): [EvaluatorName, number] {
  const [, name = '', number = ''] = /^(\w+)=(\d+(?:\.\d+)?)$/.exec(pair) ?? []
  const weight = Number(number)
  if (!(weight > 0)) throw new UsageError(`--weight ${pair}: expected an evaluator and a number above 0 (length=2)`)
  return [nameInUse(name, inUse, `--weight ${pair}`), weight]
}

function nameInUse(name: string, inUse: readonly EvaluatorName[], where: string): EvaluatorName {
  const found = inUse.find((one) => one === name)
  if (found !== undefined) return found
  const isKnown = EVALUATOR_NAMES.some((one) => one === name)
  throw new UsageError(
    isKnown
      ? `${where}: no option uses ${name}`
      : `${where}: unknown evaluator "${name}" (choose from ${EVALUATOR_NAMES.join(', ')})`,
  )
}
