import { type Option, readCatalogue } from '@loop-runner/cli-kit'
import * as z from 'zod'

/** Bytes that one argument of a program may have on Linux, at four bytes a character. */
const MAX_TEXT = 32_000
const MAX_ITEMS = 1000

/** A string that can be an argument of a program. */
export function line(describe?: string) {
  return z
    .string()
    .max(MAX_TEXT)
    .refine((text) => !text.includes('\0'), { message: 'contains a NUL character' })
    .meta(describe === undefined ? {} : { description: describe })
}

export function lines(describe: string) {
  return z.array(line()).max(MAX_ITEMS).describe(describe)
}

export const directory = line('folder to work in, absolute or relative to the root of the server').optional()

export const check = z
  .array(line())
  .min(1)
  .max(MAX_ITEMS)
  .describe('check command with its arguments, as one string each; no shell reads it; the user must have allowed it')
  .optional()

/** Inputs that are options of a program: description and limits come from its option table. */
export const optionInput = {
  text: (program: string, name: string) => line(described(program, name)).optional(),
  texts: (program: string, name: string) => lines(described(program, name)).optional(),
  flag: (program: string, name: string) => z.boolean().describe(described(program, name)).optional(),
  choice: (program: string, name: string) => {
    const option = optionOf(program, name)
    const choices = option.type === 'choice' ? option.choices : []
    return z
      .enum(choices as [string, ...string[]])
      .describe(described(program, name))
      .optional()
  },
  number: (program: string, name: string, max?: number) =>
    limited(z.number(), optionOf(program, name), max)
      .describe(described(program, name, max))
      .optional(),
  count: (program: string, name: string, max?: number) =>
    limited(z.number().int(), optionOf(program, name), max)
      .describe(described(program, name, max))
      .optional(),
  /** A duration, in seconds. */
  seconds: (program: string, name: string, max?: number) =>
    limited(z.number(), { type: 'number', min: 0, describe: '' }, max)
      .describe(described(program, name, max, ', in seconds'))
      .optional(),
}

/** What every tool reports. */
export const reported = {
  exitCode: z.number().int().describe('0 yes, 1 no, 2 invalid usage, 3 failed, 4 temporary failure'),
  error: z.string().optional().describe('what is wrong, and what to do'),
}

function optionOf(program: string, name: string): Option {
  const option = readCatalogue()[program]?.options[name]
  if (option === undefined) throw new Error(`${program} has no option --${name}`)
  return option
}

/** @param max the limit that the user sets, which is the default then */
function described(program: string, name: string, max?: number, unit = ''): string {
  const option = optionOf(program, name)
  const fallback = max ?? ('default' in option ? option.default : undefined)
  const plain = max === undefined ? option.describe : option.describe.replace(/ \(default: .*\)$/, '')
  return `${plain}${unit}${fallback === undefined || String(fallback) === '' ? '' : ` (default: ${String(fallback)})`}`
}

function limited(schema: z.ZodNumber, option: Option, max: number | undefined): z.ZodNumber {
  const limits: { readonly min?: number; readonly max?: number } =
    option.type === 'number' || option.type === 'integer' ? option : {}
  const [least, most] = [limits.min, max ?? limits.max]
  const above = least === undefined ? schema : schema.min(least)
  return most === undefined ? above : above.max(most)
}
