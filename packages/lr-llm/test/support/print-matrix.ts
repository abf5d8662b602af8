// Prints the failure matrix: one row a fault, with its exit code, bytes on standard output and seconds taken.
import { writeSync } from 'node:fs'
import { run } from '@loop-runner/test-kit'
import { FAULTS } from './faults.ts'
import { serve } from '@loop-runner/test-kit/server'

const WIDTH = 50

say(`${'fault'.padEnd(WIDTH)} status  stdout  requests  seconds`)
for (const { name, api = 'openai-chat', handler, args = [], status } of FAULTS) {
  await using server = await serve(handler)
  const started = performance.now()
  const ran = await run('lr-llm', ['-q', '--url', server.url, '--api', api, '-m', 'm', '--retries', '1', ...args, 'hi'])
  const seconds = ((performance.now() - started) / 1000).toFixed(2)
  const wrong = ran.status === status ? '' : `  (${status} is expected)`
  const columns = [String(ran.status).padStart(6), String(Buffer.byteLength(ran.stdout)).padStart(6)]
  const more = [String(server.received.length).padStart(8), seconds.padStart(7)]
  say(`${name.padEnd(WIDTH)} ${[...columns, ...more].join('  ')}${wrong}`)
}

function say(line: string): void {
  writeSync(1, `${line}\n`)
}
