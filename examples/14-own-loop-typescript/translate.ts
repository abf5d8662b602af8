/**
 * Translates en.json to de.json. Each round asks all models at once, each is shown the best version so far and what is wrong
 * with it, and the version with the fewest problems goes on. The judge is a function, not a model.
 *
 *     tsx translate.ts groq/openai/gpt-oss-120b anthropic/claude-sonnet-4-5
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { writeBlock } from '@loop-runner/block-format'
import { LlmFailure, LLMWrangler } from '@loop-runner/llm-client'
import { readReply, replyInstructions } from '@loop-runner/reply-format'

const ROUNDS = 4
const DELIMITER_WIDTH = 4

interface Version {
  readonly text: string
  readonly problems: readonly string[]
}

const models = process.argv.slice(2)
const english = JSON.parse(readFileSync('en.json', 'utf8')) as Record<string, string>
let best = judge('{}\n')
for (let round = 1; round <= ROUNDS && best.problems.length > 0; round++) {
  process.env['LR_ITERATION'] = String(round) // Tells scripted replies (replay:FOLDER) which one is meant.
  const prompt = writePrompt(best)
  const versions = await Promise.all(models.map((model) => propose(model, prompt)))
  for (const version of versions) if (version && version.problems.length < best.problems.length) best = version
  const counts = versions.map((version) => version?.problems.length ?? 'no version')
  console.log(`round ${round}, problems: ${counts.join(', ')}`)
}
writeFileSync('de.json', best.text)
for (const problem of best.problems) console.error(problem)
process.exitCode = best.problems.length === 0 ? 0 : 1

/** The version that a model replies with; undefined without one. */
async function propose(model: string, prompt: string): Promise<Version | undefined> {
  await using wrangler = await LLMWrangler.create({ platform: model, onNotice: console.error })
  try {
    const reply = readReply(await wrangler.submit(prompt), {
      isKnown: (path) => path === 'de.json',
      holdsLine: () => false,
    })
    for (const { message } of reply.rejected) console.error(`${model}: ${message}`)
    const block = reply.blocks.find(({ name }) => name === 'de.json')
    return block && judge(block.content)
  } catch (error) {
    if (!(error instanceof LlmFailure)) throw error
    console.error(`${model}: ${error.message}`)
    return undefined
  }
}

function writePrompt({ text, problems }: Version): string {
  return [
    writeBlock({ name: 'en.json', content: readFileSync('en.json', 'utf8') }),
    writeBlock({ name: 'de.json', content: text }),
    'Translate en.json to German as de.json. What is wrong with it now:\n',
    writeBlock({ name: 'problems', content: problems.map((problem) => `${problem}\n`).join('') }),
    replyInstructions('whole', DELIMITER_WIDTH),
  ].join('')
}

/** Every text is there, is a text of its own, and has the same {places} as the English one. */
function judge(text: string): Version {
  let german: Record<string, unknown>
  try {
    german = JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    return { text, problems: [`not JSON: ${String(error)}`, ...Object.keys(english)] }
  }
  const problems = Object.entries(english).flatMap(([key, original]) => {
    const translated = german[key]
    if (typeof translated !== 'string') return [`${key}: missing`]
    if (translated === original) return [`${key}: not translated`]
    return placesIn(translated) === placesIn(original) ? [] : [`${key}: not the same places as "${original}"`]
  })
  return { text, problems }
}

function placesIn(text: string): string {
  return [...text.matchAll(/\{\w+\}/g)]
    .map(([place]) => place)
    .toSorted()
    .join(' ')
}
