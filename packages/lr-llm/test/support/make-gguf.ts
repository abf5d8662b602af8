/**
 * A tiny model file in GGUF's format: random weights, a vocabulary of some 300 tokens, and one rule that outweighs the
 * noise: after each word of `words` comes the next one, after the last one the first, or the end.
 */
export interface TinyModel {
  /** What the model writes, whatever the prompt. */
  readonly words: readonly string[]
  readonly isEndless?: boolean
  /** Tokens that it was trained for. */
  readonly context?: number
  /** Jinja; default: a line for each message, then `assistant:`. */
  readonly template?: string
}

type Value = number | string | readonly string[] | Uint32Array | Float32Array | Int32Array

const MAGIC = 'GGUF'
const VERSION = 3
const ALIGNMENT = 32
const TYPES = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 } as const
const TEMPLATE =
  "{% for message in messages %}{{ message['role'] + ': ' + message['content'] + '</s>' }}{% endfor %}{% if add_generation_prompt %}{{ 'assistant:' }}{% endif %}"
const [UNKNOWN, BEGIN, END] = [0, 1, 2]
const PLAIN_CHARACTERS = ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_{}abcdefghijklmnopqrstuvwxyz\n'
/** The score of the token that comes next, against noise below 1. */
const RULE = 20
const HEADS = 4

export function makeGguf({ words, isEndless = false, context = 512, template = TEMPLATE }: TinyModel): Buffer {
  const tokens = vocabulary(words)
  // Room for one dimension for each token, in heads of an even size.
  const width = Math.ceil(tokens.length / (2 * HEADS * 8)) * 2 * HEADS * 8
  const metadata: Readonly<Record<string, Value>> = {
    'general.architecture': 'llama',
    'general.name': 'tiny',
    'general.file_type': Uint32Array.of(0),
    'llama.context_length': Uint32Array.of(context),
    'llama.embedding_length': Uint32Array.of(width),
    'llama.block_count': Uint32Array.of(1),
    'llama.feed_forward_length': Uint32Array.of(64),
    'llama.attention.head_count': Uint32Array.of(HEADS),
    'llama.attention.head_count_kv': Uint32Array.of(HEADS),
    'llama.rope.dimension_count': Uint32Array.of(width / HEADS),
    'llama.attention.layer_norm_rms_epsilon': 1e-5,
    'llama.vocab_size': Uint32Array.of(tokens.length),
    'tokenizer.ggml.model': 'llama',
    'tokenizer.ggml.tokens': tokens.map(({ text }) => text),
    'tokenizer.ggml.scores': Float32Array.from(tokens, ({ score }) => score),
    'tokenizer.ggml.token_type': Int32Array.from(tokens, ({ type }) => type),
    'tokenizer.ggml.bos_token_id': Uint32Array.of(BEGIN),
    'tokenizer.ggml.eos_token_id': Uint32Array.of(END),
    'tokenizer.ggml.unknown_token_id': Uint32Array.of(UNKNOWN),
    'tokenizer.chat_template': template,
  }
  const rules = nextTokens(
    words,
    tokens.map(({ text }) => text),
    isEndless,
  )
  return writeGguf(metadata, tensorsOf(tokens.length, width, rules))
}

interface Token {
  readonly text: string
  readonly score: number
  /** 1 normal, 2 unknown, 3 control, 6 byte. */
  readonly type: number
}

function vocabulary(words: readonly string[]): Token[] {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`)
  const pieces = [...new Set(PLAIN_CHARACTERS.split('').map(spell))]
  const wholes = [...new Set(words.map(spell))].filter((word) => !pieces.includes(word))
  return [
    { text: '<unk>', score: 0, type: 2 },
    { text: '<s>', score: 0, type: 3 },
    { text: '</s>', score: 0, type: 3 },
    ...bytes.map((text) => ({ text, score: 0, type: 6 })),
    ...wholes.map((text, index) => ({ text, score: -index, type: 1 })),
    ...pieces.map((text, index) => ({ text, score: -1000 - index, type: 1 })),
  ]
}

/** SentencePiece writes a blank as a low line of its own. */
function spell(text: string): string {
  return text.replaceAll(' ', '\u2581')
}

/** The token after each token. A word that occurs twice is followed by what follows it first. */
function nextTokens(words: readonly string[], tokens: readonly string[], isEndless: boolean): number[] {
  const chain = words.map((word) => tokens.indexOf(spell(word)))
  const [first = END] = chain
  const next = tokens.map(() => first)
  for (const [index, token] of chain.entries()) next[token] = chain[index + 1] ?? (isEndless ? first : END)
  return next
}

interface Tensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

function tensorsOf(count: number, width: number, next: readonly number[]): Tensor[] {
  const random = generator(1)
  const noise = (...shape: number[]) =>
    Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => (random() - 0.5) / width)
  const ones = Float32Array.from({ length: width }, () => 1)
  const embedding = noise(width, count)
  const output = noise(width, count)
  for (const [token, following] of next.entries()) {
    embedding[token * width + token] = 1
    output[following * width + token] = RULE / Math.sqrt(width)
  }
  const square = (name: string) => ({
    name: `blk.0.${name}.weight`,
    shape: [width, width],
    values: noise(width, width),
  })
  return [
    { name: 'token_embd.weight', shape: [width, count], values: embedding },
    { name: 'blk.0.attn_norm.weight', shape: [width], values: ones },
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map(square),
    { name: 'blk.0.ffn_norm.weight', shape: [width], values: ones },
    { name: 'blk.0.ffn_gate.weight', shape: [width, 64], values: noise(width, 64) },
    { name: 'blk.0.ffn_up.weight', shape: [width, 64], values: noise(width, 64) },
    { name: 'blk.0.ffn_down.weight', shape: [64, width], values: noise(64, width) },
    { name: 'output_norm.weight', shape: [width], values: ones },
    { name: 'output.weight', shape: [width, count], values: output },
  ]
}

/** The same numbers every time (mulberry32). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function writeGguf(metadata: Readonly<Record<string, Value>>, tensors: readonly Tensor[]): Buffer {
  const entries = Object.entries(metadata)
  const head = [Buffer.from(MAGIC), uint32(VERSION), uint64(tensors.length), uint64(entries.length)]
  const pairs = entries.flatMap(([name, value]) => [string(name), ...writeValue(value)])
  let offset = 0
  const infos = tensors.flatMap(({ name, shape, values }) => {
    const info = [string(name), uint32(shape.length), ...shape.map(uint64), uint32(0), uint64(offset)]
    offset += aligned(values.byteLength)
    return info
  })
  const start = Buffer.concat([...head, ...pairs, ...infos])
  const data = tensors.map(({ values }) => padded(Buffer.from(values.buffer, values.byteOffset, values.byteLength)))
  return Buffer.concat([padded(start), ...data])
}

function writeValue(value: Value): Buffer[] {
  if (typeof value === 'string') return [uint32(TYPES.string), string(value)]
  if (typeof value === 'number') return [uint32(TYPES.float32), Buffer.from(Float32Array.of(value).buffer)]
  if (value instanceof Uint32Array) return [uint32(TYPES.uint32), Buffer.from(value.buffer)]
  if (value instanceof Float32Array) return array(TYPES.float32, value.length, Buffer.from(value.buffer))
  if (value instanceof Int32Array) return array(TYPES.int32, value.length, Buffer.from(value.buffer))
  return array(TYPES.string, value.length, Buffer.concat(value.map(string)))
}

function array(type: number, length: number, items: Buffer): Buffer[] {
  return [uint32(TYPES.array), uint32(type), uint64(length), items]
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([uint64(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)])
}
