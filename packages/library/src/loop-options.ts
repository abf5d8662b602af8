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
  /** `--agent`: let an agent edit the files instead of a model: a shell command that reads the prompt on standard input (see docs/agents.md). */
  readonly agent?: string | undefined
  /** `--agent-timeout`: time limit for the agent and its processes in each iteration (default: 30m). */
  readonly agentTimeout?: string | number | undefined
  /** `--usage-from`: regular expression for the agent's output with the groups input and output or tokens, and cost (default: its JSON). */
  readonly usageFrom?: string | undefined
  /** `--reply`: form of the reply: either (auto), whole files, edits, or the new text of the only source. */
  readonly reply?: 'auto' | 'whole' | 'edit' | 'text' | undefined
  /** `--context`: show FILE to the model as read-only: tests, a specification. */
  readonly context?: readonly string[] | undefined
  /** `--checkers`: run these known checkers, in addition to the check command if one is given. */
  readonly checkers?: readonly string[] | undefined
  /** The same as `checkers`. */
  readonly linters?: readonly string[] | undefined
  /** `--threshold`: treat a score of at least SCORE as a pass. */
  readonly threshold?: number | undefined
  /** `--confirm`: hidden check, run when the check passes; the model sees neither its files nor its output; the run passes only if both pass. */
  readonly confirm?: string | undefined
  /** `--only-new`: ignore failures of the first check, and omit them from the prompt; fail if anything else fails or a test disappears. */
  readonly onlyNew?: boolean | undefined
  /** `--known`: like --only-new, with the failures that lr-check --known recorded in FILE. */
  readonly known?: string | undefined
  /** `--known-from`: like --only-new, with the failures of the first check of RUN. */
  readonly knownFrom?: string | undefined
  /** `--fix-known`: like --only-new, but fix the next N known failures. */
  readonly fixKnown?: number | undefined
  /** `--check-timeout`: time limit for one run of the check. */
  readonly checkTimeout?: string | number | undefined
  /** `--recheck`: run a failing first check N more times to detect a flaky check (default: 0). */
  readonly recheck?: number | undefined
  /** `--strict`: reject a doubtful pass and new suspicious code, as lr-check --strict (see docs/guard.md). */
  readonly strict?: boolean | undefined
  /** `--no-guard`: accept a pass even if tests or check scripts have changed or check less (see docs/guard.md). */
  readonly noGuard?: boolean | undefined
  /** `--no-canary`: after a pass, do not run the tests again in a copy of the tree where they must fail (see docs/guard.md). */
  readonly noCanary?: boolean | undefined
  /** `--iterations`: send at most N requests (default: 100). */
  readonly iterations?: number | undefined
  /** `--min-iterations`: run at least N iterations. */
  readonly minIterations?: number | undefined
  /** `--patience`: stop after N replies in a row without a change; the next prompt reports each (default: 2). */
  readonly patience?: number | undefined
  /** `--max-time`: send no request after this time. */
  readonly maxTime?: string | number | undefined
  /** The same as `maxTime`. */
  readonly timeout?: string | number | undefined
  /** `--deadline`: end the run after this time, even during a stage, and leave the files in their best state. */
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
  /** `--keep`: state of the files to keep if the check does not pass (default: best). */
  readonly keep?: 'best' | 'last' | undefined
  /** `--attempts`: run N independent attempts, each in its own tree, and keep the first that passes, else the best score (default: one per entry of --models and --temperatures). */
  readonly attempts?: number | undefined
  /** `--jobs`: run N attempts in parallel (default: 1). */
  readonly jobs?: number | undefined
  /** `--models`: models of the attempts, in turn. */
  readonly models?: readonly string[] | undefined
  /** `--temperatures`: sampling temperatures of the attempts, in turn. */
  readonly temperatures?: readonly string[] | undefined
  /** `--seed`: seed of the first attempt; each further one adds 1. */
  readonly seed?: number | undefined
  /** `--ignored`: how the tree of an attempt gets ignored files (node_modules, .venv …) (default: copy). */
  readonly ignored?: 'copy' | 'link' | 'none' | undefined
  /** `--no-git`: make no branch and no commits. */
  readonly noGit?: boolean | undefined
  /** `--branch`: name of the run's branch (default: lr/TIME-NAME). */
  readonly branch?: string | undefined
  /** `--dirty`: how to treat uncommitted changes (default: refuse). */
  readonly dirty?: 'refuse' | 'commit' | 'carry' | undefined
  /** `--fixes`: explain the commits in FILE (.md or .txt); none: write no explanations, the default if the check may read FIXES.md (default: FIXES.md). */
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
  /** `--label`: label of the run, by which lr-loop runs can group runs. */
  readonly label?: string | undefined
  /** `--keep-runs`: after the run, remove the oldest runs from the state folder until N remain (default: 100). */
  readonly keepRuns?: number | undefined
  /** `--keep-megabytes`: total size limit of kept runs (default: 1000). */
  readonly keepMegabytes?: number | undefined
  /** `--dry-run`: run the check, print the size of the first prompt and the cost to expect, and send nothing. */
  readonly dryRun?: boolean | undefined
  /** `--config`: read FILE instead of the nearest lr.yaml. */
  readonly config?: string | undefined
  /** `--profile`: apply profile NAME from lr.yaml. */
  readonly profile?: string | undefined
  /** `--verbose`: print more on standard error. */
  readonly verbose?: boolean | undefined
  /** `--quiet`: only errors on standard error. */
  readonly quiet?: boolean | undefined
}
