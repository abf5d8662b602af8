import { defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import type { Evaluator, NamedText } from './evaluator.ts'
import { makeEvaluators } from './make-evaluators.ts'
import { OPTIONS } from './options.ts'
import { readTexts } from './read-texts.ts'
import { type Finding, type Verdict, verdictOnAll, verdictOnText } from './verdict.ts'
import { writeScoreBlock, writeScoreLines } from './write-verdict.ts'

export const main = defineCommand({
  usage: '[options] [FILE…]',
  summary: 'Score a text by what is asked of it, and say what is wanting.',
  options: OPTIONS,
  operands: { max: Infinity },
  details: `
Standard input is a text, or a stream, of which the files are scored. Each kind
of option is an evaluator with a score from 0 to 1; a text's score is their
weighted mean, that of several texts the mean of theirs. A text passes when
nothing that is asked for is wanting and its score reaches the threshold: a
score alone is no pass. What a command finds wanting that exits with 0 is
optional.

A block, for the next program, is "score": the number, then what is wanting, one
a line. Lines, for people and for lr-check, read "score: 0.3 report.md: 12
words, at least 200 wanted".

Exit status: 0 every text passes · 1 one does not · 2 used wrongly, or a text
cannot be read · 3 a command gives no verdict: it is not found, is stopped,
floods its output, or says a score that is not within 0 to 1

  lr-check report.md -- lr-score --min-words 200 --mention deadline report.md
  lr-llm 'Name three trees as {"trees": […]}' | lr-score --field trees:array
`,
  async run({ operands, options }, io) {
    const evaluators = await makeEvaluators(options, io)
    const texts = await readTexts(operands, io)
    const verdicts: Verdict[] = []
    for (const text of texts) verdicts.push(await judge(text, evaluators, options.threshold, io))
    const verdict = verdictOnAll(verdicts)
    const format = options.format ?? (operands.every((operand) => operand === '-') ? 'block' : 'lines')
    await io.stdout.write(format === 'block' ? writeScoreBlock(verdict) : writeScoreLines(verdict))
    return verdict.passes ? ExitStatus.Yes : ExitStatus.No
  },
})

async function judge(text: NamedText, evaluators: readonly Evaluator[], threshold: number, io: Io): Promise<Verdict> {
  const findings: Finding[] = []
  for (const by of evaluators) {
    const evaluation = await by.evaluate(text)
    io.detail(`${text.name === '' ? '' : `${text.name}: `}${by.name} ${evaluation.score} (weight ${by.weight})`)
    findings.push({ ...evaluation, by })
  }
  return verdictOnText(text, findings, threshold)
}
