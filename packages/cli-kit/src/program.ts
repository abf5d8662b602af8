import type { Complete } from './completion/suggestions.ts'
import type { ConfigFile } from './configuration/config-file.ts'
import type { Io } from './io.ts'
import type { COMMON_OPTIONS, OptionTable, Values } from './options/option.ts'

/** One invocation of a command: what was asked for, resolved. */
export interface Call<T extends OptionTable> {
  readonly options: Values<T> & Values<typeof COMMON_OPTIONS>
  /** Options that stand on the command line. */
  readonly typed: ReadonlySet<string>
  readonly operands: readonly string[]
  /** What followed `--`; undefined where there was none. Commands that take no command get it among the operands. */
  readonly command: readonly string[] | undefined
  /** The configuration files that apply, the strongest first, for keys that are no options. */
  readonly configFiles: readonly ConfigFile[]
  /** The same command line, with the configuration files as they are by then. */
  readonly readAgain: () => Promise<Call<T>>
}

/** A command line: what it takes and what it does. */
export interface Command<T extends OptionTable = OptionTable> {
  /** What stands behind the name in the help: `[options] [SOURCE…] [-- COMMAND ARG…]`. */
  readonly usage: string
  /** One sentence. */
  readonly summary: string
  readonly options: T
  /**
   * Whether what follows `--` is a command of its own rather than more operands. A name is that of the option (`fileOnly`)
   * whose value it is.
   */
  readonly takesCommand?: true | (keyof T & string)
  /**
   * How many operands there may be; none by default. They are the value of the `option` (`fileOnly`), if one is named.
   * `instead` tells what to do instead of giving more.
   */
  readonly operands?: {
    readonly min?: number
    readonly max?: number
    readonly option?: keyof T & string
    readonly instead?: string
    /** What a shell suggests; files where nothing is said. */
    readonly complete?: Complete
  }
  /** Keys of configuration files that are no options. `judge` throws a UsageError for the first that does not fit. */
  readonly fileKeys?: {
    readonly names: readonly string[]
    /** An lr.yaml that is found sets them only after `lr-loop trust`. */
    readonly needTrust?: true
    readonly judge: (files: readonly ConfigFile[]) => Promise<unknown>
  }
  /**
   * Which sections of configuration files must be valid, besides the top: its own program's by default; those of `all`
   * programs if it starts them; `nothing` if it validates the files itself.
   */
  readonly needs?: 'all' | 'nothing'
  /** The rest of the help: exit codes, one real pipe. */
  readonly details: string
  /** @returns the exit code */
  run(call: Call<T>, io: Io): Promise<number>
}

/** A program: one command, or several by name, or both. */
export interface Program {
  /** `lr-check`. */
  readonly name: string
  readonly main?: Command<never>
  /** One sentence, for the help of a program that only has subcommands. */
  readonly summary?: string
  readonly commands?: Readonly<Record<string, Command<never>>>
  /** Runs before a command does, in its working directory; not where the help, the version or the settings are asked for. */
  readonly prepare?: (io: Io) => Promise<void>
}

/** Gives a command the types of its options. */
export function defineCommand<const T extends OptionTable>(command: Command<T>): Command<never> {
  return command as unknown as Command<never>
}
