'use strict'
// Loaded before the program (`node --require`): makes one of its calls of the file system fail, or kills it there.
// LR_FAULT is a fault and the number of the call: `EIO 12`; calls count from the first folder that is opened.
// With `count` as the fault, the number of calls is written to the file LR_FAULT_COUNT at the end.
const fs = require('node:fs')

const [fault, at] = [process.env.LR_FAULT.replace(/ \d+$/, ''), Number(/\d+$/.exec(process.env.LR_FAULT)?.[0])]
const NAMES = [
  'openSync',
  'closeSync',
  'readSync',
  'writeSync',
  'fsyncSync',
  'fchmodSync',
  'fstatSync',
  'lstatSync',
  'mkdirSync',
  'rmdirSync',
  'unlinkSync',
  'renameSync',
  'linkSync',
  'readdirSync',
]
let calls = 0
let hasBegun = false

for (const name of NAMES) {
  const original = fs[name]
  fs[name] = (...args) => {
    hasBegun ||= name === 'openSync' && (args[1] & fs.constants.O_DIRECTORY) !== 0
    if (!hasBegun || ++calls !== at) return original(...args)
    if (fault === 'kill') process.kill(process.pid, 'SIGKILL')
    if (fault === 'short write') {
      if (name === 'writeSync') args[3] = Math.ceil(args[3] / 2)
      return original(...args)
    }
    throw Object.assign(new Error(`${fault}: injected`), { code: fault })
  }
}

if (fault === 'count') process.on('exit', () => fs.writeFileSync(process.env.LR_FAULT_COUNT, String(calls)))
