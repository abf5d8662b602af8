/** The options of `lr-loop` for programs. Written by a test from the option table: do not edit. */
export interface LoopOptions {
  /** `--iterations`: ask the model at most N times (default: 100). */
  readonly iterations?: number | undefined
  /** `--model`: the model, as lr-llm takes it. */
  readonly model?: string | undefined
  /** `--local`: use a model on this machine (Ollama). */
  readonly local?: boolean | undefined
  /** `--llm-url`: the model server's address, as lr-llm takes it. */
  readonly llmUrl?: string | undefined
  /** `--api-key`: the key (others on this machine can see it; better set a variable such as GROQ_API_KEY). */
  readonly apiKey?: string | undefined
  /** `--linters`: check with these known checkers, beside the check command if there is one. */
  readonly linters?: readonly string[] | undefined
  /** `--instructions`: what the model is asked to do (default: fix what fails). */
  readonly instructions?: string | undefined
  /** `--reply`: form of the reply: whole files, edits, either, or the whole answer as the text of the one source. */
  readonly reply?: 'auto' | 'whole' | 'edit' | 'text' | undefined
  /** `--label`: name the run, so that lr-loop runs can group it with others. */
  readonly label?: string | undefined
  /** `--context`: show FILE to the model (tests, a specification), and let no reply change it. */
  readonly context?: readonly string[] | undefined
  /** `--min-iterations`: go on until N replies even where the check passes. */
  readonly minIterations?: number | undefined
  /** `--threshold`: the check passes from this score on, whatever its own verdict. */
  readonly threshold?: number | undefined
  /** `--plateau`: stop when the score changed by less than DELTA twice in a row. */
  readonly plateau?: number | undefined
  /** `--patience`: stop after N replies in a row without a change; the model is told after each (default: 2). */
  readonly patience?: number | undefined
  /** `--stop`: stop when COMMAND prints a reason; it gets one JSON object per round on standard input (repeatable). */
  readonly stop?: readonly string[] | undefined
  /** `--keep`: the state that is left behind where the check does not pass (default: best). */
  readonly keep?: 'best' | 'last' | undefined
  /** `--recheck`: run a failing check N times more first, to find out whether it is flaky (default: 0). */
  readonly recheck?: number | undefined
  /** `--timeout`: stop asking after this time. */
  readonly timeout?: string | number | undefined
  /** `--check-timeout`: how long one run of the check may take. */
  readonly checkTimeout?: string | number | undefined
  /** `--max-tokens`: stop asking once N tokens are used. */
  readonly maxTokens?: number | undefined
  /** `--max-cost`: stop asking once this is spent. */
  readonly maxCost?: number | undefined
  /** `--no-guard`: trust the check although the tests have changed since it began, or say less (see docs/guard.md). */
  readonly noGuard?: boolean | undefined
  /** `--attempts`: try N times, each in a tree of its own; the first that passes is kept, else the one with the best score (default: one for each of --models and --temperatures). */
  readonly attempts?: number | undefined
  /** `--jobs`: make N attempts at once (default: 1). */
  readonly jobs?: number | undefined
  /** `--models`: the attempts ask these models in turn. */
  readonly models?: readonly string[] | undefined
  /** `--temperatures`: how freely the attempts choose words, one after the other. */
  readonly temperatures?: readonly string[] | undefined
  /** `--seed`: the first attempt's seed; each further one has the next number. */
  readonly seed?: number | undefined
  /** `--ignored`: what becomes of files that git ignores (node_modules, .venv …) in the tree of an attempt (default: copy). */
  readonly ignored?: 'copy' | 'link' | 'none' | undefined
  /** `--no-git`: make no branch and no commits. */
  readonly noGit?: boolean | undefined
  /** `--branch`: the branch of this run (default: lr/TIME-NAME). */
  readonly branch?: string | undefined
  /** `--dirty`: what to do with changes that are not committed (default: refuse). */
  readonly dirty?: 'refuse' | 'commit' | 'carry' | undefined
  /** `--check`: replaces the check stage. */
  readonly check?: string | undefined
  /** `--prompt`: replaces the prompt stage. */
  readonly prompt?: string | undefined
  /** `--llm`: replaces the llm stage. */
  readonly llm?: string | undefined
  /** `--apply`: replaces the apply stage. */
  readonly apply?: string | undefined
  /** `--git`: replaces the git stage. */
  readonly git?: string | undefined
  /** `--resume`: go on with a run that was cut short: the newest one here, or the one named. */
  readonly resume?: boolean | undefined
  /** `--run-dir`: the run's folder (default: a new one in the state folder). */
  readonly runDir?: string | undefined
  /** `--keep-runs`: at the end, remove the oldest runs from the state folder until N are left (default: 100). */
  readonly keepRuns?: number | undefined
  /** `--keep-megabytes`: and until they take no more than this (default: 1000). */
  readonly keepMegabytes?: number | undefined
  /** `--config`: read FILE instead of the lr.yaml found upwards. */
  readonly config?: string | undefined
  /** `--profile`: lay the profile NAME of lr.yaml over the rest of it. */
  readonly profile?: string | undefined
  /** `--verbose`: say more on standard error. */
  readonly verbose?: boolean | undefined
  /** `--quiet`: only errors on standard error. */
  readonly quiet?: boolean | undefined
}
