import { isObject } from '@loop-runner/cli-kit'

export { isObject }

/** Any JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Readers of foreign JSON: a value of another type counts as absent. */

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A string that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
