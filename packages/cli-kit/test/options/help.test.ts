import { expect, test } from 'vitest'
import { defineCommand } from '../../src/program.ts'
import { commandHelp } from '../../src/options/help.ts'

const TABLE = {
  model: { type: 'text', section: 'Model', describe: 'who is asked' },
  plain: { type: 'flag', describe: 'no section' },
  timeout: { type: 'duration', section: 'Limits', describe: 'how long' },
  seed: { type: 'integer', section: 'Model', describe: 'a number' },
  sources: { type: 'list', fileOnly: true, section: 'Sources', describe: 'not on the command line' },
} as const

test('options stand under their sections, in the order of the table; an empty section is left out', () => {
  const command = defineCommand({ usage: '', summary: 'x', options: TABLE, details: '', run: async () => 0 })
  const lines = commandHelp('lr-x', command, 80).split('\n')
  const found = lines.flatMap(
    (line) => /^(\S.*):$/.exec(line)?.[1] ?? /--(model|plain|timeout|seed|sources|config)/.exec(line)?.[1] ?? [],
  )
  expect(found).toEqual(['Model', 'model', 'seed', 'Options', 'plain', 'Limits', 'timeout', 'Common options', 'config'])
})
