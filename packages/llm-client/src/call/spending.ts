import type { Usage } from '../answer/answer.ts'
import type { LlmFailure } from '../answer/failure.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { costOf, type Price } from './budget.ts'
import { estimateUsage } from './estimate-usage.ts'

const COUNTS = ['input', 'output', 'apart', 'reasoning', 'cached', 'written', 'cost'] as const

/** The sum of two usages, of which each has its cost if that is known. */
export function addUsage(one: Usage, other: Usage | undefined): Usage
export function addUsage(one: Usage | undefined, other: Usage | undefined): Usage | undefined
export function addUsage(one: Usage | undefined, other: Usage | undefined): Usage | undefined {
  if (one === undefined || other === undefined) return one ?? other
  const sums = COUNTS.map((count) => {
    const [left, right] = [one[count], other[count]]
    return [count, left === undefined ? right : left + (right ?? 0)] as const
  })
  const isEstimated = one.isEstimated === true || other.isEstimated === true
  return { ...one, ...Object.fromEntries(sums), ...(isEstimated ? { isEstimated } : {}) }
}

/** What the attempts at one answer have cost: a server charges answers that broke off, too. */
export class Spending {
  readonly #request: ChatRequest
  readonly #price: Price | undefined
  #lost: Usage | undefined

  constructor(request: ChatRequest, price: Price | undefined) {
    this.#request = request
    this.#price = price
  }

  /** An attempt that failed. */
  add({ partial, usage }: LlmFailure): void {
    if (partial === undefined && usage === undefined) return
    const counted = this.#count(usage, partial)
    this.#lost = addUsage(counted, this.#lost)
  }

  /** Of the attempts that failed. */
  get lost(): Usage | undefined {
    return this.#lost
  }

  /** The usage of an answer, with that of the attempts before it. */
  total(usage: Usage, text: string): Usage {
    return this.#lost ? addUsage(this.#count(usage, text), this.#lost) : usage
  }

  #count(usage: Usage = {}, text = ''): Usage {
    const counted = estimateUsage(usage, this.#request, text)
    return { ...counted, cost: costOf(counted, this.#price) }
  }
}
