import { errorIn, CommandError, ExitStatus, type Io, runProcess, splitLines } from '@loop-runner/cli-kit'

/** A loop stops its own stages first, which may take 2 s, and then leaves the best state behind. */
const GRACE_MS = 10_000
/** Short calls, such as that of lr-stop, at a time. */
const MAX_SHORT = 4
const MAX_OUTPUT_BYTES = 64 << 20

/** How to run a program of the suite. */
export interface ProgramCall {
  readonly name: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly stdin?: string
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Stops the program as an interrupt does. */
  readonly signal: AbortSignal
  /** Called for each line of its standard output, while it runs. */
  readonly onLine?: (line: string) => void
}

export interface ProgramResult {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** The programs of the suite as children, of all clients together. */
export class Programs {
  readonly #io: Io
  readonly #maxJobs: number
  readonly #running = new Set<Promise<unknown>>()
  #jobs = 0
  #short = 0
  readonly #waiting: (() => void)[] = []

  constructor(io: Io, maxJobs: number) {
    this.#io = io
    this.#maxJobs = maxJobs
  }

  get io(): Io {
    return this.#io
  }

  /**
   * Runs a check or a loop.
   *
   * @throws CommandError (4) if as many run as the user allows
   */
  async runJob(call: ProgramCall): Promise<ProgramResult> {
    if (this.#jobs >= this.#maxJobs) {
      throw new CommandError(
        ExitStatus.TryAgain,
        `${this.#jobs} checks and fixes are running (wait for one, or cancel it)`,
      )
    }
    this.#jobs++
    try {
      return await this.#run(call)
    } finally {
      this.#jobs--
    }
  }

  /** Runs a program that ends soon; waits if several run. */
  async run(call: ProgramCall): Promise<ProgramResult> {
    while (this.#short >= MAX_SHORT) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#short++
    try {
      return await this.#run(call)
    } finally {
      this.#short--
      this.#waiting.shift()?.()
    }
  }

  /**
   * What a program prints that ends soon.
   *
   * @throws CommandError with its exit code if that is above `most`
   */
  async read(call: ProgramCall, most: number = ExitStatus.Yes): Promise<string> {
    const { status, stdout, stderr } = await this.run(call)
    if (status > most) throw new CommandError(status, errorIn(stderr))
    return stdout
  }

  /** Done when no child is running. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#running)
  }

  async #run(call: ProgramCall): Promise<ProgramResult> {
    const running = this.#start(call)
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
    }
  }

  async #start({ name, args, cwd, stdin, env, signal, onLine }: ProgramCall): Promise<ProgramResult> {
    if (signal.aborted) throw new CommandError(ExitStatus.TryAgain, 'cancelled')
    const { file, args: launcher } = this.#io.ownProgram(name)
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
    const feed = onLine === undefined ? undefined : splitLines(onLine)
    const request = {
      file,
      args: [...launcher, ...args],
      cwd,
      env: { ...this.#io.env, ...env },
      ...(stdin === undefined ? {} : { stdin }),
      stdout: (chunk: Buffer) => {
        output.stdout.push(chunk)
        feed?.(chunk)
      },
      stderr: (chunk: Buffer) => void output.stderr.push(chunk),
      maxStdoutBytes: MAX_OUTPUT_BYTES,
      graceMs: GRACE_MS,
    }
    const { status, startError, flooded } = await runProcess(request, interruptedBy(signal, this.#io))
    if (startError !== undefined) throw new CommandError(ExitStatus.Failed, `${name}: not started: ${startError}`)
    if (flooded) throw new CommandError(ExitStatus.Failed, `${name}: printed more than ${MAX_OUTPUT_BYTES >> 20} MiB`)
    return { status, stdout: textOf(output.stdout), stderr: textOf(output.stderr) }
  }
}

/** What stops a child: a signal to us, and the end of the call. */
function interruptedBy(signal: AbortSignal, io: Io): Pick<Io, 'onInterrupt'> {
  return {
    onInterrupt: (cleanUp) => {
      const stop = () => void cleanUp()
      const forget = io.onInterrupt(cleanUp)
      signal.addEventListener('abort', stop, { once: true })
      return () => {
        forget()
        signal.removeEventListener('abort', stop)
      }
    },
  }
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8')
}
