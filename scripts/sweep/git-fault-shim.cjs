'use strict'
// Loaded before lr-git (`node --require`): counts its calls of the file system under one folder, those of promises among
// them, and its children, and makes the n-th of them go wrong. LR_FAULT is JSON: {root, at, kind, log}; the log gets the
// names of the calls, and the children's pids.
const fs = require('node:fs')
const childProcess = require('node:child_process')

const { root, at, kind, log } = JSON.parse(process.env.LR_FAULT)
delete process.env.LR_FAULT
const { appendFileSync, writeSync } = fs
const note = (line) => appendFileSync(log, `${line}\n`)
const known = new Set()
let count = 0

const CALLS =
  'access appendFile copyFile fchmod fsync link lstat mkdir open readFile readdir readlink rename rm rmdir stat unlink utimes write writeFile'
for (const name of CALLS.split(' ')) {
  replace(fs, `${name}Sync`, name, throwIt)
  replace(fs.promises, name, name, async (error) => throwIt(error))
}
const spawn = childProcess.spawn
childProcess.spawn = (...args) => {
  const hit = next('spawn')
  if (hit && kind === 'kill') die()
  // The file is not there (any more).
  const child = spawn(...(hit && kind === 'ENOENT' ? ['/nowhere', ...args.slice(1)] : args))
  note(`child ${child.pid}`)
  if (hit && kind === 'kill-after') die()
  if (hit && kind === 'kill-child') child.kill('SIGKILL')
  return child
}

function replace(owner, name, call, fail) {
  const original = owner[name]
  if (typeof original !== 'function') return
  owner[name] = (...args) => {
    if (!concerns(args)) return original.apply(owner, args)
    const hit = next(call)
    if (hit && kind === 'kill') die()
    if (hit && kind === 'short' && call === 'write') return writeSync(args[0], args[1], args[2] ?? 0, 1)
    if (hit && /^E[A-Z]+$/.test(kind)) return fail(failure(call, args))
    const result = original.apply(owner, args)
    if (hit && kind === 'kill-after') return settle(result, die)
    return settle(result, (value) => remember(call, value))
  }
}

/** Descriptors and handles of files under the root count with it. */
function concerns([first, second]) {
  return known.has(first) || [first, second].some((path) => typeof path === 'string' && path.startsWith(root))
}

function remember(call, value) {
  if (call !== 'open') return value
  if (typeof value === 'number') known.add(value)
  else for (const name of ['writeFile', 'sync']) wrapHandle(value, name)
  return value
}

function wrapHandle(handle, name) {
  const original = handle[name].bind(handle)
  handle[name] = async (...args) => {
    const hit = next(name)
    if (hit && kind === 'kill') die()
    if (hit && /^E[A-Z]+$/.test(kind)) throw failure(name, [])
    await original(...args)
    if (hit && kind === 'kill-after') die()
  }
}

function throwIt(error) {
  throw error
}

function settle(result, then) {
  return result instanceof Promise ? result.then(then) : then(result)
}

function next(call) {
  count++
  note(`call ${call}`)
  return count === at
}

function failure(call, [path]) {
  return Object.assign(new Error(`${kind}: injected, ${call}`), { code: kind, syscall: call, path })
}

function die() {
  process.kill(process.pid, 'SIGKILL')
  // The signal is on its way; nothing more may happen.
  for (;;);
}
