import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import type { Usage } from './answer.ts'

/** Kinds of failures, with their exit codes. */
const STATUS = {
  /** No key, or the server does not take it: 401, 402, 403, a used-up quota. */
  auth: ExitStatus.Failed,
  /** The server turned the request down for good: 400, 404, 413, 422 … */
  request: ExitStatus.Failed,
  /** Something of ours is missing or not usable: a record, a program, a certificate. */
  setup: ExitStatus.Failed,
  'rate-limit': ExitStatus.TryAgain,
  overload: ExitStatus.TryAgain,
  server: ExitStatus.TryAgain,
  connection: ExitStatus.TryAgain,
  timeout: ExitStatus.TryAgain,
  /** The answer broke off: no terminator, a socket that was cut. */
  cut: 5,
  /** The model stopped at the limit of tokens. */
  length: 5,
  /** The model's context was full before the answer was complete. */
  full: 5,
  /** The server gave a finish reason that is not known to mean a complete answer. */
  incomplete: 5,
  empty: 5,
  filtered: 5,
  refused: 5,
  'tool-call': 5,
  /** The answer is larger than --max-answer-bytes. */
  'too-large': 5,
  /** Does not match the schema, or lacks the code block. */
  form: 5,
  context: 6,
  budget: 7,
} as const

export type FailureKind = keyof typeof STATUS

/** What may come of asking again at once: these are about the moment, not about the request. */
const RETRYABLE: ReadonlySet<FailureKind> = new Set(['rate-limit', 'overload', 'server', 'connection', 'cut'])

interface FailureDetails {
  /** How long the server asks to wait, in milliseconds. */
  readonly waitMs?: number | undefined
  /** What was read of the answer, if anything. */
  readonly partial?: string | undefined
  /** Usage of an incomplete answer, which is charged. */
  readonly usage?: Usage | undefined
  /** The model, if it differs from the target: a recording has its own. */
  readonly label?: string | undefined
  /** Overrides the default of the kind (`x-should-retry`). */
  readonly retryable?: boolean | undefined
  /** The field of the request that the server rejects. */
  readonly param?: string | undefined
  readonly cause?: unknown
}

/** A call without a complete answer. */
export class LlmFailure extends CommandError {
  override readonly name = 'LlmFailure'
  readonly kind: FailureKind
  readonly waitMs: number | undefined
  readonly partial: string | undefined
  readonly usage: Usage | undefined
  readonly label: string | undefined
  readonly retryable: boolean
  readonly param: string | undefined

  constructor(
    kind: FailureKind,
    message: string,
    { waitMs, partial, usage, label, retryable, param, cause }: FailureDetails = {},
  ) {
    super(STATUS[kind], message, { cause })
    this.kind = kind
    this.waitMs = waitMs
    this.partial = partial === '' ? undefined : partial
    this.usage = usage
    this.label = label
    this.param = param
    this.retryable = retryable ?? RETRYABLE.has(kind)
  }

  /** The same failure in other words, or with other details. */
  with({ message = this.message, ...details }: FailureDetails & { readonly message?: string }): LlmFailure {
    const { kind, waitMs, partial, usage, label, retryable, param, cause } = this
    return new LlmFailure(kind, message, { waitMs, partial, usage, label, retryable, param, cause, ...details })
  }
}

export function isFailureKind(word: unknown): word is FailureKind {
  return typeof word === 'string' && Object.hasOwn(STATUS, word)
}
