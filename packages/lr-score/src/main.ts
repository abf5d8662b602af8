import { defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import type { Evaluator, NamedText } from './evaluator.ts'
import { makeEvaluators } from './make-evaluators.ts'
import { OPTIONS, type Options } from './options.ts'
import { readTexts } from './read-texts.ts'
import { type Finding, type Verdict, verdictOnAll, verdictOnText } from './verdict.ts'
import { writeScoreBlock, writeScoreJson, writeScoreLines } from './write-verdict.ts'

export const main = defineCommand({
  usage: '[options] [FILE…]',
  summary: 'Score a text by requirements, and list what is missing.',
  options: OPTIONS,
  operands: { max: Infinity },
  details: `
Standard input is a text, or a stream whose files are scored. Each kind of
option is an evaluator with a score from 0 to 1; the score of a text is their
weighted mean (--combine), that of several texts the mean of theirs. A text
passes if no requirement is missing and its score reaches the threshold: a
score alone is not a pass. What a command with exit code 0 reports is optional.

A block, for the next program, is "score": the number, then what is missing, one
per line. Lines, for people and for lr-check, read "score: 0.3 report.md: 12
words, at least 200 wanted". JSON has score, passed, missing, and the scores of
the evaluators.

Exit codes: 0 every text passes · 1 one does not · 2 invalid usage, or a text
cannot be read · 3 a command is not found, is stopped, floods its output, or
prints a score that is not within 0 to 1

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
