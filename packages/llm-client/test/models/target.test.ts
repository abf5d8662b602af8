import { expect, test } from 'vitest'
import { ollamaAddress } from '../../src/ollama/ollama-address.ts'
import { baseAddress, endpoint } from '../../src/models/base-address.ts'
import { parseTarget } from '../../src/models/target.ts'

test.each([
  { model: 'groq/openai/gpt-oss-120b', label: 'groq/openai/gpt-oss-120b', name: 'openai/gpt-oss-120b' },
  { model: 'anthropic', label: 'anthropic/claude-sonnet-4-5', name: 'claude-sonnet-4-5' },
  { model: 'ollama/qwen2.5-coder:7b', label: 'ollama/qwen2.5-coder:7b', name: 'qwen2.5-coder:7b' },
  { model: 'openrouter/z-ai/glm:free', label: 'openrouter/z-ai/glm:free', name: 'z-ai/glm:free' },
])('-m $model is the model $name', ({ model, label, name }) => {
  expect(parseTarget({ model, env: {} })).toMatchObject({ kind: 'server', label, model: name, isHome: true })
})

test.each([
  { model: 'replay:a/b', target: { kind: 'replay', path: 'a/b' } },
  { model: 'exec:cat | wc', target: { kind: 'exec', command: 'cat | wc' } },
])('-m $model', ({ model, target }) => {
  expect(parseTarget({ model, env: {} })).toMatchObject(target)
})

test.each([
  { model: 'groq/x', url: 'https://api.groq.com/openai/v1', isHome: true, name: 'x' },
  { model: 'groq/x', url: 'https://elsewhere.example/v1', isHome: false, name: 'x' },
  { model: 'groq/x', url: 'https://api.groq.com.evil.example', isHome: false, name: 'x' },
  { model: 'groq/x', url: 'http://api.groq.com', isHome: false, name: 'x' },
  { model: 'qwen/qwen3', url: 'http://127.0.0.1:1234', isHome: false, name: 'qwen/qwen3' },
  { model: 'llama', url: 'http://127.0.0.1:1234', isHome: false, name: 'llama' },
  { model: 'llama', url: '127.0.0.1:1234', isHome: false, name: 'llama' },
])('-m $model --url $url: model $name, at home $isHome', ({ model, url, isHome, name }) => {
  expect(parseTarget({ model, url, env: {} })).toMatchObject({ model: name, isHome })
})

test.each([
  { given: {}, label: 'groq/openai/gpt-oss-120b', name: 'openai/gpt-oss-120b' },
  { given: { url: 'http://127.0.0.1:1234' }, label: '127.0.0.1:1234/default', name: 'default', key: false },
  { given: { url: 'https://api.openai.com' }, label: 'openai/gpt-5-mini', name: 'gpt-5-mini' },
  { given: { url: 'https://api.openai.com/v1', model: 'gpt-5' }, label: 'openai/gpt-5', name: 'gpt-5' },
  { given: { url: 'http://localhost:11434', model: 'qwen3:8b' }, label: 'ollama/qwen3:8b', name: 'qwen3:8b' },
  { given: { url: 'http://127.0.0.1:11434/v1', model: 'x/y' }, label: 'ollama/x/y', name: 'x/y' },
])('$given asks $label', ({ given, label, name, key: isHome = true }) => {
  expect(parseTarget({ ...given, env: {} })).toMatchObject({ label, model: name, isHome })
})

test.each([
  { model: 'groq/', says: /groq alone means groq\/openai\/gpt-oss-120b/ },
  { model: '/x', says: /unknown provider ""/ },
  { model: '', says: /unknown provider ""/ },
])('-m "$model" names no model', ({ model, says }) => {
  expect(() => parseTarget({ model, env: {} })).toThrow(says)
})

test.each([
  ['http://h:1', 'openai-chat', 'http://h:1/v1'],
  ['h:1', 'openai-chat', 'http://h:1/v1'],
  ['http://h:1/v1/', 'openai-chat', 'http://h:1/v1'],
  ['http://h:1/api', 'openai-chat', 'http://h:1/api/v1'],
  ['http://h:1/v1beta/openai', 'openai-chat', 'http://h:1/v1beta/openai'],
  ['http://h:1/v1/chat/completions', 'openai-chat', 'http://h:1/v1'],
  ['http://h:1', 'anthropic', 'http://h:1/v1'],
  ['http://h:1/v1/messages', 'anthropic', 'http://h:1/v1'],
  ['http://h:1/v1', 'ollama', 'http://h:1'],
  ['http://h:1/api', 'ollama', 'http://h:1'],
  ['http://h:1/v1?version=2', 'openai-chat', 'http://h:1/v1?version=2'],
] as const)('--url %s with API %s is %s', (given, api, base) => {
  expect(baseAddress(given, api)).toBe(base)
})

test("only a provider's origin means its full address", () => {
  expect(baseAddress('https://api.perplexity.ai', 'openai-chat', 'https://api.perplexity.ai')).toBe(
    'https://api.perplexity.ai',
  )
})

test('what stands behind the ? stays behind the path', () => {
  expect(endpoint('http://h/v1?version=2', '/models').href).toBe('http://h/v1/models?version=2')
})

test('an OLLAMA_HOST that is no address is said to be none', () => {
  expect(() => ollamaAddress('a b')).toThrow(/OLLAMA_HOST: "a b" is not the address/)
})

test.each([
  [undefined, 'http://127.0.0.1:11434'],
  ['', 'http://127.0.0.1:11434'],
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
  [':8080', 'http://127.0.0.1:8080'],
  ['box', 'http://box:11434'],
  ['box:8080', 'http://box:8080'],
  ['"box"', 'http://box:11434'],
  ['http://box', 'http://box'],
  ['https://box/ollama/', 'https://box/ollama'],
  ['box/ollama', 'http://box:11434/ollama'],
  ['[::1]', 'http://[::1]:11434'],
  ['[::1]:8080', 'http://[::1]:8080'],
  ['::1', 'http://[::1]:11434'],
  ['[::]', 'http://[::1]:11434'],
])('OLLAMA_HOST=%s is %s', (host, address) => {
  expect(ollamaAddress(host)).toBe(address)
})
