import { resolve } from 'node:path'
import { reasonOf, UsageError } from '@loop-runner/cli-kit'
import { isObject, type JsonObject, listOf, objectOf } from '../json.ts'
import { readTextFile } from './read-text-file.ts'

/**
 * A JSON Schema: the text itself if it begins with `{`, else the file of that name.
 *
 * @throws UsageError for anything else
 */
export function readSchema(given: string, cwd: string): JsonObject {
  const isInline = given.trimStart().startsWith('{')
  const place = isInline ? 'option --schema' : resolve(cwd, given)
  const schema = parse(isInline ? given : readTextFile(place), place)
  const problem = findBadType(schema)
  if (problem !== undefined) throw new UsageError(`${place}: ${problem}`)
  return schema
}

function parse(text: string, place: string): JsonObject {
  try {
    const schema: unknown = JSON.parse(text)
    if (isObject(schema)) return schema
  } catch (error) {
    throw new UsageError(`${place}: not JSON: ${reasonOf(error)}`)
  }
  throw new UsageError(`${place}: not a JSON Schema: expected an object`)
}

const TYPES: ReadonlySet<unknown> = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'])
/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const SUBSCHEMAS = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames']
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']

/** A type that does not exist, which would otherwise be found out after the answer is paid for. */
function findBadType(schema: unknown, at = ''): string | undefined {
  if (!isObject(schema)) return undefined
  const wrong = [schema['type'] ?? []].flat().find((type) => !TYPES.has(type))
  if (wrong !== undefined) return `${at}/type: ${JSON.stringify(wrong)} is not a JSON Schema type`
  const inner = [
    ...SUBSCHEMAS.map((name) => [name, schema[name]] as const),
    ...LISTS.flatMap((name) => listOf(schema[name]).map((item, index) => [`${name}/${index}`, item] as const)),
    ...MAPS.flatMap((name) =>
      Object.entries(objectOf(schema[name])).map(([key, item]) => [`${name}/${key}`, item] as const),
    ),
  ]
  for (const [name, item] of inner) {
    const found = findBadType(item, `${at}/${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Whether servers may hold a model strictly to a schema: they take only ones in which every object names all its fields
 * and requires them.
 */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema)
  if (!isObject(schema)) return true
  const { properties } = schema
  const names = isObject(properties) ? Object.keys(properties) : []
  const isOpen = schema['type'] === 'object' && schema['additionalProperties'] !== false
  if (isOpen || names.some((name) => !listOf(schema['required']).includes(name))) return false
  return Object.values(schema).every(isStrictSchema)
}
