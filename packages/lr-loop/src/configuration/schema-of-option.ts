import type { Option } from '@loop-runner/cli-kit'

export type Schema = Readonly<Record<string, unknown>>

/** The JSON Schema for the values of an option in a configuration file. */
export function schemaOfOption(option: Option): Schema {
  const value = 'default' in option ? option.default : undefined
  return { description: option.describe, ...typeOf(option), ...(value === undefined ? {} : { default: value }) }
}

/** A plain word, as YAML reads it. */
const TEXT: Schema = { type: ['string', 'number', 'boolean'] }

function typeOf(option: Option): Schema {
  switch (option.type) {
    case 'flag':
      return { type: 'boolean' }
    case 'choice':
      return { enum: option.choices }
    case 'list':
    case 'command':
      return { anyOf: [TEXT, { type: 'array', items: TEXT }] }
    case 'number':
      return { type: 'number', ...rangeOf(option) }
    case 'integer':
      return { type: ['integer', 'string'], pattern: String.raw`^\d+(\.\d+)?[kKmM]?$`, ...rangeOf(option) }
    case 'duration':
      return { type: ['string', 'number'], pattern: String.raw`^\d+(\.\d+)?(ms|s|m|h|d)?$`, minimum: 0 }
    case 'text':
      return TEXT
  }
}

function rangeOf({ min, max }: { readonly min?: number; readonly max?: number }): Schema {
  return { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) }
}
