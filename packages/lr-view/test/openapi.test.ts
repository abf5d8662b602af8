import { Validator } from '@cfworker/json-schema'
import { describe, expect, test } from 'vitest'
import { hasProgram, run } from '@loop-runner/test-kit'
import { makeRunFolder, reply } from './support/run-folder.ts'
import { call, readEvents, startServe } from './support/serve-process.ts'

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: object }>> }>
  >
}
type Description = { readonly openapi: string; readonly components: object } & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

describe.skipIf(!hasProgram('git'))('the description of the API (git)', () => {
  test('is what the server does, for every operation', async () => {
    using folder = await makeRunFolder([reply('two'), reply('four')])
    await using server = await startServe(folder.path, ['--allow-commands'])
    const description = (await call(server, 'GET', '/openapi.json')).json as Description
    expect(description.openapi).toMatch(/^3\.1\./)
    const called = new Set<string>()
    /** Calls an operation, and compares the response with its description. */
    const use = async (method: string, template: string, path: string, body?: unknown) => {
      const response = await call(server, method, path, body)
      const operation = description.paths[template]?.[method.toLowerCase()]
      const expected = operation?.responses[String(response.status)] ?? operation?.responses['default']
      const type = response.type.replace(/;.*/, '')
      const schema = expected?.content[type]?.schema
      expect(schema, `${method} ${path}: ${response.status} ${type}: ${response.text}`).toBeDefined()
      const root = { components: description.components, ...schema }
      const { valid, errors } = new Validator(root, '2020-12').validate(response.json ?? response.text)
      expect({ method, path, valid, errors }).toEqual({ method, path, valid: true, errors: [] })
      called.add(`${method.toLowerCase()} ${template}`)
      return response
    }
    const request = {
      folder: 'tree',
      sources: ['a.txt'],
      check: ['./check.sh'],
      options: { model: folder.model, iterations: 5, 'no-canary': true },
    }
    const started = await use('POST', '/runs', '/runs', request)
    expect(started.status, started.text).toBe(201)
    const { id } = started.json as { id: string }
    expect((await use('DELETE', '/runs/{id}', `/runs/${id}`)).status).toBe(200)
    folder.go(1, 2)
    expect((await use('POST', '/runs/{id}/{action}', `/runs/${id}/resume`)).status).toBe(200)
    expect((await readEvents(server, `/runs/${id}/events`)).isOver).toBe(true)
    await use('GET', '/runs/{id}/events', `/runs/${id}/events`)
    await use('GET', '/health', '/health')
    await use('GET', '/models', '/models?provider=nonesuch')
    expect(
      (await use('POST', '/score', '/score', { text: 'two words', options: { 'min-words': 2 } })).json,
    ).toMatchObject({ score: 1 })
    expect((await use('POST', '/score', '/score', { text: 'x', options: { command: ['true'] } })).status).toBe(422)
    expect((await use('POST', '/score', '/score', { text: 'x', options: {} })).status).toBe(422)
    expect((await use('GET', '/runs', '/runs?q=a.txt&state=passed')).json).toMatchObject({
      runs: [{ id, passed: true }],
    })
    expect((await use('GET', '/runs', '/runs?model=none')).json).toEqual({ runs: [] })
    expect((await use('GET', '/runs/{id}', `/runs/${id}`)).json).toMatchObject({ id, state: 'passed' })
    for (const name of ['diff', 'patch', 'files/{path}']) {
      const response = await use('GET', `/runs/{id}/${name}`, `/runs/${id}/${name.replace('{path}', 'a.txt')}`)
      expect(response.text).toContain('four')
    }
    await use('GET', '/runs/{id}/files/{path}', `/runs/${id}/files/none.txt`)
    await use('POST', '/runs/{id}/{action}', `/runs/${id}/undo`)
    expect([...called].toSorted()).toEqual(operationsOf(description))
  })

  test('lists the options that the server accepts', async () => {
    using folder = await makeRunFolder([])
    await using server = await startServe(folder.path)
    const description = JSON.stringify((await call(server, 'GET', '/openapi.json')).json)
    const { stdout } = await run('lr-loop', ['--help'])
    for (const name of ['model', 'iterations', 'attempts', 'dirty', 'threshold', 'label']) {
      expect(stdout).toContain(`--${name}`)
      expect(description).toContain(`"${name}":{`)
    }
    for (const name of ['api-key', 'run-dir', 'stop', 'llm', 'config']) expect(description).not.toContain(`"${name}":{`)
  })
})

function operationsOf({ paths }: Description): string[] {
  const methods = new Set(['get', 'post', 'put', 'delete'])
  return Object.entries(paths)
    .flatMap(([path, item]) => Object.keys(item).flatMap((name) => (methods.has(name) ? [`${name} ${path}`] : [])))
    .toSorted()
}
