// yargs-parser without its index, which reads the environment and calls createRequire(import.meta.url): a CommonJS bundle
// has no import.meta.url.
import { normalize, resolve } from 'node:path'
import { camelCase, decamelize, looksLikeNumber } from 'yargs-parser/build/lib/string-utils.js'
import { YargsParser } from 'yargs-parser/build/lib/yargs-parser.js'

const parser = new YargsParser({
  cwd: () => '/',
  env: () => ({}),
  format: (text, ...values) => values.reduce((all, value) => all.replace('%s', String(value)), text),
  normalize,
  resolve,
  require: () => undefined,
})

const Parser = (args, options) => parser.parse(args.slice(), options).argv
Object.assign(Parser, {
  detailed: (args, options) => parser.parse(args.slice(), options),
  camelCase,
  decamelize,
  looksLikeNumber,
})
export default Parser
