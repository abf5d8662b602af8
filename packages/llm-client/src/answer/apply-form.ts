import { reasonOf } from '@loop-runner/cli-kit'
import type { JsonObject } from '../json.ts'
import { extractCode } from './extract-code.ts'
import { LlmFailure } from './failure.ts'
import type { Result } from '../recording/recording.ts'

/** The required form of an answer. */
export interface Form {
  /** Which code to take out of it; see extractCode. */
  readonly extract?: string | undefined
  readonly schema?: JsonObject | undefined
}

/**
 * The answer in the required form.
 *
 * @throws LlmFailure of kind `form` if it lacks the code or does not match the schema; `request` for a schema that
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
    // Broken references and invalid patterns are only found here.
    const [reason = ''] = reasonOf(error).split('\n')
    const { text, usage } = result.answer
    const message = `${result.label}: the schema cannot be used: ${reason}`
    throw new LlmFailure('request', message, { partial: text, usage, cause: error })
  })
  if (problem !== undefined) throw formFailure(result, `the answer does not match the schema: ${problem}`)
}

async function findProblem(answer: unknown, schema: JsonObject): Promise<string | undefined> {
  const { Validator } = await import('@cfworker/json-schema')
  // The last error is the innermost.
  const error = new Validator(schema, '2020-12').validate(answer).errors.at(-1)
  return error && `${error.instanceLocation}: ${error.error}`
}

function parseAnswer(result: Result): unknown {
  try {
    return JSON.parse(result.answer.text) as unknown
  } catch (error) {
    throw formFailure(result, `the answer is not JSON: ${reasonOf(error)}`)
  }
}

function formFailure({ label, answer: { text, usage } }: Result, message: string): LlmFailure {
  return new LlmFailure('form', `${label}: ${message}`, { partial: text, usage })
}
