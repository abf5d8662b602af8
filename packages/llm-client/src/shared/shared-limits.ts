import type { Answer, Usage } from '../answer/answer.ts'
import { LlmFailure } from '../answer/failure.ts'
import { costOf, type Price } from '../call/budget.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { estimateTokens } from '../request/write-body.ts'
import { Gate, type GateLimits, type Pass } from './gate.ts'
import type { Charge, Ledger } from './ledger.ts'
import type { Reservation, SharedBudget } from './shared-budget.ts'
import type { Attempt, Candidate, Queue, Turn } from './turn.ts'

/** What follows a request through its attempts. */
export interface Follower {
  readonly client: string
  readonly onCharge: (charge: Charge) => void
  readonly onAttempt: () => void
  /** @param milliseconds in all */
  readonly onWait: (milliseconds: number) => void
}

/** Characters of an answer in a token, if its server does not count them. */
const TOKEN_CHARACTERS = 4
/** The tokens that an answer is expected to have before any is known. */
const FIRST_GUESS = 1000
/** The weight of the last answer in the average. */
const WEIGHT = 0.1

/** The limits that all requests of a service share: rates, concurrency, budget. */
export class SharedLimits {
  readonly #limits: GateLimits
  readonly #budget: SharedBudget | undefined
  readonly #ledger: Ledger | undefined
  /** By model: each has a key and limits of its own. */
  readonly #gates = new Map<string, Gate>()
  #usualOutput = FIRST_GUESS
  #isClosed = false

  constructor(limits: GateLimits, budget: SharedBudget | undefined, ledger: Ledger | undefined) {
    this.#limits = limits
    this.#budget = budget
    this.#ledger = ledger
  }

  /** Requests that are running and waiting. */
  get load(): { readonly running: number; readonly waiting: number } {
    const gates = [...this.#gates.values()]
    const sum = (count: (gate: Gate) => number) => gates.reduce((total, gate) => total + count(gate), 0)
    return { running: sum(({ running }) => running), waiting: sum(({ waiting }) => waiting) }
  }

  /** Refuses all that wait, and whatever comes. */
  close(): void {
    this.#isClosed = true
    for (const gate of this.#gates.values()) gate.close()
  }

  /** For the attempts of one request. */
  queueFor(follower: Follower): Queue {
    let waitedMs = 0
    const waited = async <T>(promise: Promise<T>): Promise<T> => {
      const started = Date.now()
      return promise.finally(() => {
        waitedMs += Date.now() - started
        follower.onWait(waitedMs)
      })
    }
    const enter = async ({ label, request, price, hasFallback }: Candidate, signal: AbortSignal): Promise<Turn> => {
      this.#ledger?.requireWritten()
      const reservation = await waited(this.#reserve(label, request, price, signal))
      const limited = reservation?.request ?? request
      const prompt = estimateTokens(limited)
      const begin = async (isRetry: boolean, attemptSignal: AbortSignal) => {
        if (isRetry && reservation?.allowsRetry() === false) throw spent(label)
        const need = {
          client: follower.client,
          label,
          isRetry,
          hasFallback,
          tokens: prompt + (limited.sampling.maxTokens ?? this.#usualOutput),
          waitMs: this.#limits.waitMs - waitedMs,
        }
        const pass = await waited(this.#gateOf(label).enter(need, attemptSignal))
        return this.#attempt(pass, { label, prompt, price }, follower)
      }
      return { request: limited, begin, end: () => reservation?.release() }
    }
    return {
      get waitedMs() {
        return waitedMs
      },
      enter,
    }
  }

  async #reserve(
    label: string,
    request: ChatRequest,
    price: Price | undefined,
    signal: AbortSignal,
  ): Promise<Reservation | undefined> {
    return price && this.#budget?.reserve(request, label, price, signal)
  }

  #gateOf(label: string): Gate {
    const gate = this.#gates.get(label) ?? new Gate(this.#limits)
    this.#gates.set(label, gate)
    if (this.#isClosed) gate.close()
    return gate
  }

  #attempt(
    pass: Pass,
    { label, prompt, price }: { readonly label: string; readonly prompt: number; readonly price: Price | undefined },
    { client, onCharge, onAttempt }: Follower,
  ): Attempt {
    let characters = 0
    return {
      onProgress: (count) => {
        if (characters === 0) pass.accepted()
        characters = count
      },
      end: (outcome) => {
        const failure = outcome instanceof LlmFailure ? outcome : undefined
        const usage = chargedUsage(outcome, prompt, characters)
        this.#learn(outcome)
        onAttempt()
        pass.end({ failure, tokens: usage && (usage.input ?? prompt) + (usage.output ?? 0) })
        if (!usage) return
        const charge = { ...chargeOf(usage, price), client, model: label }
        onCharge(charge)
        this.#ledger?.append(charge)
      },
    }
  }

  #learn(outcome: Answer | Error): void {
    if (outcome instanceof Error || outcome.usage.output === undefined) return
    this.#usualOutput = Math.ceil(this.#usualOutput * (1 - WEIGHT) + outcome.usage.output * WEIGHT)
  }
}

interface ChargedUsage extends Usage {
  readonly isEstimate: boolean
}

/** What a provider charges for an attempt; undefined if it rejected the request. */
function chargedUsage(outcome: Answer | Error, prompt: number, characters: number): ChargedUsage | undefined {
  const usage = outcome instanceof Error ? (outcome instanceof LlmFailure ? outcome.usage : undefined) : outcome.usage
  if (usage?.input !== undefined && usage.output !== undefined) return { ...usage, isEstimate: false }
  // An attempt that we ended may be charged, even if nothing came yet.
  const isOurs = outcome instanceof LlmFailure ? outcome.kind === 'timeout' : outcome instanceof Error
  if (outcome instanceof Error && characters === 0 && !isOurs) return undefined
  const text = outcome instanceof Error ? characters : outcome.text.length + outcome.reasoning.length
  return { ...usage, input: prompt, output: Math.ceil(text / TOKEN_CHARACTERS), isEstimate: true }
}

function chargeOf(usage: ChargedUsage, price: Price | undefined): Omit<Charge, 'client' | 'model'> {
  const { input, output, cached, isEstimate } = usage
  return { input, output, cached, cost: costOf(usage, price), estimated: isEstimate }
}

function spent(label: string): LlmFailure {
  return new LlmFailure('budget', `${label}: the budget does not allow another attempt (--max-cost)`)
}
