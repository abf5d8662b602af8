import type { RequestFacts } from './request-log.ts'

/** Values that are measured when the metrics are requested. */
export interface Gauges {
  readonly running: number
  readonly waiting: number
  /** In US dollars; undefined without a budget. */
  readonly budget: number | undefined
  readonly memoryBytes: number
  readonly uptimeSeconds: number
}

type Labels = Readonly<Record<string, string | number>>

const SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300]

/** Counters of a service, in the text format of Prometheus. */
export class Metrics {
  readonly #counters = new Map<string, Map<string, number>>()
  readonly #waits = new Histogram('lr_llm_wait_seconds', 'Time that requests waited for their turns')
  readonly #firsts = new Histogram('lr_llm_first_text_seconds', 'Time to the first text of an answer')
  readonly #durations = new Histogram('lr_llm_request_seconds', 'Duration of requests')

  /** A request for an answer that is over. */
  add({ client, status, error, attempts, charges, waitedMs, firstTextMs, durationMs }: RequestFacts): void {
    this.#count('lr_llm_requests_total', { client, status, error: error ?? 'none' }, 1)
    this.#count('lr_llm_attempts_total', { client }, attempts)
    for (const { input = 0, output = 0, cached = 0, cost = 0 } of charges) {
      this.#count('lr_llm_tokens_total', { client, kind: 'input' }, input)
      this.#count('lr_llm_tokens_total', { client, kind: 'output' }, output)
      this.#count('lr_llm_tokens_total', { client, kind: 'cached' }, cached)
      this.#count('lr_llm_cost_usd_total', { client }, cost)
    }
    this.#waits.add(waitedMs / 1000)
    this.#durations.add(durationMs / 1000)
    if (firstTextMs !== undefined) this.#firsts.add(firstTextMs / 1000)
  }

  write({ running, waiting, budget, memoryBytes, uptimeSeconds }: Gauges): string {
    const counters = [...this.#counters].map(
      ([name, values]) =>
        `# TYPE ${name} counter\n${[...values].map(([labels, value]) => `${name}${labels} ${value}\n`).join('')}`,
    )
    return [
      ...counters,
      ...[this.#waits, this.#firsts, this.#durations].map((histogram) => histogram.write()),
      gauge('lr_llm_running', running),
      gauge('lr_llm_waiting', waiting),
      budget === undefined ? '' : gauge('lr_llm_budget_remaining_usd', budget),
      gauge('process_resident_memory_bytes', memoryBytes),
      gauge('lr_llm_uptime_seconds', uptimeSeconds),
    ].join('')
  }

  #count(name: string, labels: Labels, amount: number): void {
    const values = this.#counters.get(name) ?? new Map<string, number>()
    const key = writeLabels(labels)
    values.set(key, (values.get(key) ?? 0) + amount)
    this.#counters.set(name, values)
  }
}

class Histogram {
  readonly #name: string
  readonly #help: string
  readonly #counts = SECONDS.map(() => 0)
  #sum = 0
  #count = 0

  constructor(name: string, help: string) {
    this.#name = name
    this.#help = help
  }

  add(seconds: number): void {
    this.#sum += seconds
    this.#count++
    for (const [index, limit] of SECONDS.entries())
      if (seconds <= limit) this.#counts[index] = (this.#counts[index] ?? 0) + 1
  }

  write(): string {
    const name = this.#name
    const buckets = SECONDS.map((limit, index) => `${name}_bucket{le="${limit}"} ${this.#counts[index]}\n`)
    return (
      `# HELP ${name} ${this.#help}\n# TYPE ${name} histogram\n${buckets.join('')}` +
      `${name}_bucket{le="+Inf"} ${this.#count}\n${name}_sum ${this.#sum}\n${name}_count ${this.#count}\n`
    )
  }
}

function gauge(name: string, value: number): string {
  return `# TYPE ${name} gauge\n${name} ${value}\n`
}

function writeLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(String(value))}`)
  return `{${pairs.join(',')}}`
}
