/** An option with its value, or an operand. */
export interface Argument {
  /** Undefined for an operand. */
  readonly option: string | undefined
  /** The value of an option, if it takes one; the operand itself. */
  readonly value: string
  /** Where the argument is in the command line. */
  readonly at: number
}

/**
 * The arguments of a program, read by the conventions of getopt_long: `-n 5`, `-n5`, `--name 5`, `--name=5`; after `--` all
 * words are operands.
 *
 * @param takesValue whether an option takes a value
 */
export function* readArguments(
  args: readonly string[],
  takesValue: (option: string) => boolean,
): Generator<Argument, void> {
  let hasEnded = false
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (hasEnded || !/^-./.test(word)) yield { option: undefined, value: word, at }
    else if (word === '--') hasEnded = true
    else {
      const argument = optionAt(args, at, takesValue)
      yield argument
      at = argument.end
    }
  }
}

function optionAt(args: readonly string[], at: number, takesValue: (option: string) => boolean) {
  const word = args[at] ?? ''
  const [, long, joined = ''] = /^(--[^=]+)=([^]*)$/.exec(word) ?? []
  const short = word.slice(0, 2)
  if (long !== undefined) return { option: long, value: joined, at, end: at }
  if (takesValue(word)) return { option: word, value: args[at + 1] ?? '', at, end: at + 1 }
  const isJoined = !word.startsWith('--') && takesValue(short)
  return { option: isJoined ? short : word, value: isJoined ? word.slice(2) : '', at, end: at }
}
