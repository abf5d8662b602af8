import { isOptionWord, readOptionWord, type TypedOption } from '../options/expand-arguments.ts'
import { bareValue, type OptionTable } from '../options/option.ts'

/** What the word at the cursor is. */
export type CursorPlace =
  /** `before` is what stands before the value in the same word: `--dirty=`, `-m`. */
  | { readonly kind: 'value'; readonly typed: TypedOption; readonly before: string; readonly value: string }
  | { readonly kind: 'option' }
  | { readonly kind: 'operand' }
  /** Behind `--`, the first such word being 0. */
  | { readonly kind: 'rest'; readonly index: number }

/** What `current`, the last word of a command line that is still being typed, will be. */
export function locateCursor(words: readonly string[], current: string, table: OptionTable): CursorPlace {
  const split = words.findIndex(
    (word, index) => word === '--' && pendingOption(words.slice(0, index), table) === undefined,
  )
  if (split >= 0) return { kind: 'rest', index: words.length - split - 1 }
  const pending = pendingOption(words, table)
  if (pending) return { kind: 'value', typed: pending, before: '', value: current }
  if (!current.startsWith('-')) return { kind: 'operand' }
  const typed = lastOptionOf(current, table)
  if (typed?.value === undefined) return { kind: 'option' }
  const before = current.slice(0, current.length - typed.value.length)
  return { kind: 'value', typed, before, value: typed.value }
}

/** The option whose value the next word is. */
function pendingOption(words: readonly string[], table: OptionTable): TypedOption | undefined {
  let pending: TypedOption | undefined
  for (const word of words) {
    if (pending !== undefined || !isOptionWord(word) || word === '--') {
      pending = undefined
      continue
    }
    const typed = lastOptionOf(word, table)
    const takesNext = typed && typed.option.type !== 'flag' && typed.value === undefined
    pending = takesNext && bareValue(typed.option) === undefined ? typed : undefined
  }
  return pending
}

/** The last of the options that a word holds; undefined where it is wrong or not yet whole. */
function lastOptionOf(word: string, table: OptionTable): TypedOption | undefined {
  try {
    return readOptionWord(word, table).at(-1)
  } catch {
    return undefined
  }
}
