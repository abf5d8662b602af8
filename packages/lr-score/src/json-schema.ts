import { readFileSync } from 'node:fs'
import type { OutputUnit, Schema, SchemaDraft } from '@cfworker/json-schema'
import { decodeUtf8, reasonOf, UsageError } from '@loop-runner/cli-kit'
import type { Evaluation } from './evaluator.ts'

/** The score of JSON text as such; the rest is shared out by the number of faults. */
const JSON_WORTH = 0.2
/** More than a reader takes in at once; the others are counted. */
const FAULTS_SHOWN = 20

/**
 * Reads a JSON Schema and gives its judge: one fault less, a better score. Nothing is fetched: a reference to elsewhere
 * is an error.
 *
 * @throws UsageError for a file that holds none, and from the judge for a schema that cannot be followed
 */
export async function readSchema(path: string): Promise<(value: unknown) => Evaluation> {
  const schema = parseSchema(path)
  // Slow to load, and only a schema needs it.
  const { Validator } = await import('@cfworker/json-schema')
  const validator = new Validator(schema, draftOf(schema), false)
  return (value) => {
    try {
      return scoreFaults(tellingFaults(validator.validate(value).errors))
    } catch (error) {
      if (error instanceof RangeError) return { score: JSON_WORTH, deficiencies: ['nested too deeply to be checked'] }
      const [reason = ''] = reasonOf(error).split('\n')
      throw new UsageError(`${path}: the schema cannot be used: ${reason}`)
    }
  }
}

function parseSchema(path: string): Schema {
  let schema: unknown
  try {
    schema = JSON.parse(decodeUtf8(readFileSync(path), path))
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${path}: ${reasonOf(error)}`)
  }
  if (typeof schema === 'object' && schema !== null && !Array.isArray(schema)) return schema
  throw new UsageError(`${path}: not a JSON Schema: expected an object`)
}

const DRAFTS: readonly (readonly [RegExp, SchemaDraft])[] = [
  [/draft-0?4/, '4'],
  [/draft-0?[67]/, '7'],
  [/2019-09/, '2019-09'],
]

/** The draft that `$schema` names; the current one where it names none. */
function draftOf({ $schema = '' }: Schema): SchemaDraft {
  return DRAFTS.find(([pattern]) => pattern.test($schema))?.[1] ?? '2020-12'
}

function scoreFaults(faults: readonly OutputUnit[]): Evaluation {
  const more = faults.length - FAULTS_SHOWN
  return {
    score: JSON_WORTH + (1 - JSON_WORTH) / (1 + faults.length),
    deficiencies: [
      ...faults.slice(0, FAULTS_SHOWN).map(describe),
      ...(more > 0 ? [`${more} more faults against the schema`] : []),
    ],
  }
}

/** Keywords, not properties, whose branches may each be wrong without anything being wrong: of these the whole is the fault. */
const CHOICE = /(?<!\/(?:properties|\$defs|definitions))\/(?:anyOf|oneOf|not|if|contains)(?:\/|$)/

/**
 * The faults themselves. The validator lists every level on the way to one as well, and says of a property that must not
 * be there both this and that `false` holds for nothing.
 */
function tellingFaults(errors: readonly OutputUnit[]): OutputUnit[] {
  const specific = errors.filter(
    ({ keyword, keywordLocation }) => keyword !== 'false' && !CHOICE.test(parentOf(keywordLocation)),
  )
  const parents = new Set(specific.flatMap(({ keywordLocation }) => ancestorsOf(keywordLocation)))
  const faults = specific.filter(({ keywordLocation }) => !parents.has(keywordLocation))
  return faults.length > 0 ? faults : [...errors]
}

function parentOf(location: string): string {
  return location.slice(0, location.lastIndexOf('/'))
}

function ancestorsOf(location: string): string[] {
  const steps = location.split('/')
  return steps.slice(1).map((_step, index) => steps.slice(0, index + 1).join('/'))
}

function describe({ instanceLocation, error }: OutputUnit): string {
  return `${instanceLocation === '#' ? '' : `${instanceLocation.slice(1)}: `}${error}`
}
