import { existsSync, readFileSync } from 'node:fs'
import { writeBlock } from '@loop-runner/block-format'
import { DEVIATIONS, readReply, type ReplyBlock } from '@loop-runner/reply-format'
import { makeProtection } from '@loop-runner/source-files'
import { MemoryFileSystem } from '@loop-runner/file-transaction/testing'
import { TRIES_ALL } from '@loop-runner/test-kit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgePath } from '../src/guard/judge-path.ts'
import { planReply, type Rules } from '../src/planning/plan-reply.ts'
import { settlePlan } from '../src/planning/settle-plan.ts'
import { EDITS, FILES, FOREIGN } from './support/deviations-beyond.ts'
import { CONTENT, DECLARED, SEVERAL } from './support/deviations-of-content.ts'
import { AROUND, CLOSERS, NAMES } from './support/deviations-of-form.ts'
import { REPLY, SCRAPS, SLIPS, TREE, WRITES } from './support/reply-corpus.ts'
import { PLAIN_STYLE } from '../src/planning/text-style.ts'
import { makeTreeView } from '../src/tree-view.ts'

const MORE = { 'a.ts': 'old\n', 'b.ts': 'old\n', 'src/c.ts': 'old\n', 'nested/.git/HEAD': '' }
const files = new MemoryFileSystem(
  Object.fromEntries(Object.entries({ ...TREE, ...MORE }).map(([name, text]) => [`/t/${name}`, text])),
)
const tree = makeTreeView(files, files.openRoot('/t'), '/t')
const protection = makeProtection([], [])
const rules: Rules = {
  scope: { isNamed: () => false, judge: () => undefined },
  protection,
  isAllowed: () => false,
  offer: { files: Object.keys({ ...TREE, ...MORE }), allowsNew: () => true, allowsNearMiss: false },
  tolerance: { allowsShrink: false, allowsSecrets: false },
  isOwnState: () => false,
  isIgnored: () => false,
  styleOfNew: () => PLAIN_STYLE,
  limits: { files: 64, bytes: 2_000_000 },
  allowsDeletion: false,
}

/** Plans a reply, and looks at everything that has to hold whatever it says. */
function planAny(text: string): Record<string, string> {
  const reply = readReply(text, tree)
  const plan = settlePlan(planReply(reply, tree, rules), reply.noted, reply.rejected, { strict: false, partial: false })
  // Plain comparisons: a hundred thousand matchers would take minutes.
  const wrong =
    plan.changes.find(({ path }) => judgePath(path) !== undefined || protection(path) !== undefined) ??
    plan.rejected.find(({ code, message }) => DEVIATIONS[code].action === 'accept' || !/^\S.*$/.test(message)) ??
    (plan.rejected.length > 0 ? plan.changes[0] : undefined)
  if (wrong) throw new Error(`${JSON.stringify(wrong)} of ${JSON.stringify(text)}`)
  // A usage block at the end of the last file's content is taken as lr-llm's, behind a block that is not closed; a closer
  // with a reasoning tag glued to it is content in a wide block, and a closer in the narrower one that is printed.
  const isStable = ({ name, content }: ReplyBlock) =>
    name !== '' && !content.includes('<<<< usage <<<<') && !/^>{4,}[ \t]*<\/?\w+>/m.test(content)
  const blocks = reply.blocks.filter(isStable).map(({ name, content }) => ({ name, content }))
  const again = readReply(blocks.map(writeBlock).join(''), { isKnown: () => true, holdsLine: () => true })
  const printed = again.blocks.map(({ name, content }) => ({ name, content }))
  if (JSON.stringify(printed) !== JSON.stringify(blocks)) throw new Error(`not stable: ${JSON.stringify(text)}`)
  return Object.fromEntries(plan.changes.map(({ path, next }) => [path, next?.bytes.toString() ?? '']))
}

test('a good reply', () => {
  expect(planAny(REPLY)).toEqual(WRITES)
})

/** A text cut at every byte, as it arrives: of a character that is cut, U+FFFD is left. */
function* cutsOf(text: string): Generator<string> {
  const bytes = Buffer.from(text)
  for (let length = 0; length < bytes.length; length++) yield bytes.toString('utf8', 0, length)
}

test('a reply of our own, cut off at any byte, writes whole files only', () => {
  for (const text of cutsOf(REPLY)) {
    for (const [path, content] of Object.entries(planAny(text))) expect(content).toBe(WRITES[path])
  }
})

/** The longest recorded answers, and the one with code in fences; none of them holds versions of files. */
const RECORDED = [
  'anthropic-messages/claude-haiku-4-5-request-chaining',
  'anthropic-messages/claude-3-5-haiku-request-chaining-old',
  'cerebras-chat/gpt-oss-120b-tool-call-stream',
]
const RECORDINGS = new URL('../../../../shared/streams/', import.meta.url)

test.skipIf(!existsSync(RECORDINGS)).each(RECORDED)(
  'a recorded answer without versions, cut off at any byte, writes nothing (../shared/streams/%s)',
  (name) => {
    const { text } = JSON.parse(readFileSync(new URL(`${name}.expect.json`, RECORDINGS), 'utf8')) as { text: string }
    expect(text.length).toBeGreaterThan(400)
    for (const cut of cutsOf(text)) expect(planAny(cut)).toEqual({})
  },
)

test('without its beginning, a reply writes whole files only', () => {
  for (let from = 0; from < REPLY.length; from++) {
    for (const [path, content] of Object.entries(planAny(REPLY.slice(from)))) expect(content).toBe(WRITES[path])
  }
})

test('all pairs of slips', () => {
  for (const first of SLIPS) for (const second of SLIPS) planAny(second(first(REPLY)))
})

test('all pairs of deviations', () => {
  const replies = [
    ...AROUND,
    ...NAMES,
    ...CLOSERS,
    ...CONTENT,
    ...SEVERAL,
    ...DECLARED,
    ...EDITS,
    ...FOREIGN,
    ...FILES,
  ].map(({ reply }) => reply)
  for (const first of replies) for (const second of replies) planAny(first + second)
})

test('replies by chance', () => {
  const cut = fc.tuple(fc.nat(REPLY.length), fc.nat(40), fc.constantFrom(...SCRAPS, ''))
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
      let text = REPLY
      for (const [at, length, scrap] of cuts) text = text.slice(0, at) + scrap + text.slice(at + length)
      planAny(text)
    }),
    { numRuns: TRIES_ALL ? 60_000 : 12_000 },
  )
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SCRAPS, 'x = 1\n'), { maxLength: 20 }), (scraps) => {
      planAny(scraps.join(''))
    }),
    { numRuns: TRIES_ALL ? 40_000 : 8000 },
  )
})
