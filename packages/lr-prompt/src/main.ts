import { widthFor } from '@loop-runner/block-format'
import { CommandError, defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { readTokenizer } from './tokens/count-tokens.ts'
import { DEFAULT_TEMPLATE } from './templates/default-template.ts'
import type { Material } from './evidence/evidence.ts'
import { chooseMaterial } from './material/choose-material.ts'
import { fitBudget, type Frame } from './budget/fit-budget.ts'
import { gatherMaterial } from './material/gather-material.ts'
import { redactSecrets, refuseSecrets } from './secrets/guard-secrets.ts'
import { type Options, OPTIONS } from './options.ts'
import { chooseReply } from './material/choose-reply.ts'
import { readRequested } from './material/read-tests.ts'
import { parseRequests } from './material/requests.ts'
import { readEvidence } from './evidence/read-evidence.ts'
import { readTemplate, renderTemplate, type Template } from './templates/render-template.ts'
import { type Size, sizeLines, sizesOf } from './budget/sizes.ts'
import { templateData, withSettings } from './templates/template-data.ts'

const BUILT_IN: Template = { name: 'the built-in template', text: DEFAULT_TEMPLATE, path: undefined }

/** Without --budget the prompt is shrunk to so many tokens, or to this share of a smaller window: the reply needs room, too. */
const DEFAULT_BUDGET = 24_000
const WINDOW_SHARE = 0.5

/** As many of the largest blocks are named where a prompt does not fit. */
const MOST_NAMED = 10

export const main = defineCommand({
  usage: '[options]',
  summary: 'Turn a stream of sources and check runs into a prompt.',
  options: OPTIONS,
  operands: { instead: 'it reads a stream: lr-blocks pack FILE… | lr-prompt' },
  details: `
The prompt is a stream: read-only files, sources, the script, the command line
and its output, earlier attempts, the task, and how to reply. Text between
blocks of the input is omitted, and so are the blocks usage, branch and commit.
--print-template prints the whole text. A template of your own is written in eta
(JavaScript). It has it.files (name, path, content, editable), it.script,
it.runs (command, status, outcome, result, ending, stdout, stderr, score,
isGraded, findings, excerpts, script, isQuiet), it.parts (path, content),
it.map, it.blocks, it.report, it.history (number, score, text, blocks),
it.memory, it.leftOut, it.instructions, it.reply and it.block(name, content),
and includes partials from its own folder.

--history FILE is a stream of blocks that describe earlier replies, oldest
first: iteration (its number; 0 is the state before the first reply), changed,
unchanged, rejected, declared, show, blocked, explanation and diff of the reply,
outcome and score of the check after it, restored (the number of the reply whose
files were restored), note. Each reply becomes a few lines of the prompt.

If the sources exceed 2000 tokens, the prompt shows only those that the check
output, the task or the last report names, that failing tests import, or that
--show or blocks named show request; a map lists the others. A source that takes
more than 40 % of the budget is shown in part. Tests named by a failing run are
shown as excerpts, with three lines of context.

--budget shrinks, in this order: output of passing runs, findings that repeat
output, all earlier attempts except the last, output and other blocks (to 400
tokens each), read-only files, the map, the last attempt, output (to 150
tokens). Marks show where text is omitted. Sources, scripts and the task are not
shrunk.

Exit codes: 0 a prompt was written · 1 nothing to fix: every run passes, or the
input has no run and there is no task; no output · 2 invalid usage, broken
stream or template · 3 the prompt does not fit or contains a secret, or a
checker did not run (missing, broken, nothing checked, linter timed out)

  lr-check -c pytest src | lr-prompt -i 'Fix what fails' | lr-llm | lr-apply src
  lr-blocks pack src | lr-prompt -i 'Write a README' | lr-llm | lr-apply
`,
  async run({ options }, io) {
    if (options['print-template']) {
      await io.stdout.write(DEFAULT_TEMPLATE)
      return ExitStatus.Yes
    }
    const template = options.template === undefined ? BUILT_IN : readTemplate(options.template, io.cwd)
    const stream = readEvidence(await io.stdin.parts())
    const gathered = await gatherMaterial(stream, options, io)
    if (typeof gathered === 'string') {
      io.progress(`no prompt: ${gathered}`)
      return ExitStatus.No
    }
    const { budget: given, stats, tokenizer } = options
    const window = options.window ?? (Number(io.env['LR_MODEL_WINDOW']) || Infinity)
    const budget = given ?? Math.max(1, Math.floor(Math.min(DEFAULT_BUDGET, window * WINDOW_SHARE)))
    // A vocabulary takes its time to load.
    const count = await readTokenizer(given === undefined && !stats ? 'estimate' : tokenizer)
    const isShown = (path: string) => gathered.files.some((file) => file.path === path)
    const requests = parseRequests([...options.show, ...stream.requested], isShown)
    const all = guardSecrets(addRequested(gathered, requests.paths, io), options, io)
    const form = options.reply ?? (options.task === 'explain' ? 'none' : 'auto')
    const chosen = chooseMaterial(all, {
      form,
      requests,
      budget,
      excerpts: options.excerpts,
      count,
      io,
    })
    const material = guardSecrets(chosen, options, io)
    const reply = chooseReply(form, material, { width: widestOf(all), window, count })
    const render = (current: Material) =>
      renderTemplate(template, withSettings(templateData(current, reply), options.set))
    const prompt = fitOrRefuse(material, { budget, count, render }, reply, { isStrict: given !== undefined, io })
    if (stats) await printStats(sizesOf(prompt, reply, count), tokenizer, io)
    await io.stdout.write(prompt)
    return ExitStatus.Yes
  },
})

function guardSecrets(material: Material, options: Options, io: Io): Material {
  if (options['allow-secrets']) return material
  if (options.redact) return redactSecrets(material, io.env, io.warn)
  refuseSecrets(material, io.env)
  return material
}

function addRequested(material: Material, requested: readonly string[], io: Io): Material {
  const { files, leftOut } = readRequested(requested, material.files, io)
  return { ...material, files: [...material.files, ...files], leftOut: [...material.leftOut, ...leftOut] }
}

/** The width that a block needs for any of the files that may be sent back. */
function widestOf({ files }: Material): number {
  const widths = files.filter(({ editable }) => editable).map(({ content }) => widthFor(content))
  return widths.reduce((widest, width) => Math.max(widest, width), widthFor(''))
}

/** @throws CommandError (3) if the prompt does not fit a budget that was given; the largest blocks are named before */
function fitOrRefuse(
  material: Material,
  frame: Frame,
  reply: string,
  { isStrict, io }: { readonly isStrict: boolean; readonly io: Io },
): string {
  const { prompt, tokens, fits } = fitBudget(material, frame)
  if (fits) return prompt
  if (!isStrict) {
    io.progress(
      `the prompt has about ${tokens} tokens, more than ${frame.budget}: the sources are not cut (see --budget)`,
    )
    return prompt
  }
  for (const line of sizeLines(sizesOf(prompt, reply, frame.count).slice(0, MOST_NAMED))) io.warn(line)
  throw new CommandError(
    ExitStatus.Failed,
    `the prompt does not fit: it has ${tokens} tokens, --budget is ${frame.budget} (use fewer files or a larger budget)`,
  )
}

async function printStats(sizes: readonly Size[], tokenizer: Options['tokenizer'], io: Io): Promise<void> {
  const all = {
    name: tokenizer === 'estimate' ? '(estimated, in all)' : `(${tokenizer}, in all)`,
    tokens: sizes.reduce((sum, { tokens }) => sum + tokens, 0),
  }
  await io.stderr.write(`${sizeLines([all, ...sizes]).join('\n')}\n`)
}
