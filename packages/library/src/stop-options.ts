/** The options of `lr-stop` for programs. Written by a test from the option table: do not edit. */
export interface StopOptions {
  /** `--iterations`: stop after N rounds. */
  readonly iterations?: number | undefined
  /** `--min-iterations`: ignore a pass before N rounds. */
  readonly minIterations?: number | undefined
  /** `--patience`: stop after N rounds in a row whose "reply" changed nothing (default: 2). */
  readonly patience?: number | undefined
  /** `--threshold`: treat a score of at least SCORE as a pass, even if "passed" is false. */
  readonly threshold?: number | undefined
  /** `--plateau`: stop when the score changed by less than DELTA twice in a row. */
  readonly plateau?: number | undefined
  /** `--repeat`: stop when a "tree" or an "output" occurs again. */
  readonly repeat?: boolean | undefined
  /** `--max-time`: stop when the "seconds" of all rounds reach TIME. */
  readonly maxTime?: string | number | undefined
  /** The same as `maxTime`. */
  readonly timeout?: string | number | undefined
  /** `--max-total-tokens`: stop when the "tokens" of all rounds reach N. */
  readonly maxTotalTokens?: number | undefined
  /** The same as `maxTotalTokens`. */
  readonly maxTokens?: number | undefined
  /** `--max-cost`: stop when the "cost" of all rounds reaches USD. */
  readonly maxCost?: number | undefined
  /** `--learn`: stop when runs in FILE (lr-loop runs --json) that were like this one hardly ever passed. */
  readonly learn?: string | undefined
  /** `--config`: read FILE instead of the nearest lr.yaml. */
  readonly config?: string | undefined
  /** `--profile`: apply profile NAME from lr.yaml. */
  readonly profile?: string | undefined
  /** `--verbose`: print more on standard error. */
  readonly verbose?: boolean | undefined
  /** `--quiet`: only errors on standard error. */
  readonly quiet?: boolean | undefined
}
