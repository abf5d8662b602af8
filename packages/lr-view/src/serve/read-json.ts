import en from 'zod/v4/locales/en.js'
import * as z from 'zod/mini'
import type { Exchange } from './context.ts'
import { Problem } from './problem.ts'

/**
 * The body of a request.
 *
 * @throws Problem (415 not JSON by its type, 400 not JSON, 422 with the first field that is invalid)
 */
export function readJson<T extends z.ZodMiniType>(c: Exchange, schema: T): z.infer<T> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new Problem(415, 'expected application/json')
  }
  let body: unknown
  try {
    body = JSON.parse(c.get('body'))
  } catch {
    throw new Problem(400, 'the body is not JSON')
  }
  const { success, data, error } = schema.safeParse(body, { error: en().localeError })
  if (success) return data
  const [issue] = error.issues
  const place = issue?.path.map(String).join('.') ?? ''
  throw new Problem(
    422,
    `${place === '' ? 'body' : place}: ${issue?.code === 'unrecognized_keys' ? `unknown field ${issue.keys.join(', ')}` : (issue?.message ?? 'invalid')}`,
  )
}
