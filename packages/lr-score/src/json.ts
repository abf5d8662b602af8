import type { Evaluate, Evaluation } from './evaluator.ts'
import { fieldsJudge } from './json-fields.ts'
import { readSchema } from './json-schema.ts'
import { meanEvaluation } from './mean-evaluation.ts'

export interface JsonCriteria {
  /** Whether being JSON is asked for, whatever else is. */
  readonly valid: boolean
  /** As `NAME` or `NAME:TYPE`. */
  readonly fields: readonly string[]
  /** A file with a JSON Schema. */
  readonly schema: string | undefined
}

/**
 * Whether a text is JSON with these fields and of this schema; undefined where nothing of it is asked for. With both, the
 * score is their mean.
 *
 * @throws UsageError for an invalid type or schema
 */
export async function jsonEvaluator({ valid, fields, schema }: JsonCriteria): Promise<Evaluate | undefined> {
  const judges: ((value: unknown) => Evaluation)[] = []
  if (fields.length > 0) judges.push(fieldsJudge(fields))
  if (schema !== undefined) judges.push(await readSchema(schema))
  if (judges.length === 0 && !valid) return undefined
  return ({ text }) => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      return { score: 0, deficiencies: [`no JSON: ${(error as Error).message}`] }
    }
    return meanEvaluation(judges.map((judge) => judge(value)))
  }
}
