import { isObject, UsageError } from '@loop-runner/cli-kit'
import type { Evaluation } from './evaluator.ts'

const TYPES = {
  any: () => true,
  string: (value: unknown) => typeof value === 'string',
  number: (value: unknown) => typeof value === 'number',
  integer: (value: unknown) => Number.isInteger(value),
  boolean: (value: unknown) => typeof value === 'boolean',
  array: (value: unknown) => Array.isArray(value),
  object: isObject,
  null: (value: unknown) => value === null,
} as const
type TypeName = keyof typeof TYPES

interface Field {
  readonly name: string
  readonly type: TypeName
}

/** What each property of a JSON text is worth (as loopllm 0.7.0): being JSON, an object, fields there, types right. */
const WORTH = { valid: 0.2, object: 0.1, present: 0.4, typed: 0.3 } as const

/**
 * Judges whether a value is an object with these fields.
 *
 * @param fields each `NAME` or `NAME:TYPE`
 * @throws UsageError for an unknown type
 */
export function fieldsJudge(fields: readonly string[]): (value: unknown) => Evaluation {
  const wanted = fields.map(parseField)
  return (value) => {
    if (!isObject(value)) return { score: WORTH.valid, deficiencies: [`${typeOf(value)}, not an object`] }
    const missing = wanted.filter(({ name }) => !Object.hasOwn(value, name))
    const wrong = wanted.filter(({ name, type }) => Object.hasOwn(value, name) && !TYPES[type](value[name]))
    const score =
      WORTH.valid +
      WORTH.object +
      WORTH.present * (1 - missing.length / wanted.length) +
      WORTH.typed * (1 - wrong.length / wanted.length)
    return {
      score,
      deficiencies: [
        ...missing.map(({ name }) => `field "${name}" is missing`),
        ...wrong.map(({ name, type }) => `field "${name}" is ${typeOf(value[name])}, not of type ${type}`),
      ],
    }
  }
}

function parseField(field: string): Field {
  const colon = field.lastIndexOf(':')
  const name = colon < 0 ? field : field.slice(0, colon)
  const type = colon < 0 ? 'any' : field.slice(colon + 1)
  if (name === '') throw new UsageError(`--field "${field}": a field needs a name`)
  if (isType(type)) return { name, type }
  throw new UsageError(
    `--field ${field}: invalid type "${type}" (choose from ${Object.keys(TYPES).join(', ')}; for a name with a colon write NAME:any)`,
  )
}

function isType(type: string): type is TypeName {
  return Object.hasOwn(TYPES, type)
}

/** With its article. */
function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
