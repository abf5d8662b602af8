import { defineCommand, ExitStatus, UsageError } from '@loop-runner/cli-kit'
import { CALL_OPTIONS, OUTPUT_OPTIONS, TARGET_OPTIONS } from '../ask/ask-options.ts'
import { ENDPOINTS_KEY, type ModelFacts, namesProvider, parseTarget, readEndpoints } from '@loop-runner/llm-client'
import { readModels } from './read-models.ts'

const OPTIONS = {
  ...TARGET_OPTIONS,
  timeout: { ...CALL_OPTIONS.timeout, default: '30s' },
  'connect-timeout': CALL_OPTIONS['connect-timeout'],
  'ca-file': CALL_OPTIONS['ca-file'],
  json: OUTPUT_OPTIONS.json,
} as const

export const models = defineCommand({
  usage: '[-m PROVIDER] [options] [WORD…]',
  summary: 'List the models of a server.',
  options: OPTIONS,
  operands: { max: Infinity, complete: 'nothing' },
  details: `
Prints one model a line: PROVIDER/MODEL, then after tabs the context size in
tokens and the price of a million tokens in and out in US dollars, or - if the
server does not report it. With WORDs, only models whose names contain them all.

Exit codes: 0 done · 1 no model matches · 2 invalid usage · 3 request rejected,
or no API key · 4 the server is unavailable: retry later

  lr-llm models -m openrouter coder | sort -k 3
`,
  fileKeys: { names: [ENDPOINTS_KEY], needTrust: true, judge: async (files) => readEndpoints(files) },
  async run({ operands, options, typed, configFiles }, io) {
    const endpoints = readEndpoints(configFiles)
    const isShadowed = options.model !== undefined && typed.has('model') && !typed.has('url')
    const url = isShadowed && namesProvider(options.model, endpoints) ? undefined : options.url
    const target = parseTarget({ ...options, url, env: io.env, endpoints })
    if (target.kind !== 'server') throw new UsageError(`model "${options.model}": only a server has a list of models`)
    const found = await readModels(target, options, io)
    const matching = found.filter(({ id }) => operands.every((word) => id.toLowerCase().includes(word.toLowerCase())))
    const prefix = url === undefined ? `${target.provider}/` : ''
    const print = options.json ? `${JSON.stringify({ models: matching })}\n` : table(matching, prefix)
    await io.stdout.write(print)
    return matching.length === 0 ? ExitStatus.No : ExitStatus.Yes
  },
})

function table(models: readonly ModelFacts[], prefix: string): string {
  return models
    .map(
      ({ id, context, price }) =>
        `${prefix}${id}\t${context ?? '-'}\t${price ? `${price.input},${price.output}` : '-'}\n`,
    )
    .join('')
}
