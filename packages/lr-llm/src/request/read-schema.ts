import { reasonOf, UsageError } from '@loop-runner/cli-kit'
import { isObject, type JsonObject, listOf } from '../json.ts'
import { readTextFile } from './read-text-file.ts'

/**
 * A JSON Schema from a file.
 *
 * @throws UsageError for what is none
 */
export function readSchema(path: string): JsonObject {
  const text = readTextFile(path)
  try {
    const schema: unknown = JSON.parse(text)
    if (isObject(schema)) return schema
  } catch (error) {
    throw new UsageError(`${path}: no JSON: ${reasonOf(error)}`)
  }
  throw new UsageError(`${path}: a JSON Schema is an object`)
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
