import { stringify } from 'yaml'
import type { Facts } from './find-facts.ts'

/** The text of an lr.yaml for these facts. A `#` without a blank after it turns a setting off. */
export function composeConfig(facts: Facts): string {
  const parts = [
    HEAD,
    `# Files and folders that the model may change. Tests and their configuration are protected unless they are named here.
${setting('sources', facts.sources)}`,
    describeCheck(facts),
    describeModel(facts),
    describeLoop(facts),
    TAIL,
  ]
  return parts.map((part) => `${part}\n`).join('\n')
}

const HEAD = `# Settings of lr-loop for this folder. Options and LR_… variables take precedence. "lr-loop config" validates this file and
# prints the settings that apply. A # without a blank after it turns a setting off. All keys: docs/configuration.md.`

const TAIL = `# Settings of a profile override the others: lr-loop --profile fast
#profiles:
  #fast:
    #loop: { iterations: 3 }
    #llm: { effort: low }

# Commands in the place of stages; each reads a stream and writes one: docs/writing-a-stage.md. They need: lr-loop trust
#stages:
  #llm: ./my-model.sh`

function describeCheck({ tests, missing, checkers }: Facts): string {
  const [best, ...others] = tests
  const lines = [
    '# The check: a command that is run without a shell (with one: [sh, -c, "a && b"]). Exit code 0 is a pass.',
    ...(best ? [`${checkCommand(best.words)} # ${best.because}`] : []),
    ...(tests.length + missing.length === 0 ? ['#check-command: npm test'] : []),
    ...others.map(({ words, because }) => `#${checkCommand(words)} # ${because}`),
    ...missing.map(({ words, because, needs }) => `#${checkCommand(words)} # ${because}; not installed: ${needs}`),
    '',
  ]
  if (best) {
    lines.push(`# Known checkers to run as well; these fit the files and are installed.
#checkers: ${flow(checkers.length > 0 ? checkers : ['json'])}`)
  } else if (checkers.length > 0) {
    lines.push(`# Without a command, lr-check runs the checkers that fit the files and are installed.
#checkers: ${flow(checkers)}`)
  } else {
    lines.push(`# No check was found: write a command above, or see lr-check --doctor.`)
  }
  lines.push(
    '# Or several named checks in layers: a layer runs only if the layer before it passes. They replace check-command.',
  )
  lines.push(`#checks:
  #tests: ${flow(best ? asWritten(best.words) : 'npm test')}
#layers: [${[...checkers.slice(0, 1), 'tests'].join(', ')}]`)
  return lines.join('\n')
}

function checkCommand(words: readonly string[]): string {
  return setting('check-command', asWritten(words))
}

/** One line, which is cut at its blanks; else a list. */
function asWritten(words: readonly string[]): string | readonly string[] {
  return words.some((word) => /\s/.test(word)) ? words : words.join(' ')
}

function describeModel({ keys, hasOllama }: Facts): string {
  const lines = ['# The model: PROVIDER, or PROVIDER/MODEL. Keys stay out of this file.']
  const [first, ...others] = keys
  if (first) lines.push(`model: ${first.provider} # its key: ${first.place}`)
  for (const { provider, place } of others) lines.push(`#model: ${provider} # its key: ${place}`)
  if (!first) lines.push('#model: groq # after export GROQ_API_KEY=…, or lr-llm keys set groq')
  lines.push('', '# Use a model on this machine (Ollama).', `${!first && hasOllama ? '' : '#'}local: true`)
  return lines.join('\n')
}

function describeLoop({ isRepository }: Facts): string {
  return `loop:
  # Limits: number of requests, time, cost in US dollars.
  #iterations: 100
  #timeout: 1h
  #max-cost: 2.50

  # Time limit for one run of the check.
  #check-timeout: 5m

  # Task for the model, if it is more than to fix what fails.
  #instructions: Fix what fails, and keep the public functions as they are

${isRepository ? WITH_GIT : WITHOUT_GIT}`
}

const WITH_GIT = `  # Uncommitted changes: refuse, commit (first, on the run's branch) or carry (leave them as they are).
  #dirty: carry`

const WITHOUT_GIT = `  # This folder is not a repository. In a repository (git init), each reply is a commit on a branch of the run.
  no-git: true`

function setting(key: string, value: unknown): string {
  return `${key}: ${flow(value)}`
}

/** A value on one line. */
function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim()
}
