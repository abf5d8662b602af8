// What yargs needs from its platform, in the place of yargs/lib/platform-shims/esm.mjs (docs/decisions/). Left out is
// what a start pays for and no program uses: the search for package.json, locale files, process.stdout, the layout of
// yargs' own help and the table of wide characters.
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import Parser from 'yargs-parser'

const assertEqual = (wanted) => (left, right, message) => {
  if ((left === right) !== wanted) throw new Error(message)
}
let locale = 'en'
const format = (text, ...values) => {
  let at = 0
  return text.replaceAll(/%[sd]/g, () => String(values[at++]))
}

export default {
  assert: { strictEqual: assertEqual(true), notStrictEqual: assertEqual(false) },
  cliui: () => {
    throw new Error('cli-kit writes the help')
  },
  findUp: () => undefined,
  getCallerFile: () => '',
  getEnv: (key) => process.env[key],
  getProcessArgvBin: () => process.argv[1] ?? '',
  inspect: String,
  mainFilename: '/',
  Parser,
  path: { basename, dirname, extname, join, relative, resolve },
  process: {
    argv: () => process.argv,
    cwd: () => '/',
    emitWarning: () => {},
    execPath: () => process.execPath,
    exit: (code) => process.exit(code),
    nextTick: process.nextTick,
    stdColumns: null,
  },
  readFileSync: () => '',
  readdirSync: () => [],
  require: () => undefined,
  stringWidth: (text) => text.length,
  y18n: {
    __: format,
    __n: (one, many, count, ...values) =>
      format(count === 1 ? one : many, ...(one.includes('%d') ? [count] : []), ...values),
    getLocale: () => locale,
    setLocale: (next) => (locale = next),
    updateLocale: () => {},
  },
}
