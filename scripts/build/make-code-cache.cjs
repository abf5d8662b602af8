'use strict'
// make-code-cache.cjs FOLDER KIND PROGRAM ARG…: runs a program's bundle with these arguments, then writes the code cache of all
// that the run has compiled into FOLDER: `KIND` stands in the name of the program's own. Shared files that have one keep it.
const { existsSync, writeFileSync } = require('node:fs')
const { basename, join, resolve } = require('node:path')
const { cacheName, loadBundle } = require('../../bin/start-bundle.cjs')

const [node, , folder, kind, name, ...args] = process.argv
const root = resolve(__dirname, '../..')
const program = join(root, 'dist', `${name}.cjs`)
const scripts = new Map()
// V8 stores a hash of its flags in a cache, and a later start rejects a cache whose hash differs. Once a flag is set,
// the hash stays different, even when the flag is set back.
require('node:v8').setFlagsFromString = () => {}
const exit = process.exit
process.exit = (status) => {
  for (const [file, script] of scripts) {
    const path = join(folder, cacheName(basename(file, '.cjs'), file === program ? kind : ''))
    if (file === program || !existsSync(path)) writeFileSync(path, script.createCachedData())
  }
  exit(status)
}
process.argv = [node, join(root, 'bin', name), ...args]
loadBundle(program, (file) => ({ keep: (script) => scripts.set(file, script) }))
