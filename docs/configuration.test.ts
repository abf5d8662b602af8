import { readFileSync } from 'node:fs'
import { type Schema, Validator } from '@cfworker/json-schema'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { isForFiles, keysOfOption, type Option, sectionOf, visibleText } from '@loop-runner/cli-kit'
import { run, tempFolder, TRIES_ALL } from '@loop-runner/test-kit'
import { allPrograms } from '../scripts/programs.ts'
import { readCatalogue } from '../scripts/build/read-catalogue.ts'

const catalogue = await readCatalogue()

/** Commands of programs, as far as `--help` lists them; the options of each are another part of the program's. */
async function commandsOf(program: string): Promise<string[][]> {
  const { stdout } = await run(program, ['--help'])
  const [, list = ''] = stdout.split(/^Commands .*$/m)
  const names = [...list.matchAll(/^ {2}([a-z-]+) {2,}\S/gm)].map(([, name = '']) => [name])
  return stdout.includes(`Usage: ${program} COMMAND`) ? names : [[], ...names]
}

const { stdout: schema } = await run('lr-loop', ['config', '--schema'])
const validator = new Validator(JSON.parse(schema) as Schema, '2020-12', false)

const commands = (
  await Promise.all(
    allPrograms.map(async (program) => (await commandsOf(program)).map((words) => ({ program, words }))),
  )
).flat()

/** The options with what `--show-config` says of each: the value as JSON, without where it came from. */
async function show(program: string, args: readonly string[], cwd: string): Promise<[string, string][]> {
  const { status, stdout, stderr } = await run(program, args, { cwd })
  expect(status, stderr).toBe(0)
  const lines = stdout.split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const [, name = '', value = ''] = /^([\w-]+):(.*?) +# (?:command line|default|not set|\/.*:\d+)$/s.exec(line) ?? []
    return [name, value.trim()]
  })
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((value) => !value.includes('\0'))
const natural = fc.nat({ max: 1_000_000 })

/** A value as a file says it, and the words by which a command line says the same. */
type Said = fc.Arbitrary<{ readonly written: unknown; readonly words: readonly string[] }>

function say(name: string, option: Option): Said {
  if (option.type === 'flag') return fc.boolean().map((written) => ({ written, words: written ? [`--${name}`] : [] }))
  return valuesOf(option).map((written) => ({
    written,
    words: [written].flat().map((value) => `--${name}=${String(value)}`),
  }))
}

function valuesOf(option: Option): fc.Arbitrary<unknown> {
  const { min = -5, max = 1_000_000 } = option as { readonly min?: number; readonly max?: number }
  const values = {
    text,
    choice: fc.constantFrom(...('choices' in option ? option.choices : [''])),
    // A header whose name says that it holds a secret has no place in a file.
    list: fc.array(option.secret ? text.map((value) => `X-Title: ${value}`) : text, { minLength: 1, maxLength: 3 }),
    duration: fc.oneof(
      natural,
      fc.tuple(natural, fc.constantFrom('ms', 's', 'm', 'h')).map((parts) => parts.join('')),
    ),
    integer: fc.integer({ min, max }),
    // A negative zero is not written.
    number: fc.double({ min, max, noNaN: true }).map((value) => value + 0),
  }
  if (option.type === 'flag' || option.type === 'command') throw new Error(`${option.type}: takes no value by "="`)
  return values[option.type]
}

/** Options of a subcommand that share their name with another option of the program. */
const OWN_OPTIONS: Readonly<Record<string, readonly string[]>> = { 'lr-loop show': ['prompt', 'reply', 'check'] }

test.each(commands)(
  '$program $words: every option says the same in lr.yaml and on the command line',
  async ({ program, words }) => {
    const table = catalogue[program]?.options ?? {}
    using folder = tempFolder({ 'none.yaml': '' })
    const names = (await show(program, [...words, '--show-config', '--config=none.yaml'], folder.path)).map(
      ([name]) => name,
    )
    const options = names.flatMap((name) => {
      const option = OWN_OPTIONS[[program, ...words].join(' ')]?.includes(name) ? undefined : table[name]
      return option && isForFiles(option) && !option.fileOnly ? [{ name, option }] : []
    })
    expect(options.length).toBeGreaterThan(1)
    const values = fc.record(Object.fromEntries(options.map(({ name, option }) => [name, say(name, option)])))
    await fc.assert(
      fc.asyncProperty(values, async (said) => {
        const section: Record<string, unknown> = {}
        for (const { name, option } of options) {
          const [group, member] = keysOfOption(name, option)
          if (member === undefined) section[name] = said[name]?.written
          else section[group ?? ''] = { ...(section[group ?? ''] as object), [member]: said[name]?.written }
        }
        const file = { [sectionOf(program)]: section }
        expect(validator.validate(file).errors).toEqual([])
        using place = tempFolder({ 'none.yaml': '', 'lr.yaml': stringify(file) })
        const typed = Object.values(said).flatMap((one) => one.words)
        const byFile = await show(program, [...words, '--show-config', '--config=lr.yaml'], place.path)
        const byCommandLine = await show(
          program,
          [...words, ...typed, '--show-config', '--config=none.yaml'],
          place.path,
        )
        const values = (shown: [string, string][]) => shown.filter(([name]) => name in said)
        expect(values(byFile)).toEqual(values(byCommandLine))
      }),
      { numRuns: TRIES_ALL ? 3 : 1 },
    )
  },
)

