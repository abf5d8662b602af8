import { type Fault, data, delta, HALF, OK, once } from './fault.ts'
import { chatStream, send, sendAndCut, sendPieces } from '@loop-runner/cli-kit/testing-server'

export const CHAT_FAULTS: readonly Fault[] = [
  { name: 'a whole answer', handler: OK, status: 0, requests: 1 },
  {
    name: 'finish reason length',
    handler: send(200, chatStream(['half'], 'length')),
    status: 5,
    requests: 1,
    says: /limit of tokens/,
  },
  { name: 'socket cut mid-answer', handler: sendAndCut(HALF), status: 5, requests: 2, says: /connection was lost/ },
  { name: 'socket cut mid-answer, once', handler: once(sendAndCut(HALF)), status: 0, requests: 2 },
  {
    name: 'socket cut before the answer',
    handler: (response) => void response.socket?.destroy(),
    status: 4,
    requests: 2,
  },
  { name: 'an end without a terminator', handler: send(200, HALF), status: 5, requests: 2, says: /broke off/ },
  { name: '[DONE] without a reason to stop', handler: send(200, chatStream(['whole'], null)), status: 0, requests: 1 },
  {
    name: 'a reason to stop without [DONE]',
    handler: send(200, chatStream(['whole'], 'stop', '')),
    status: 0,
    requests: 1,
  },
  { name: 'an empty answer', handler: send(200, chatStream([''])), status: 5, requests: 1, says: /empty/ },
  { name: 'no body at all', handler: send(200, ''), status: 5, requests: 2 },
  { name: 'only blanks', handler: send(200, chatStream([' \n'])), status: 5, requests: 1 },
  {
    name: 'content filter',
    handler: send(200, chatStream(['half'], 'content_filter')),
    status: 5,
    requests: 1,
    says: /filter/,
  },
  {
    name: 'a refusal',
    handler: send(200, data(delta({ refusal: 'I will not' }), delta({}, 'stop'))),
    status: 5,
    requests: 1,
    says: /refused: I will not/,
  },
  {
    name: 'only a tool call',
    handler: send(200, data(delta({ tool_calls: [{ index: 0 }] }), delta({}, 'tool_calls'))),
    status: 5,
    requests: 1,
    says: /tool/,
  },
  {
    name: 'the limit spent on reasoning',
    handler: send(
      200,
      data({ ...delta({}, 'length'), usage: { completion_tokens_details: { reasoning_tokens: 640 } } }),
    ),
    status: 5,
    requests: 1,
    says: /spent on reasoning \(640 tokens\)/,
  },
  {
    name: 'thoughts without an end',
    handler: send(200, chatStream(['<think>', 'hm'])),
    status: 5,
    requests: 1,
    says: /only reasoning/,
  },
  {
    name: 'a piece that is no JSON',
    handler: send(200, `${HALF}data: {"choices"\n\ndata: [DONE]\n\n`),
    status: 5,
    requests: 2,
  },
  {
    name: 'bytes that are no UTF-8',
    handler: sendPieces([HALF, Buffer.from([0x64, 0xff, 0xfe]), 'data: [DONE]\n\n']),
    status: 5,
    requests: 2,
  },
  { name: 'HTML with status 200', handler: send(200, '<html>Welcome to the hotel</html>'), status: 5, requests: 2 },
  {
    name: 'plain JSON instead of a stream',
    handler: send(200, ` \n${JSON.stringify({ choices: [{ message: { content: 'whole' }, finish_reason: 'stop' }] })}`),
    status: 0,
    requests: 1,
  },
]
