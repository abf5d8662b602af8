/** The options of `lr-loop` for programs. Written by a test from the option table: do not edit. */
export interface LoopOptions {
  /** `--model`: model, as for lr-llm -m. */
  readonly model?: string | undefined
  /** `--local`: use a local Ollama model; start its server, and pull the model, once for the run. */
  readonly local?: boolean | undefined
  /** `--url`: address of the model server, as for lr-llm --url. */
  readonly url?: string | undefined
  /** The same as `url`. */
  readonly llmUrl?: string | undefined
  /** `--api-key`: API key (visible to other users of this machine; prefer a variable such as GROQ_API_KEY). */
  readonly apiKey?: string | undefined
  /** `--instructions`: task for the model (default: fix what fails). */
  readonly instructions?: string | undefined
  /** `--instructions-file`: read the task from FILE; with --instructions, that comes first. */
  readonly instructionsFile?: string | undefined
  /** `--agent`: have an agent edit the files in place of a model: a shell command that reads the prompt on standard input (see docs/agents.md). */
  readonly agent?: string | undefined
  /** `--agent-timeout`: stop the agent, and all that it started, after this time in each iteration (default: 30m). */
  readonly agentTimeout?: string | number | undefined
  /** `--usage-from`: regular expression for the agent's output with the groups input and output or tokens, and cost (default: its JSON). */
  readonly usageFrom?: string | undefined
  /** `--reply`: form of the reply: whole files, edits, either, or the whole answer as the text of the one source. */
  readonly reply?: 'auto' | 'whole' | 'edit' | 'text' | undefined
  /** `--context`: show FILE to the model (tests, a specification); no reply may change it. */
  readonly context?: readonly string[] | undefined
  /** `--checkers`: run these known checkers, in addition to the check command if there is one. */
  readonly checkers?: readonly string[] | undefined
  /** The same as `checkers`. */
  readonly linters?: readonly string[] | undefined
  /** `--threshold`: treat a score of at least SCORE as a pass. */
  readonly threshold?: number | undefined
  /** `--confirm`: hidden check: run when the check passes; the model sees neither its files nor its output. Exit code 0 only if both pass. */
  readonly confirm?: string | undefined
  /** `--only-new`: what fails at the first check does not count and is not in the prompt: nothing else may fail or vanish. */
  readonly onlyNew?: boolean | undefined
  /** `--known`: --only-new, with the known failures that lr-check --known recorded in FILE. */
  readonly known?: string | undefined
  /** `--known-from`: --only-new, with what failed at the first check of RUN. */
  readonly knownFrom?: string | undefined
  /** `--fix-known`: --only-new, but the next N known failures count, and are to be fixed. */
  readonly fixKnown?: number | undefined
  /** `--check-timeout`: time limit for one run of the check. */
  readonly checkTimeout?: string | number | undefined
  /** `--recheck`: before the first reply, run a failing check N more times to find out whether it is flaky (default: 0). */
  readonly recheck?: number | undefined
  /** `--strict`: accept no doubtful pass and no new suspicious code, as lr-check --strict (see docs/guard.md). */
  readonly strict?: boolean | undefined
  /** `--no-guard`: accept a check although tests or check scripts have changed since the start, or check less (see docs/guard.md). */
  readonly noGuard?: boolean | undefined
  /** `--no-canary`: do not run the tests of a pass once more in a copy of the tree where they must fail (see docs/guard.md). */
  readonly noCanary?: boolean | undefined
  /** `--iterations`: send at most N requests (default: 100). */
  readonly iterations?: number | undefined
  /** `--min-iterations`: run at least N iterations. */
  readonly minIterations?: number | undefined
  /** `--patience`: stop after N replies in a row without a change; each is answered in the next prompt (default: 2). */
  readonly patience?: number | undefined
  /** `--max-time`: send no request after this time. */
  readonly maxTime?: string | number | undefined
  /** The same as `maxTime`. */
  readonly timeout?: string | number | undefined
  /** `--deadline`: end the run after this time, whatever it is doing, with the files in their best state. */
  readonly deadline?: string | number | undefined
  /** `--wait-limit`: wait up to TIME per request for rate limits to reset, as for lr-llm --wait-limit. */
  readonly waitLimit?: string | number | undefined
  /** `--max-total-tokens`: send no request once N tokens are used. */
  readonly maxTotalTokens?: number | undefined
  /** The same as `maxTotalTokens`. */
  readonly maxTokens?: number | undefined
  /** `--max-cost`: send no request once this is spent (US dollars). */
  readonly maxCost?: number | undefined
  /** `--plateau`: stop when the score changed by less than DELTA twice in a row. */
  readonly plateau?: number | undefined
  /** `--stop-command`: stop when COMMAND prints a reason; it reads one JSON object per round. */
  readonly stopCommand?: readonly string[] | undefined
  /** The same as `stopCommand`. */
  readonly stop?: readonly string[] | undefined
  /** `--keep`: state to leave behind if the check does not pass (default: best). */
  readonly keep?: 'best' | 'last' | undefined
  /** `--attempts`: run N independent attempts, each in its own tree; the first that passes is kept, else the best score (default: one per entry of --models and --temperatures). */
  readonly attempts?: number | undefined
  /** `--jobs`: run N attempts in parallel (default: 1). */
  readonly jobs?: number | undefined
  /** `--models`: models of the attempts, in turn. */
  readonly models?: readonly string[] | undefined
  /** `--temperatures`: sampling temperatures of the attempts, in turn. */
  readonly temperatures?: readonly string[] | undefined
  /** `--seed`: seed of the first attempt; each further one adds 1. */
  readonly seed?: number | undefined
  /** `--ignored`: how an attempt's tree gets files that git ignores (node_modules, .venv …) (default: copy). */
  readonly ignored?: 'copy' | 'link' | 'none' | undefined
  /** `--no-git`: make no branch and no commits. */
  readonly noGit?: boolean | undefined
  /** `--branch`: name of the run's branch (default: lr/TIME-NAME). */
  readonly branch?: string | undefined
  /** `--dirty`: how to treat uncommitted changes (default: refuse). */
  readonly dirty?: 'refuse' | 'commit' | 'carry' | undefined
  /** `--fixes`: explain the commits in FILE (.md or .txt), or not at all: none; that is the default if the check may read FIXES.md (default: FIXES.md). */
  readonly fixes?: string | undefined
  /** `--check`: replace the check stage. */
  readonly check?: string | undefined
  /** `--prompt`: replace the prompt stage. */
  readonly prompt?: string | undefined
  /** `--llm`: replace the llm stage. */
  readonly llm?: string | undefined
  /** `--apply`: replace the apply stage. */
  readonly apply?: string | undefined
  /** `--git`: replace the git stage. */
  readonly git?: string | undefined
  /** `--resume`: resume an interrupted run: the newest one here, or RUN. */
  readonly resume?: boolean | undefined
  /** `--run-dir`: folder of the run (default: a new one in the state folder). */
  readonly runDir?: string | undefined
  /** `--label`: name the run, so that lr-loop runs can group it with others. */
  readonly label?: string | undefined
  /** `--keep-runs`: after the run, remove the oldest runs from the state folder until N remain (default: 100). */
  readonly keepRuns?: number | undefined
  /** `--keep-megabytes`: total size limit of kept runs (default: 1000). */
  readonly keepMegabytes?: number | undefined
  /** `--dry-run`: run the check, print the size of the first prompt and what a run may cost, and send nothing. */
  readonly dryRun?: boolean | undefined
  /** `--config`: read FILE instead of the lr.yaml found upwards. */
  readonly config?: string | undefined
  /** `--profile`: apply profile NAME from lr.yaml. */
  readonly profile?: string | undefined
  /** `--verbose`: print more on standard error. */
  readonly verbose?: boolean | undefined
  /** `--quiet`: only errors on standard error. */
  readonly quiet?: boolean | undefined
}
