import { requestTo } from './ask-models.ts'
import type { Question } from './ask-models.ts'
import { endpoint } from './target.ts'
import { writeBody } from './write-body.ts'
import { WIRES } from './wires/table.ts'

const SECRET_HEADER = /auth|key|token|secret|cookie/i

/** What would be sent, and where: the body exactly, and a line for people. Keys are not looked for. */
export interface DryRun {
  readonly body: string
  readonly where: string
}

export function dryRun(question: Question): DryRun {
  const [target] = question.targets
  const request = requestTo(target, question)
  if (target.kind !== 'server') {
    return { body: `${JSON.stringify(request)}\n`, where: `would ask ${target.label}` }
  }
  const wire = WIRES[target.api]
  const { fields, headers } = question.callOptions
  const all = { ...wire.writeHeaders('hidden'), ...headers }
  const shown = Object.entries(all).map(([name, value]) => `${name}: ${SECRET_HEADER.test(name) ? '(hidden)' : value}`)
  const where = `would POST to ${endpoint(target.baseUrl, wire.path).href} with ${shown.join(', ')}`
  return { body: `${JSON.stringify(writeBody(target, request, fields))}\n`, where }
}
