import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { write } from '../support/guarded-tree.ts'

const WORKS = hasProgram('bwrap') && (await bash('bwrap --unshare-user --dev-bind / / true')).status === 0

describe.skipIf(!WORKS)('the copy is seen in the place of the tree (bubblewrap)', () => {
  test.each(['limits', 'strict'])('at level %s', async (level) => {
    using folder = tempFolder()
    const cwd = join(folder.path, 'tree')
    write(cwd, {
      'check.sh': '. ./add.sh\n[ "$(add 1 2)" = 3 ] || exit 1\n[ "$(add 5 2)" = 7 ] || exit 1\n',
      'add.sh': 'add() { echo 0; }\n',
      '.gitignore': 'node_modules\nplaces\n',
    })
    mkdirSync(join(cwd, 'node_modules/tool'), { recursive: true })
    writeFileSync(join(cwd, 'node_modules/tool/here'), '')
    const args = ['--sandbox', level, '--guard', '../guard.json', '--canary', 'add.sh', '--', 'sh', 'check.sh']
    expect(await run('lr-check', args, { cwd })).toMatchObject({ status: 1 })
    const places = 'pwd -P >> node_modules/places; ls node_modules/tool >> node_modules/places\n'
    writeFileSync(join(cwd, 'add.sh'), `${places}add() { echo $(($1 + $2)); }\n`)
    const { status, stderr } = await run('lr-check', args, { cwd })
    expect(status, stderr).toBe(0)
    const runs = readFileSync(join(cwd, 'node_modules/places'), 'utf8').split('here\n').slice(0, -1)
    expect(runs.length).toBeGreaterThan(1)
    expect(new Set(runs)).toEqual(new Set([`${cwd}\n`]))
  })
})