test('sources and check-command say the same in lr.yaml and on the command line', async () => {
  const word = text.filter((value) => !value.startsWith('-') && value !== '')
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1 }), fc.array(text, { minLength: 1 }), async (sources, command) => {
      using place = tempFolder({ 'none.yaml': '', 'lr.yaml': stringify({ sources, 'check-command': command }) })
      const byFile = await show('lr-loop', ['--show-config'], place.path)
      const args = ['--show-config', '--config=none.yaml', './first', ...sources, '--', ...command]
      const byCommandLine = await show('lr-loop', args, place.path)
      expect(byFile[0]).toEqual(['sources', visibleText(JSON.stringify(sources))])
      expect(byCommandLine[0]).toEqual(['sources', visibleText(JSON.stringify(['./first', ...sources]))])
      expect(byFile[1]).toEqual(byCommandLine[1])
    }),
    { numRuns: 10 },
  )
})

/** Options whose placeholder names a file, a folder, an address or a command, and that need no trust in the lr.yaml. */
const HARMLESS: Readonly<Record<string, string>> = {
  'lr-git fixes': 'names a .md or .txt file of the tree',
  'lr-llm prices': 'is only read, for numbers',
  'lr-llm replay': 'is only read, and printed to the user',
  'lr-loop fixes': 'names a .md or .txt file of the tree',
}

test('every option with a file, a folder, an address or a command needs trust, or is listed as harmless', () => {
  const names = Object.entries(catalogue).flatMap(([program, { options }]) =>
    Object.entries(options).flatMap(([name, option]) =>
      isForFiles(option) &&
      /FILE|DIR|URL|HOST|COMMAND|CMD|PATH|^NAME[:=]|^KEY=/.test(option.placeholder ?? '') &&
      !option.needsTrust
        ? [`${program} ${name}`]
        : [],
    ),
  )
  expect(names.sort()).toEqual(Object.keys(HARMLESS).sort())
})

test('an option that can run a command, or a model that can be one, needs trust', () => {
  const models = Object.entries(catalogue).flatMap(([program, { options }]) =>
    Object.entries(options).flatMap(([name, option]) =>
      isForFiles(option) && /MODEL/.test(option.placeholder ?? '') && name !== 'price'
        ? [`${program} ${name} ${String(option.needsTrust)}`]
        : [],
    ),
  )
  expect(models.sort()).toEqual(
    ['lr-llm fallback', 'lr-llm model', 'lr-loop model', 'lr-loop models'].map(
      (name) => `${name} exec:,exec-server:,gguf:,.,/`,
    ),
  )
})

const page = readFileSync(new URL('configuration.md', import.meta.url), 'utf8')

test('configuration.md names every key at the top that is no option', () => {
  const named = [...(page.split('\n## Security')[0] ?? '').matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \|/gm)].flatMap(
    ([, keys = '']) => keys.split(', '),
  )
  const groups = Object.values(catalogue).flatMap(({ options, ownKeys }) => [
    ...ownKeys,
    ...Object.entries(options).flatMap(([name, { group, fileOnly }]) => group ?? (fileOnly ? name : [])),
  ])
  const known = [...allPrograms.map(sectionOf), ...groups, 'profiles'].map((key) => `\`${key}\``)
  expect(named.sort()).toEqual([...new Set(known)].sort())
})

test.each(
  [...page.matchAll(/^```yaml file=(?!wrong)(\S+)\n([^]*?)^```$/gm)].map(([, name = '', yaml = '']) => ({
    name,
    yaml,
  })),
)('the $name of configuration.md is right, in all its profiles', async ({ yaml }) => {
  using folder = tempFolder({ 'lr.yaml': yaml })
  expect(await run('lr-loop', ['config'], { cwd: folder.path })).toMatchObject({ status: 0, stderr: '' })
})

test.each([
  ['modle: x', '#/modle'],
  ['stop: x', '#/stop'],
  ['api-key: x', '#/api-key'],
  ['loop: { itertions: 1 }', '#/loop/itertions'],
  ['loop: { iterations: 0 }', '#/loop/iterations'],
  ['loop: { iterations: many }', '#/loop/iterations'],
  ['llm: { timeout: soon }', '#/llm/timeout'],
  ['stages: { lint: x }', '#/stages/lint'],
  ['dirty: perhaps', '#/dirty'],
  ['check-command: { a: b }', '#/check-command'],
  ['layers: 3', '#/layers'],
  ['profiles: { fast: { loop: { itertions: 1 } } }', '#/profiles/fast/loop/itertions'],
  ['profiles: { fast: { profiles: {} } }', '#/profiles/fast/profiles'],
])('the schema refuses what the programs refuse: %s', async (yaml, place) => {
  expect(validator.validate(parse(yaml)).errors.map(({ instanceLocation }) => instanceLocation)).toContain(place)
  using folder = tempFolder({ 'lr.yaml': yaml })
  expect(await run('lr-loop', ['config'], { cwd: folder.path })).toMatchObject({ status: 2, stdout: '' })
})

test('the schema takes keys for scripts of the user, in profiles, too', () => {
  expect(validator.validate({ 'x-mine': { a: 1 }, profiles: { fast: { 'x-mine': [1] } } }).errors).toEqual([])
})
