import { copyFileSync, existsSync, renameSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import {
  CommandError,
  defineCommand,
  ExitStatus,
  type Io,
  makeFolders,
  plural,
  reasonOf,
  UsageError,
} from '@loop-runner/cli-kit'
import { findPrice, keptPricesPath, readPriceList } from '@loop-runner/llm-client'

export const prices = defineCommand({
  usage: 'update FILE | show [MODEL] | path',
  summary: 'Keep a list of model prices for --max-cost and the cost of answers.',
  options: {},
  operands: { min: 1, max: 2 },
  details: `
update copies FILE, a JSON list of prices, into your configuration folder; it
applies unless --price or --prices is given. FILE is LiteLLM's list, an object
of models with input_cost_per_token and output_cost_per_token, or OpenRouter's
list of models. Nothing is downloaded. show prints the price of a million tokens
in and out in US dollars.

Exit codes: 0 done · 1 the model has no price · 2 invalid usage · 3 the list
cannot be written

  curl -s https://openrouter.ai/api/v1/models > m.json && lr-llm prices update m.json
`,
  async run({ operands: [action = '', operand] }, io) {
    const path = keptPricesPath(io.env)
    switch (action) {
      case 'path':
        await io.stdout.write(`${path}\n`)
        return ExitStatus.Yes
      case 'update':
        return update(path, operand, io)
      case 'show':
        return show(path, operand, io)
      default:
        throw new UsageError(`prices "${action}" is not known (update, show, path)`)
    }
  },
})

function update(path: string, file: string | undefined, io: Io): number {
  if (file === undefined) throw new UsageError('prices update: which file? (prices update FILE)')
  const list = readPriceList(resolve(io.cwd, file))
  try {
    makeFolders(dirname(path), 0o700)
    copyFileSync(resolve(io.cwd, file), `${path}.new`)
    renameSync(`${path}.new`, path)
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
  }
  io.progress(`${path}: prices of ${plural(list.size, 'model')}`)
  return ExitStatus.Yes
}

async function show(path: string, model: string | undefined, io: Io): Promise<number> {
  if (!existsSync(path)) throw new UsageError('prices show: no list is kept (prices update FILE)')
  const list = readPriceList(path)
  const found = model === undefined ? [...list] : [[model, findPrice(list, model)] as const]
  const lines = found.flatMap(([name, price]) => (price ? [`${name}\t${price.input},${price.output}\n`] : []))
  await io.stdout.write(lines.join(''))
  if (lines.length === 0) io.warn(`${model}: no price is known`)
  return lines.length === 0 ? ExitStatus.No : ExitStatus.Yes
}
