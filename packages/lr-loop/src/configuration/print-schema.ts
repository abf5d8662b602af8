import {
  type Catalogue,
  isOptionName,
  CommandError,
  ExitStatus,
  type Io,
  isForFiles,
  type OptionTable,
  sectionOf,
} from '@loop-runner/cli-kit'
import { askProgram } from '../ask-program.ts'
import { schemaOfOption, type Schema } from './schema-of-option.ts'

/** Prints the JSON Schema (2020-12) of lr.yaml, from the option tables of all programs. */
export async function printSchema(catalogue: Catalogue, io: Io): Promise<number> {
  const withKeys = Object.keys(catalogue).filter((program) => catalogue[program]?.ownKeys.length)
  // Keys of a program that prints no schema may hold anything here; the program validates them itself.
  const programs = withKeys.filter((program) => catalogue[program]?.options['schema']?.type === 'flag')
  const others = withKeys.filter((program) => !programs.includes(program))
  const free = others.flatMap((program) => catalogue[program]?.ownKeys ?? []).map((key) => [key, {}] as const)
  const own = await Promise.all(programs.map((program) => askForSchemas(program, io)))
  const schema = schemaOfFile(catalogue, Object.assign(Object.fromEntries(free), ...own) as Schemas)
  await io.stdout.write(`${JSON.stringify(schema, undefined, 2)}\n`)
  return ExitStatus.Yes
}

type Schemas = Readonly<Record<string, Schema>>

function schemaOfFile(catalogue: Catalogue, ownKeys: Schemas): Schema {
  const sections = Object.entries(catalogue).map(([program, { options }]) => [
    sectionOf(program),
    { description: `options of ${program}`, ...mappingOf({ ...schemasIn(options), ...otherNamesIn(options) }) },
  ])
  const keys: Schemas = { ...withShared(catalogue, ownKeys), ...(Object.fromEntries(sections) as Schemas) }
  const references = Object.fromEntries(Object.keys(keys).map((key) => [key, { $ref: `#/$defs/${key}` }]))
  const profiles = {
    description: 'keys that --profile NAME lays over the rest',
    type: ['object', 'null'],
    additionalProperties: fileOf(references),
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'lr.yaml',
    ...fileOf({ ...references, profiles }),
    $defs: keys,
  }
}

/** Keys at the top: options of any program, and programs' own. */
function withShared(catalogue: Catalogue, ownKeys: Schemas): Schemas {
  const shared: Record<string, Schema[]> = {}
  const isFree = ([name]: [string, Schema]) => !isOptionName(name, catalogue)
  const ofPrograms = Object.values(catalogue).map(({ options }) => ({
    ...Object.fromEntries(Object.entries(otherNamesIn(options)).filter(isFree)),
    ...schemasIn(options),
  }))
  for (const schemas of [...ofPrograms, ownKeys]) {
    for (const [key, schema] of Object.entries(schemas)) (shared[key] ??= []).push(schema)
  }
  return Object.fromEntries(
    Object.entries(shared).flatMap(([key, schemas]) => {
      const [first = {}, ...others] = schemas
      return [[key, others.length === 0 ? first : { anyOf: schemas }]]
    }),
  )
}

/** An option by its other names. */
function otherNamesIn(options: OptionTable): Schemas {
  const named = Object.values(options).filter(isForFiles)
  return Object.fromEntries(
    named.flatMap((option) => (option.otherNames ?? []).map((name) => [name, schemaOfOption(option)])),
  )
}

/** The schema of a section: its options, and groups of them. */
function schemasIn(options: OptionTable): Schemas {
  const schemas: Record<string, Schema> = {}
  const groups: Record<string, Record<string, Schema>> = {}
  for (const [name, option] of Object.entries(options)) {
    if (!isForFiles(option)) continue
    if (option.group === undefined) schemas[name] = schemaOfOption(option)
    else (groups[option.group] ??= {})[name] = schemaOfOption(option)
  }
  for (const [group, members] of Object.entries(groups)) schemas[group] = mappingOf(members)
  return schemas
}

function mappingOf(properties: Schemas): Schema {
  return { type: ['object', 'null'], additionalProperties: false, properties }
}

/** A file or a profile: beside known keys those that are for scripts of the user. */
function fileOf(properties: Schemas): Schema {
  return { ...mappingOf(properties), patternProperties: { '^x-': {} } }
}

/** The schema that a program prints for its own keys. */
async function askForSchemas(program: string, io: Io): Promise<Schemas> {
  const { status, stdout, stderr } = await askProgram(program, ['--schema', '--config=/dev/null', '--profile='], io)
  if (status !== ExitStatus.Yes) throw new CommandError(ExitStatus.Failed, `${program} --schema: ${stderr}`)
  return (JSON.parse(stdout) as { properties: Schemas }).properties
}
