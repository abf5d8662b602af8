import { array, looseObject, minLength, number, optional, partial, record, strictObject, string, union } from 'zod/mini'
import { checkerSchema } from '@loop-runner/checker-table/schema'

/** A command: words in a list, or one line that needs no shell. */
const command = union([array(string()).check(minLength(1)), string()])

const check = strictObject({
  command: optional(command),
  /** Known checkers, and those of `checkers`. */
  checkers: optional(array(string())),
  timeout: optional(union([string(), number()])),
  /** With --cache the command's result is kept: it depends on the sources and on the files that these patterns mean. */
  cache: optional(array(string())),
})

/** What lr.yaml says of checks, beside options. */
export const configurationSchema = looseObject({
  /** Checkers by name; what is said of a known one replaces that part of it. */
  checkers: optional(record(string(), partial(checkerSchema))),
  /** Checks by name, for -c and for the layers. */
  checks: optional(record(string(), union([command, check]))),
  /** What runs by default, layer by layer. */
  layers: optional(array(union([string(), array(string())]))),
})
