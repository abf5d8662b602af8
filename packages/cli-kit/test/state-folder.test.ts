import { userInfo } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cacheFolder, stateFolder, userConfigFolder } from '../src/state-folder.ts'

const own = (name: string) => join(userInfo().homedir, name)

test.each([
  [{ HOME: '/h' }, '/h/.local/state/loop-runner'],
  [{ HOME: '/h', XDG_STATE_HOME: '/s' }, '/s/loop-runner'],
  [{ HOME: '/h', XDG_STATE_HOME: 'relative' }, '/h/.local/state/loop-runner'],
  [{}, own('.local/state/loop-runner')],
  [{ HOME: '' }, own('.local/state/loop-runner')],
])('with %j the state lies in %s', (env, folder) => {
  expect(stateFolder(env)).toBe(folder)
})

test('cache and configuration go by the same rules', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: 'relative', HOME: '/h' })).toBe('/h/.cache/loop-runner')
  expect(userConfigFolder({ XDG_CONFIG_HOME: 'relative', HOME: '/h' })).toBe('/h/.config/loop-runner')
  expect(cacheFolder({})).toBe(own('.cache/loop-runner'))
  expect(userConfigFolder({})).toBe(own('.config/loop-runner'))
})
