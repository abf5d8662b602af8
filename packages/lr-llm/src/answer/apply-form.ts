import { reasonOf } from '@loop-runner/cli-kit'
import type { JsonObject } from '../json.ts'
import { extractCode } from './extract-code.ts'
import { LlmFailure } from './failure.ts'
import type { Result } from '../exchange/exchange.ts'

/** What an answer must look like beyond being whole. */
export interface Form {
  /** Which code to take out of it; see extractCode. */
  readonly extract?: string | undefined
  readonly schema?: JsonObject | undefined
}

/**
 * The answer in the form asked for.
 *
 * @throws LlmFailure of kind `form` where it has no such code, or does not fit the schema; `request` for a schema that
 *   cannot be used
 */
export async function applyForm(result: Result, { extract, schema }: Form): Promise<Result> {
  const extracted = extract === undefined ? result : extractFrom(result, extract)
  if (schema !== undefined) await checkSchema(extracted, schema)
  return extracted
}

function extractFrom(result: Result, which: string): Result {
  const found = extractCode(result.answer.text, which)
  if ('problem' in found) throw formFailure(result, found.problem)
  return { ...result, answer: { ...result.answer, text: found.code } }
}

async function checkSchema(result: Result, schema: JsonObject): Promise<void> {
  const problem = await findProblem(parseAnswer(result), schema).catch((error: unknown) => {
    // References that lead nowhere, and patterns that are none, are found out only here.
    const [reason = ''] = reasonOf(error).split('\n')
    const { text, usage } = result.answer
    const message = `${result.label}: the schema cannot be used: ${reason}`
    throw new LlmFailure('request', message, { partial: text, usage, cause: error })
  })
  if (problem !== undefined) throw formFailure(result, `the answer does not fit the schema: ${problem}`)
}

async function findProblem(answer: unknown, schema: JsonObject): Promise<string | undefined> {
  const { Validator } = await import('@cfworker/json-schema')
  // The last error is the innermost: what is wrong, not what follows from it.
  const error = new Validator(schema, '2020-12').validate(answer).errors.at(-1)
  return error && `${error.instanceLocation}: ${error.error}`
}

function parseAnswer(result: Result): unknown {
  try {
    return JSON.parse(result.answer.text) as unknown
  } catch (error) {
    throw formFailure(result, `the answer is no JSON: ${reasonOf(error)}`)
  }
}

function formFailure({ label, answer: { text, usage } }: Result, message: string): LlmFailure {
  return new LlmFailure('form', `${label}: ${message}`, { partial: text, usage })
}
