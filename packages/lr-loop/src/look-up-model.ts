import { errorIn, type Io, runText } from '@loop-runner/cli-kit'
import type { LoopSettings } from './settings.ts'
import { measureSources } from './stages/record-sizes.ts'
import { llmArguments } from './stages/stage-arguments.ts'

/** A model that may cost money. */
export interface PaidModel {
  readonly label: string
  /** US dollars for a million tokens; undefined if it is not known. */
  readonly price: { readonly input: number; readonly output: number } | undefined
  /** The most tokens that one answer may have; undefined if the price is not known. */
  readonly longest: number | undefined
}

/** The tokens of a prompt and its answer together. */
export interface ModelWindow {
  readonly tokens: number
  /** Whose it is, and where the figure is from. */
  readonly model: string
  readonly source: string
}

/** A model that runs on this machine, from a file. */
export interface ModelFile {
  readonly path: string
  /** As the configuration names it. */
  readonly name: string
}

export interface FoundModel {
  /** 0 if the model is known and its key is there. */
  readonly status: number
  /** The model and those that stand in for it, as far as they may cost money. */
  readonly paid: readonly PaidModel[]
  /** Of the same models, those that are files. */
  readonly files: readonly ModelFile[]
  /** The smallest of those that are known. */
  readonly window: ModelWindow | undefined
  /** Why the status is not 0. */
  readonly problem: string
}

/** Lines of lr-llm --preflight: the path and the name of a model file; the tokens of a window, its model and its source. */
const FILE = /^gguf\t([^\t]+)\t(.+)$/
const WINDOW = /^window\t(\d+)\t([^\t]+)\t(.+)$/

/** Sources of this size fit into any window; a server is not asked for it then. */
const SMALL_BYTES = 4096

/** Asks lr-llm about a model: it knows the providers, their model names, the prices and where keys are. No prompt is sent. */
export async function lookUpModel(
  stages: LoopSettings['stages'],
  apiKey: string | undefined,
  { cwd, configuration, limits }: LoopSettings,
  io: Io,
): Promise<FoundModel> {
  const cost = limits.maxCost === undefined ? [] : [`--max-cost=${limits.maxCost}`]
  const { bytes } = await measureSources(stages.sources, { ...io, cwd })
  const { file, args } = io.ownProgram('lr-llm')
  const request = {
    file,
    args: [
      ...args,
      `--preflight=${bytes > SMALL_BYTES ? 'window' : 'model'}`,
      '--quiet',
      ...cost,
      ...llmArguments(stages),
    ],
    cwd,
    env: {
      ...io.env,
      ...(apiKey === undefined ? {} : { LR_API_KEY: apiKey }),
      ...(configuration.file === undefined ? {} : { LR_CONFIG: configuration.file }),
      ...(configuration.profile === undefined ? {} : { LR_PROFILE: configuration.profile }),
    },
  }
  const { status, stdout, stderr } = await runText(request, io)
  const lines = stdout.split('\n').filter(Boolean)
  return {
    status,
    paid: lines.filter((line) => !FILE.test(line) && !WINDOW.test(line)).map(parseModel),
    files: lines.flatMap((line) => {
      const [, path, name] = FILE.exec(line) ?? []
      return path !== undefined && name !== undefined ? [{ path, name }] : []
    }),
    window: smallestWindow(lines.flatMap(parseWindow)),
    problem: errorIn(stderr) || `lr-llm --preflight ended with exit code ${status}`,
  }
}

function parseModel(line: string): PaidModel {
  const [label = '', figures] = line.split('\t')
  const [input, output, longest] = figures?.split(',').map(Number) ?? []
  if (input === undefined || output === undefined) return { label, price: undefined, longest: undefined }
  return { label, price: { input, output }, longest }
}

function parseWindow(line: string): ModelWindow[] {
  const [, tokens, model, source] = WINDOW.exec(line) ?? []
  if (tokens === undefined || model === undefined || source === undefined) return []
  return [{ tokens: Number(tokens), model, source }]
}

/** The smallest window: a prompt that fits into it fits into the others. */
export function smallestWindow(windows: readonly (ModelWindow | undefined)[]): ModelWindow | undefined {
  const known = windows.filter((window) => window !== undefined)
  return known.sort((one, other) => one.tokens - other.tokens)[0]
}
