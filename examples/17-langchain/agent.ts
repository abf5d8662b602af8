/**
 * Tools for a LangChain agent: a loop that fixes files until a check passes, and, for an agent that works by itself: add code,
 * run the check, install a package. The user, not the model, names the check and the packages.
 */
import { tool } from '@langchain/core/tools'
import { execa } from 'execa'
import { apply, check, runLoop, writeBlock } from 'loop-runner'
import * as z from 'zod'

const CHECK = ['node', '--test']
const PACKAGES: Readonly<Record<string, string>> = { greeting: './vendor/greeting' }

export const fixUntilPass = tool(
  async ({ sources, task }) => {
    const run = runLoop({ sources, instructions: task, checkCommand: CHECK, iterations: 5, maxCost: 1, noGit: true })
    const { status, reason, iterations } = await run.summary
    return status === 0 ? `The check passes (${iterations} replies).` : `The check still fails: ${reason}.`
  },
  {
    name: 'fix_until_pass',
    description: 'Let another model change the sources until the tests pass. Takes minutes.',
    schema: z.object({ sources: z.array(z.string()), task: z.string() }),
  },
)

export const addCode = tool(
  async ({ path, content }) => {
    const { changed, rejected } = await apply(writeBlock({ name: path, content }), { new: true })
    return changed.length > 0 ? `Written: ${changed.join(', ')}.` : `Refused: ${JSON.stringify(rejected)}`
  },
  {
    name: 'add_code',
    description: 'Write the whole new version of a file. Tests and their configuration cannot be changed.',
    schema: z.object({ path: z.string(), content: z.string() }),
  },
)

export const runCheck = tool(
  async () => {
    const { passed, runs } = await check({ checkCommand: CHECK })
    return passed ? 'The check passes.' : `The check fails:\n${runs.map(({ stdout }) => stdout).join('\n')}`
  },
  { name: 'run_check', description: 'Run the tests.', schema: z.object({}) },
)

export const install = tool(
  async ({ name }) => {
    const source = Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : undefined
    if (source === undefined) return `Refused: ${name} is not one of ${Object.keys(PACKAGES).join(', ')}.`
    const { exitCode, stderr } = await execa('npm', ['install', '--ignore-scripts', '--no-audit', source], {
      reject: false,
    })
    return exitCode === 0 ? `Installed: ${name}.` : `Failed: ${stderr}`
  },
  {
    name: 'install',
    description: 'Install a package that the user has approved.',
    schema: z.object({ name: z.string() }),
  },
)
