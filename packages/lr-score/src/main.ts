import { defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import type { Evaluator, NamedText } from './evaluator.ts'
import { makeEvaluators } from './make-evaluators.ts'
import { OPTIONS, type Options } from './options.ts'
import { readTexts } from './read-texts.ts'
import { type Finding, type Verdict, verdictOnAll, verdictOnText } from './verdict.ts'
import { writeScoreBlock, writeScoreJson, writeScoreLines } from './write-verdict.ts'

export const main = defineCommand({
  usage: '[options] [FILE…]',
  summary: 'Score a text by requirements, and list the missing ones.',
  options: OPTIONS,
  operands: { max: Infinity },
  details: `
Standard input is a text, or a stream whose files are scored. Each kind of
option is an evaluator with a score from 0 to 1. The score of a text is the
weighted mean of its evaluators (see --combine), the score of several texts the
mean of their scores. A text passes if it meets every requirement and its score
reaches the threshold; the score alone is not enough. Deficiencies reported by a
command that exits with 0 do not fail the text.

Formats: block, for the next program, is a block "score" with the number, then
the missing requirements, one per line. lines, for people and for lr-check, are
such as "score: 0.3 report.md: 12 words, at least 200 wanted". json has score,
passed, missing, and the scores of the evaluators.

Exit codes: 0 every text passes · 1 a text does not pass · 2 invalid usage, or a
text cannot be read · 3 a command is not found, is killed, prints too much, or
prints a score outside of 0 to 1

  lr-check report.md -- lr-score --min-words 200 --mention deadline report.md
  lr-llm 'Name three trees as {"trees": […]}' | lr-score --field trees:array
`,
  async run({ operands, options }, io) {
    const evaluators = await makeEvaluators(options, io)
    const texts = await readTexts(operands, io)
    const verdicts: Verdict[] = []
    for (const text of texts) verdicts.push(await evaluate(text, evaluators, options, io))
    const verdict = verdictOnAll(verdicts)
    const format = options.format ?? (operands.every((operand) => operand === '-') ? 'block' : 'lines')
    await io.stdout.write(WRITERS[format](verdict))
    return verdict.passes ? ExitStatus.Yes : ExitStatus.No
  },
})

const WRITERS = { block: writeScoreBlock, lines: writeScoreLines, json: writeScoreJson }

async function evaluate(
  text: NamedText,
  evaluators: readonly Evaluator[],
  { threshold, combine }: Options,
  io: Io,
): Promise<Verdict> {
  const findings: Finding[] = []
  for (const by of evaluators) {
    const evaluation = await by.evaluate(text)
    io.detail(`${text.name === '' ? '' : `${text.name}: `}${by.name} ${evaluation.score} (weight ${by.weight})`)
    findings.push({ ...evaluation, by })
  }
  return verdictOnText(text, findings, threshold, combine)
}
