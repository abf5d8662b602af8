import { beforeAll, expect, test } from 'vitest'
import type { Provider } from '../../llm-client/src/models/providers.ts'

const acme: Provider = {
  api: 'openai-chat',
  url: 'https://api.acme.test/v1',
  keys: ['ACME_API_KEY'],
  model: 'anvil-1',
  families: /^anvil-/,
}

/** One entry more in the table, before any other module reads it. */
beforeAll(async () => {
  const { PROVIDERS } = await import('@loop-runner/llm-client')
  Object.assign(PROVIDERS, { acme })
})

test('one new entry of the table is enough for the name of a model', async () => {
  const { parseTarget } = await import('../../llm-client/src/models/target.ts')
  const target = { provider: 'acme', api: 'openai-chat', baseUrl: acme.url, isHome: true }
  expect(parseTarget({ model: 'acme', env: {} })).toMatchObject({ ...target, model: 'anvil-1' })
  expect(parseTarget({ model: 'acme/anvil-2', env: {} })).toMatchObject({ ...target, model: 'anvil-2' })
  expect(parseTarget({ model: 'acme', env: { ACME_BASE_URL: 'http://127.0.0.1:1/v1' } })).toMatchObject({
    baseUrl: 'http://127.0.0.1:1/v1',
  })
  expect(() => parseTarget({ model: 'anvil-9', env: {} })).toThrow('did you mean acme/anvil-9?')
})

test('… for the key, the default provider, completion and the help', async () => {
  const { keyVariable } = await import('../../llm-client/src/keys/find-key.ts')
  const { defaultProvider } = await import('../../llm-client/src/models/default-provider.ts')
  const { suggestTargets } = await import('@loop-runner/llm-client')
  const { TARGET_OPTIONS } = await import('../src/ask/ask-options.ts')
  const env = { ACME_API_KEY: 'k', XDG_CONFIG_HOME: '/nonexistent' }
  expect(keyVariable('acme', env)).toBe('ACME_API_KEY')
  expect(defaultProvider(env)).toBe('acme')
  expect(suggestTargets({ word: '' })).toContain('acme/')
  expect(suggestTargets({ word: 'acme/' })).toEqual(['acme/anvil-1'])
  expect(TARGET_OPTIONS.model.describe).toContain(', acme (')
})
