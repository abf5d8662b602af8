import type { CountTokens } from '../tokens/count-tokens.ts'
import type { Material } from '../evidence/evidence.ts'
import { type Kind, mapContents } from '../evidence/map-contents.ts'
import { SAYS_WHAT_IS_WRONG, SAYS_WHAT_IT_HOLDS, shorten } from '../evidence/shorten.ts'

/** Kinds of contents, and how many tokens of each content are kept at least. */
interface Step {
  readonly kinds: readonly Kind[]
  readonly floor: number
}

/** The parts that shrink, in this order, as in the help. */
const STEPS: readonly Step[] = [
  { kinds: ['output of a passing run'], floor: 0 },
  { kinds: ['findings that repeat output'], floor: 0 },
  { kinds: ['earlier attempt'], floor: 0 },
  { kinds: ['output', 'block'], floor: 400 },
  { kinds: ['read-only file'], floor: 0 },
  { kinds: ['map'], floor: 200 },
  { kinds: ['last attempt'], floor: 0 },
  { kinds: ['output', 'block'], floor: 150 },
]

/** Shortened text may be slightly longer than requested; then a little more is requested. */
const TRIES = 3

/** The limit for a prompt, and how the prompt is made. */
export interface Frame {
  /** In tokens, as `count` counts them. */
  readonly budget: number
  readonly count: CountTokens
  readonly render: (material: Material) => string
}

/** A prompt, and whether it fits. */
export interface Fitted {
  readonly prompt: string
  readonly tokens: number
  readonly fits: boolean
}

/**
 * Shrinks material step by step until its prompt fits. Sources that may be edited, scripts, command lines and
 * instructions stay whole.
 */
export function fitBudget(material: Material, frame: Frame): Fitted {
  let current = material
  let fitted = measure(current, frame)
  for (const { kinds, floor } of STEPS) {
    for (let tries = 0; tries < TRIES && !fitted.fits; tries++) {
      const next = shrink(current, { kinds, floor, excess: fitted.tokens - frame.budget }, frame.count)
      if (next === undefined) break
      current = next
      fitted = measure(current, frame)
    }
  }
  return fitted
}

function measure(material: Material, { budget, count, render }: Frame): Fitted {
  const prompt = render(material)
  const tokens = count(prompt)
  return { prompt, tokens, fits: tokens <= budget }
}

/** The contents that must lose `excess` tokens, and the minimum that is kept of each. */
interface Cut extends Step {
  readonly excess: number
}

/** @returns undefined where nothing of these kinds can shrink any more */
function shrink(material: Material, { kinds, floor, excess }: Cut, count: CountTokens): Material | undefined {
  const sizes: number[] = []
  mapContents(material, (content, { kind }) => {
    if (kinds.includes(kind)) sizes.push(count(content))
    return content
  })
  const cap = capFor(sizes, excess, floor)
  let changed = false
  const shrunk = mapContents(material, (content, { kind }) => {
    if (!kinds.includes(kind)) return content
    const short = shorten(content, {
      room: cap,
      count,
      matters: kind === 'read-only file' ? SAYS_WHAT_IT_HOLDS : SAYS_WHAT_IS_WRONG,
    })
    if (short.length < content.length) changed = true
    return short.length < content.length ? short : content
  })
  return changed ? shrunk : undefined
}

/** The size to which the larger ones must come down so that together they lose `excess`; not less than `floor`. */
function capFor(sizes: readonly number[], excess: number, floor: number): number {
  const falling = [...sizes].sort((one, other) => other - one)
  let above = 0
  for (const [index, size] of falling.entries()) {
    above += size
    const next = falling[index + 1] ?? 0
    // With the cap between `next` and `size`, the first index + 1 of them are shortened to it.
    const cap = Math.floor((above - excess) / (index + 1))
    if (cap >= next) return Math.max(cap, floor)
  }
  return floor
}
