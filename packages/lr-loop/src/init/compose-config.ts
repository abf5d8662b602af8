import { stringify } from 'yaml'
import type { Facts } from './find-facts.ts'

/** The text of an lr.yaml by facts. A line that begins with `#`, without a blank behind it, is a setting left out. */
export function composeConfig(facts: Facts): string {
  const parts = [
    HEAD,
    `# The files and folders that a model may change; tests and their configuration only if they are named themselves.
${setting('sources', facts.sources)}`,
    describeCheck(facts),
    describeModel(facts),
    describeLoop(facts),
    TAIL,
  ]
  return parts.map((part) => `${part}\n`).join('\n')
}

const HEAD = `# What lr-loop does in this folder. The command line and LR_… variables say otherwise; "lr-loop config" judges this file and
# shows what holds. Where no blank follows a #, it keeps a setting out. All keys: docs/configuration.md.`

const TAIL = `# What stands in a profile is laid over the rest: lr-loop --profile fast
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
    '# The command that judges them, run without a shell (with one: [sh, -c, "a && b"]). Exit status 0 is a pass.',
    ...(best ? [`${checkCommand(best.words)} # ${best.because}`] : []),
    ...(tests.length + missing.length === 0 ? ['#check-command: npm test'] : []),
    ...others.map(({ words, because }) => `#${checkCommand(words)} # ${because}`),
    ...missing.map(({ words, because }) => `#${checkCommand(words)} # ${because}; not here: ${words[0] ?? ''}`),
    '',
  ]
  if (best) {
    lines.push(`# Checkers that run beside it; those that fit and are here are these.
#linters: ${flow(checkers.length > 0 ? checkers : ['json'])}`)
  } else if (checkers.length > 0) {
    lines.push(`# Without a command, lr-check takes the checkers that fit and are here.
#linters: ${flow(checkers)}`)
  } else {
    lines.push(`# Nothing was found here that could judge them: write a command above, or see lr-check --doctor.`)
  }
  lines.push(
    '# Or several checks by name, in layers, of which each waits for the one before. Then there is no check-command.',
  )
  lines.push(`#checks:
  #tests: ${flow(best ? best.words.join(' ') : 'npm test')}
#layers: [${[...checkers.slice(0, 1), 'tests'].join(', ')}]`)
  return lines.join('\n')
}

function checkCommand(words: readonly string[]): string {
  return setting('check-command', words.join(' '))
}

function describeModel({ keys, hasOllama }: Facts): string {
  const lines = ['# The model: PROVIDER, or PROVIDER/MODEL. Keys stay out of this file.']
  const [first, ...others] = keys
  if (first) lines.push(`model: ${first.provider} # its key: ${first.place}`)
  for (const { provider, place } of others) lines.push(`#model: ${provider} # its key: ${place}`)
  if (!first) lines.push('#model: groq # after export GROQ_API_KEY=…, or lr-llm keys set groq')
  lines.push('', '# A model on this machine, by Ollama.', `${!first && hasOllama ? '' : '#'}local: true`)
  return lines.join('\n')
}

function describeLoop({ isRepository }: Facts): string {
  return `loop:
  # How often the model is asked at most, how long, and for how much.
  #iterations: 100
  #timeout: 1h
  #max-cost: 2.50

  # How long one run of the check may take.
  #check-timeout: 5m

  # What the model is asked to do, where it is not just to fix what fails.
  #instructions: Fix what fails, and keep the public functions as they are

${isRepository ? WITH_GIT : WITHOUT_GIT}`
}

const WITH_GIT = `  # What to do with changes that are not committed: refuse, commit (first, on the run's branch) or carry (leave them).
  #dirty: carry`

const WITHOUT_GIT = `  # There is no repository here. In one (git init), every reply is a commit on a branch of the run.
  no-git: true`

function setting(key: string, value: unknown): string {
  return `${key}: ${flow(value)}`
}

/** A value on one line. */
function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim()
}
