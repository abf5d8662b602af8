import type { Complete } from '../completion/suggestions.ts'

/** Fields that every kind of option has. */
interface OptionBase {
  /** What it does, for the help: a phrase without a full stop. */
  readonly describe: string
  /** One letter. */
  readonly alias?: string
  /**
   * Other long names, such as that of a program that this one follows. Without the program's name, in a variable of all
   * programs or at the top of a file, one counts only if it is no option's own name.
   */
  readonly otherNames?: readonly string[]
  /** What stands for the value in the help. */
  readonly placeholder?: string
  /** Not shown by `--show-config`, and refused in a configuration file; of a list, only items whose name says that they are secret. */
  readonly secret?: true
  /** Set on the command line only: neither by the environment nor by a configuration file. */
  readonly commandLineOnly?: true
  /** Set on the command line or by the environment, never by a configuration file. */
  readonly notInFiles?: true
  /**
   * It says where text goes, where files are written, what runs beyond the check, or what a check may reach: an lr.yaml
   * that is found, rather than named, sets it only after `lr-loop trust`. A list: only values that begin so.
   */
  readonly needsTrust?: true | readonly string[]
  /** No option of the command line: operands, or what follows `--`, say it there (see `Command`), and a configuration file. */
  readonly fileOnly?: true
  /** The mapping in which it stands in a configuration file: `stages` of `stages: { llm: … }`. */
  readonly group?: string
  /** The heading under which the help lists it, such as `Limits`; `Options` by default. */
  readonly section?: string
  /** What a shell suggests for its value; without it the type and the placeholder decide (`FILE`, `DIR`). */
  readonly complete?: Complete
}

/** One option of a program. Its value's type follows from `type`, `choices` and `default`. */
export type Option =
  | (OptionBase & { readonly type: 'flag' })
  | (OptionBase & {
      readonly type: 'text'
      readonly default?: string
      /** The value where the option stands alone; another one must then be joined to it by `=`. */
      readonly bare?: string
    })
  | (OptionBase & { readonly type: 'choice'; readonly choices: readonly string[]; readonly default?: string })
  | (OptionBase & { readonly type: 'list'; readonly default?: readonly string[] })
  | (OptionBase & { readonly type: 'number'; readonly default?: number; readonly min?: number; readonly max?: number })
  | (OptionBase & { readonly type: 'integer'; readonly default?: number; readonly min?: number; readonly max?: number })
  | (OptionBase & { readonly type: 'duration'; readonly default?: string })
  /** Program and arguments: a list of words, or a line that needs no shell. */
  | (OptionBase & { readonly type: 'command' })

/** Options by their long names. */
export type OptionTable = Readonly<Record<string, Option>>

type Optional<O, V> = O extends { readonly default: string | number | readonly string[] } ? V : V | undefined

/** A value as the program sees it: durations in milliseconds, lists never undefined. */
export type ValueOf<O extends Option> = O extends { readonly type: 'flag' }
  ? boolean
  : O extends { readonly type: 'list' }
    ? readonly string[]
    : O extends { readonly type: 'command' }
      ? readonly string[] | undefined
      : O extends { readonly type: 'choice'; readonly choices: readonly (infer C)[] }
        ? Optional<O, C>
        : O extends { readonly type: 'text' }
          ? Optional<O, string>
          : Optional<O, number>

/** The values of a table of options. */
export type Values<T extends OptionTable> = { readonly [K in keyof T]: ValueOf<T[K]> }

/** Options of every program. */
export const COMMON_OPTIONS = {
  directory: { type: 'text', alias: 'C', placeholder: 'DIR', describe: 'work in DIR', commandLineOnly: true },
  config: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'read FILE instead of the nearest lr.yaml',
    notInFiles: true,
  },
  profile: {
    type: 'text',
    placeholder: 'NAME',
    describe: 'apply profile NAME from lr.yaml',
    notInFiles: true,
    complete: async ({ readConfigFiles }) => {
      const { profilesOf } = await import('../configuration/config-file.ts')
      return (await readConfigFiles()).flatMap(profilesOf)
    },
  },
  'show-config': {
    type: 'flag',
    describe: 'print every option with its value and where it came from',
    commandLineOnly: true,
  },
  verbose: { type: 'flag', alias: 'v', describe: 'print more on standard error' },
  quiet: { type: 'flag', alias: 'q', describe: 'only errors on standard error' },
  help: { type: 'flag', alias: 'h', describe: 'print this help', commandLineOnly: true },
  version: { type: 'flag', describe: 'print the version', commandLineOnly: true },
} as const satisfies OptionTable

/** The name in a table of the option that has this name or other name. */
export function tableName(name: string, table: OptionTable): string | undefined {
  if (Object.hasOwn(table, name)) return name
  return Object.keys(table).find((key) => table[key]?.otherNames?.includes(name))
}

/** What an option means that stands alone although it is no flag. */
export function bareValue(option: Option): string | undefined {
  return option.type === 'text' ? option.bare : undefined
}

/** The options that a command line may give. */
export function onCommandLine(table: OptionTable): OptionTable {
  return Object.fromEntries(Object.entries(table).filter(([, { fileOnly }]) => !fileOnly))
}
