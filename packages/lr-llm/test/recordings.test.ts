import { run } from '@loop-runner/test-kit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addEvent,
  type Answer,
  type Api,
  API_ADAPTERS,
  LlmFailure,
  NO_ANSWER,
  requireComplete,
  ResponseReader,
} from '@loop-runner/llm-client'
import { eventEnds, HAS_RECORDINGS, readRecordings, type Recording } from './support/recordings.ts'
import { sendPieces, serve } from '@loop-runner/test-kit/server'

const recordings = readRecordings()

function read(api: Api, pieces: Iterable<Uint8Array>): Answer {
  const reader = new ResponseReader(API_ADAPTERS[api])
  const events = [...pieces].flatMap((piece) => reader.push(piece))
  return [...events, ...reader.end()].reduce(addEvent, NO_ANSWER)
}

function* split(body: Buffer, places: readonly number[]): Generator<Buffer> {
  let from = 0
  for (const to of [...places, body.length]) {
    yield body.subarray(from, to)
    from = to
  }
}

function failureOf(answer: Answer, api: Api): LlmFailure | undefined {
  try {
    requireComplete(answer, { label: 'x', promptTokens: 1, hasKey: false }, API_ADAPTERS[api].finishEnds)
    return undefined
  } catch (error) {
    return error as LlmFailure
  }
}

/** How an answer ends that a recording holds. */
function outcomeOf({ expect: { finish, tool_calls: tools, text } }: Recording): string {
  if (finish === 'max_tokens') return 'length'
  if (tools) return 'tool-call'
  return text === '' ? 'empty' : 'whole'
}

describe.skipIf(!HAS_RECORDINGS)('recorded bodies of real services (../shared/streams)', () => {
  test.each(recordings)('$name: text, reasoning, finish, usage and outcome', (recording) => {
    const { api, body, expect: wanted } = recording
    const answer = read(api, [body])
    const nulls = Object.fromEntries(['input', 'output', 'reasoning', 'cached'].map((field) => [field, null]))
    const { cost: _, ...usage } = JSON.parse(JSON.stringify({ ...nulls, ...answer.usage })) as Record<string, unknown>
    expect({ ...answer, usage: { ...nulls, ...usage } }).toMatchObject({
      text: wanted.text,
      reasoning: wanted.reasoning ?? '',
      toolCall: wanted.tool_calls,
      finish: wanted.finish,
      served: wanted.model_served,
      usage: wanted.usage,
    })
    expect(failureOf(answer, api)?.kind ?? 'whole').toBe(outcomeOf(recording))
  })

  test.each(recordings)('$name: acceptance 2: byte by byte the same', ({ api, body }) => {
    const bytes = Array.from({ length: body.length - 1 }, (_, index) => index + 1)
    expect(read(api, split(body, bytes))).toEqual(read(api, [body]))
  })

  test.each(recordings)('$name: acceptance 2: cut anywhere the same', ({ api, body }) => {
    const whole = read(api, [body])
    const places = fc.uniqueArray(fc.integer({ min: 1, max: body.length - 1 }), { maxLength: 40 })
    fc.assert(
      fc.property(places, (found) => {
        expect(
          read(
            api,
            split(
              body,
              found.sort((left, right) => left - right),
            ),
          ),
        ).toEqual(whole)
      }),
      { numRuns: 5 },
    )
  })

  test.each(recordings)(
    '$name: acceptance 3: truncated after any event it is incomplete, or nothing is missing',
    (recording) => {
      const { api, body, expect: wanted } = recording
      for (const end of eventEnds(recording)) {
        const answer = read(api, [body.subarray(0, end)])
        if (failureOf(answer, api)) continue
        expect({ text: answer.text, finish: answer.finish }).toEqual({ text: wanted.text, finish: wanted.finish })
      }
    },
  )

  test.each(recordings)(
    '$name: acceptance 3: truncated inside any event before its end it is incomplete',
    (recording) => {
      const { api, body } = recording
      const ends = eventEnds(recording)
      const last = ends.find((end) => !failureOf(read(api, [body.subarray(0, end)]), api)) ?? body.length
      const start = Math.max(0, ...ends.filter((end) => end < last))
      fc.assert(
        fc.property(fc.integer({ min: 0, max: Math.max(0, start - 1) }), (end) => {
          expect(failureOf(read(api, [body.subarray(0, end)]), api)).toBeInstanceOf(LlmFailure)
        }),
        { numRuns: 20 },
      )
    },
  )

  test.each(recordings)('$name: lr-llm prints all of it, or nothing', async (recording) => {
    const { api, body, expect: wanted } = recording
    const pieces = [...split(body, [body.length >> 2, body.length >> 1])]
    await using server = await serve(sendPieces(pieces))
    const args = ['--url', server.url, '--api', api, '-m', 'model', '-q', 'hi']
    const { status, stdout } = await run('lr-llm', args)
    const whole = outcomeOf(recording) === 'whole'
    const text = wanted.text.endsWith('\n') ? wanted.text : `${wanted.text}\n`
    expect({ status, stdout }).toEqual(whole ? { status: 0, stdout: text } : { status: 5, stdout: '' })
  })
})
