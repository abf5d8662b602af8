import type { LineEditor } from './streams/typed-lines.ts'
import type { Input } from './streams/input.ts'
import type { Output } from './streams/output.ts'
import type { Style } from './streams/paint.ts'

/** The world as a program sees it. Only `run-program.ts` makes one; nothing else touches `process`. */
export interface Io {
  readonly env: NodeJS.ProcessEnv
  /** Absolute; already changed by `-C`. */
  readonly cwd: string
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  /**
   * Says a step that a person may want to follow; silent under `-q`. One line, led in by the program's name, in a style where
   * the terminal has colours.
   */
  readonly progress: (message: string, style?: Style) => void
  /** Says more; silent without `-v`. */
  readonly detail: (message: string) => void
  /** Says what was not done or is not as expected; silent under `-q`. */
  readonly warn: (message: string) => void
  /** How to start another program of the suite: the same Node, the launcher beside our own. */
  readonly ownProgram: (name: string) => { readonly file: string; readonly args: readonly string[] }
  /** Aborted by an interrupt (SIGINT, SIGTERM, SIGHUP). */
  readonly signal: AbortSignal
  /**
   * Registers what must be done before the program ends by an interrupt, such as stopping children.
   *
   * @returns a function that takes the registration back
   */
  readonly onInterrupt: (cleanUp: () => Promise<void> | void) => () => void
  /**
   * Lets Ctrl-C do something else than end the program.
   *
   * @returns a function that ends that
   */
  readonly interceptCtrlC: (handle: () => void) => () => void
  /** An editor of lines on standard input, which is a terminal. */
  readonly makeLineEditor: (recalled: readonly string[]) => Promise<LineEditor>
}
