/** Two agents whose chat model is scripted: one calls the loop, the other one works by itself. */
import { AIMessage } from '@langchain/core/messages'
import { createAgent, fakeModel, type ReactAgent } from 'langchain'
import { addCode, fixUntilPass, install, runCheck } from './agent.ts'

const call = (name: string, args: object, id: string) => ({ name, args: { ...args }, id, type: 'tool_call' as const })

const delegating = fakeModel()
  .respondWithTools([call('fix_until_pass', { sources: ['add.js'], task: 'Fix add.' }, '1')])
  .respond(new AIMessage('done'))

const working = fakeModel()
  .respondWithTools([call('run_check', {}, '1')])
  .respondWithTools([call('add_code', { path: 'add.test.js', content: 'process.exit(0)\n' }, '2')])
  .respondWithTools([call('install', { name: 'left-pad' }, '3')])
  .respondWithTools([call('install', { name: 'greeting' }, '4')])
  .respondWithTools([call('add_code', { path: 'add.js', content: 'export const add = (a, b) => a + b\n' }, '5')])
  .respondWithTools([call('run_check', {}, '6')])
  .respond(new AIMessage('done'))

const agents = {
  loop: createAgent({ model: delegating, tools: [fixUntilPass] }),
  alone: createAgent({ model: working, tools: [addCode, runCheck, install] }),
}

const agent = process.argv[2] === 'loop' ? agents.loop : agents.alone
const { messages } = await (agent as ReactAgent).invoke({
  messages: [{ role: 'user', content: 'Make the tests pass.' }],
})
for (const message of messages) {
  if (message.getType() === 'tool') console.log(`${message.name}: ${message.text.split('\n')[0]?.slice(0, 60)}`)
}
