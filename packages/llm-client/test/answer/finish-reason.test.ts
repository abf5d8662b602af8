import { describe, expect, test } from 'vitest'
import { finishOutcome, worseFinish } from '../../src/answer/finish-reason.ts'

describe('finish reasons', () => {
  test.each([
    ['complete', 'stop end_turn eos COMPLETE FINISH STOP stop_sequence FINISH_REASON_STOP eosFound endoftext normal'],
    ['length', 'length MAX_TOKENS max_output_tokens FINISH_REASON_MAX_TOKENS maxPredictedTokensReached token_limit'],
    ['full', 'model_context_window_exceeded model_length contextLengthReached'],
    ['filtered', 'content-filter SAFETY sensitive guardrail_intervened PROHIBITED_CONTENT ERROR_TOXIC'],
    ['refused', 'refusal'],
    ['tool-call', 'tool_calls toolCalls TOOL_USE pause_turn function_call'],
    ['cut', 'not_finished incomplete abort USER_CANCEL modelUnloaded'],
    ['overload', 'insufficient_system_resource'],
    ['server', 'error network_error timeout MALFORMED_FUNCTION_CALL'],
    ['unknown', 'OTHER load FINISH_REASON_UNSPECIFIED stopped_early unstoppable nonstop xyz'],
  ])('%s: %s', (outcome, words) => {
    for (const word of words.split(' ')) expect([word, finishOutcome(word)]).toEqual([word, outcome])
  })

  test.each([
    { words: ['stop', 'stop', 'length'], worst: 'length' },
    { words: ['length', 'stop'], worst: 'length' },
    { words: ['stop', 'end_turn'], worst: 'stop' },
    { words: ['stop', 'odd'], worst: 'odd' },
    { words: ['length', 'length', 'error'], worst: 'error' },
    { words: ['content_filter', 'stop', 'length'], worst: 'content_filter' },
  ])('of $words, $worst counts', ({ words, worst }) => {
    expect(words.reduce<string | undefined>(worseFinish, undefined)).toBe(worst)
  })
})
