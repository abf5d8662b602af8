import { estimateTokens } from './estimate-tokens.ts'
import type { Material } from './evidence.ts'
import { type Kind, mapContents } from './map-contents.ts'
import { SAYS_WHAT_IT_HOLDS, shorten } from './shorten.ts'

/** What shrinks, in this order, and how many tokens of each content are kept at least. The help tells the order. */
const STEPS: readonly { readonly kinds: readonly Kind[]; readonly floor: number }[] = [
  { kinds: ['output of a passing run'], floor: 0 },
  { kinds: ['findings that repeat output'], floor: 0 },
  { kinds: ['earlier attempt'], floor: 0 },
  { kinds: ['output', 'block'], floor: 400 },
  { kinds: ['read-only file'], floor: 0 },
  { kinds: ['last attempt'], floor: 0 },
  { kinds: ['output', 'block'], floor: 60 },
]

/** Shortening may come out a little above what was asked for; then it is asked for a little more. */
const TRIES = 3

/** A prompt, and whether it fits. */
export interface Fitted {
  readonly prompt: string
  readonly tokens: number
  readonly fits: boolean
}

/**
 * Shrinks material step by step until its prompt fits. Sources that may be edited, scripts, command lines and
 * instructions stay whole.
 *
 * @param budget in tokens, as estimateTokens counts them
 */
export function fitBudget(material: Material, budget: number, render: (material: Material) => string): Fitted {
  let current = material
  let fitted = measure(current, budget, render)
  for (const { kinds, floor } of STEPS) {
    for (let tries = 0; tries < TRIES && !fitted.fits; tries++) {
      const next = shrink(current, kinds, floor, fitted.tokens - budget)
      if (next === undefined) break
      current = next
      fitted = measure(current, budget, render)
    }
  }
  return fitted
}

function measure(material: Material, budget: number, render: (material: Material) => string): Fitted {
  const prompt = render(material)
  const tokens = estimateTokens(prompt)
  return { prompt, tokens, fits: tokens <= budget }
}

/** @returns undefined where nothing of these kinds can shrink any more */
function shrink(material: Material, kinds: readonly Kind[], floor: number, excess: number): Material | undefined {
  const sizes: number[] = []
  mapContents(material, (content, { kind }) => {
    if (kinds.includes(kind)) sizes.push(estimateTokens(content))
    return content
  })
  const cap = capFor(sizes, excess, floor)
  let changed = false
  const shrunk = mapContents(material, (content, { kind }) => {
    if (!kinds.includes(kind)) return content
    const short = shorten(content, cap, kind === 'read-only file' ? SAYS_WHAT_IT_HOLDS : undefined)
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
    // With the cap between `next` and `size`, the first index + 1 of them lose what they have above it.
    const cap = Math.floor((above - excess) / (index + 1))
    if (cap >= next) return Math.max(cap, floor)
  }
  return floor
}
