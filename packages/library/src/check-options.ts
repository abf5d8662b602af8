/** The options of `lr-check` for programs. Written by a test from the option table: do not edit. */
export interface CheckOptions {
  /** `--checkers`: run these known checkers, separated by commas (see --list). */
  readonly checkers?: readonly string[] | undefined
  /** The same as `checkers`. */
  readonly linters?: readonly string[] | undefined
  /** `--files-from`: read more sources from FILE, one per line; "-" is standard input. */
  readonly filesFrom?: string | undefined
  /** `--changed`: check only files that differ from REVISION (default: HEAD), and untracked files. */
  readonly changed?: string | true | undefined
  /** `--staged`: check only files that are staged. */
  readonly staged?: boolean | undefined
  /** `--fix`: first run the fixers of the checkers, one after another. */
  readonly fix?: boolean | undefined
  /** `--findings`: add a block of findings to each run: path:line:col: severity code message. */
  readonly findings?: boolean | undefined
  /** `--new-only`: ignore findings listed in FILE, an output of --findings; does not apply to tests and scripts. */
  readonly newOnly?: string | undefined
  /** `--known`: record current failures in FILE; if FILE exists, fail only for other tests and findings, or if a known test is missing. */
  readonly known?: string | undefined
  /** `--known-from`: take known failures from the first check of RUN, a run of lr-loop or a file of --known-to; --known FILE is created from it. */
  readonly knownFrom?: string | undefined
  /** `--known-to`: also write all current failures to FILE, known or not, unless the check is inconclusive. */
  readonly knownTo?: string | undefined
  /** `--fix-known`: count the next N known failures as failures; a new --known FILE applies at once. */
  readonly fixKnown?: number | undefined
  /** `--strict`: treat a doubtful pass as inconclusive: a traceback or a failed assertion in the output, no test passed; with --guard, also new suspicious code. */
  readonly strict?: boolean | undefined
  /** `--sarif`: also write the findings to FILE as a SARIF log. */
  readonly sarif?: string | undefined
  /** `--junit`: also write the runs to FILE as JUnit XML. */
  readonly junit?: string | undefined
  /** `--raw`: print output unchanged: not masked, not collapsed; only output beyond 2 MiB is omitted. */
  readonly raw?: boolean | undefined
  /** `--cache`: reuse a linter result if its files, settings, version and command are unchanged. */
  readonly cache?: boolean | undefined
  /** `--jobs`: run N checks at a time (default: number of processors). */
  readonly jobs?: number | undefined
  /** `--timeout`: stop a check and all its processes after TIME: 60, 500ms, 5m (default: 60s; 300s for tests and scripts). */
  readonly timeout?: string | number | undefined
  /** `--memory`: memory limit for each process of a check; "none" disables it (default: 4G). */
  readonly memory?: string | undefined
  /** `--file-size`: size limit for each file that a check writes; "none" disables it (default: 2G). */
  readonly fileSize?: string | undefined
  /** `--sandbox`: strict: run under bubblewrap, without network, only the tree writable; auto: strict if it works here, else limits (default: limits). */
  readonly sandbox?: 'auto' | 'strict' | 'limits' | 'none' | undefined
  /** `--guard`: record tests and check scripts in FILE; if they change later or check less, fail as tampered. */
  readonly guard?: string | undefined
  /** `--renew-guard`: record the guarded files again; use it after changing them yourself. */
  readonly renewGuard?: boolean | undefined
  /** `--protect`: also guard files that match PATTERN. */
  readonly protect?: readonly string[] | undefined
  /** `--allow`: do not guard files that match PATTERN. */
  readonly allow?: readonly string[] | undefined
  /** `--allow-named`: do not guard a file that is itself a SOURCE, as lr-apply does. */
  readonly allowNamed?: boolean | undefined
  /** `--allow-suppressions`: allow new suppressions in the sources (noqa, eslint-disable, @ts-ignore and others). */
  readonly allowSuppressions?: boolean | undefined
  /** `--canary`: with --guard: trust a pass only if tests fail in a copy of the tree that must fail there, or expect other values. */
  readonly canary?: boolean | undefined
  /** `--canary-score`: with --canary: trust a score of at least SCORE only if it is lower with other expected values. */
  readonly canaryScore?: number | undefined
  /** `--put-back`: restore guarded files and sources that the check itself has changed; the changed versions are kept in FILE.replaced. */
  readonly putBack?: boolean | undefined
  /** `--pass-env`: pass this environment variable to checks even if it may hold a secret. */
  readonly passEnv?: readonly string[] | undefined
  /** `--advisory`: exit with 0 even if a check fails; for pipes under "set -o pipefail". */
  readonly advisory?: boolean | undefined
  /** `--hook`: run as the agent's stop hook: while the check fails, print the failures on standard error and exit with 2. */
  readonly hook?: 'claude' | 'codex' | undefined
  /** `--hook-limit`: with --hook: let the agent stop after N failures in a row (default: 5). */
  readonly hookLimit?: number | undefined
  /** `--config`: read FILE instead of the nearest lr.yaml. */
  readonly config?: string | undefined
  /** `--profile`: apply profile NAME from lr.yaml. */
  readonly profile?: string | undefined
  /** `--verbose`: print more on standard error. */
  readonly verbose?: boolean | undefined
  /** `--quiet`: only errors on standard error. */
  readonly quiet?: boolean | undefined
}
