import type { Values } from '@loop-runner/cli-kit'
import type { CALL_OPTIONS, TARGET_OPTIONS } from '../ask/ask-options.ts'
import { certificatesOf, headersOfOptions, keySourceOf } from '../ask/call-options-of.ts'
import {
  type Context,
  Deadline,
  findKey,
  headersOf,
  listModels,
  type ModelFacts,
  placeOfKey,
  redactFailure,
  type ServerTarget,
} from '@loop-runner/llm-client'

type ListValues = Values<typeof TARGET_OPTIONS> &
  Pick<Values<typeof CALL_OPTIONS>, 'timeout' | 'connect-timeout' | 'ca-file'>

/**
 * The models of a server.
 *
 * @throws LlmFailure if it does not list them in time
 */
export async function readModels(target: ServerTarget, options: ListValues, io: Context): Promise<ModelFacts[]> {
  const key = await findKey(target, keySourceOf(options), io)
  const headers = headersOf(target, { key, headers: headersOfOptions(options) })
  const deadline = new Deadline(options.timeout, target.provider, io.signal)
  const limits = { connectMs: options['connect-timeout'] }
  const { transport } = io
  const network = { transport, env: io.env, ca: certificatesOf(options, io.cwd), limits, signal: deadline.signal }
  try {
    return await listModels(target, headers, network, placeOfKey(target, keySourceOf(options), io.env))
  } catch (error) {
    throw redactFailure(error, [key, ...Object.values(headers)])
  } finally {
    deadline.clear()
  }
}
