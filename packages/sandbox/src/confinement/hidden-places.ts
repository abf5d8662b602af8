import { existsSync, lstatSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cacheFolder, stateFolder, userConfigFolder } from '@loop-runner/cli-kit'
import { isInside } from './is-inside.ts'
import type { SandboxPlace } from './sandbox-place.ts'

/**
 * What no check may read or write: the run folder, the record of the guard, the state, the keys and the cached results of these
 * programs.
 *
 * @param guard the file of the record, if there is one
 */
export function hiddenPlaces(env: NodeJS.ProcessEnv, cwd: string, guard: string | undefined): string[] {
  const record = guard === undefined ? [] : [resolve(cwd, guard), resolve(cwd, `${guard}.replaced`)]
  const run = env['LR_RUN_DIR'] === undefined ? [] : [resolve(cwd, env['LR_RUN_DIR'])]
  const all = [stateFolder(env), userConfigFolder(env), cacheFolder(env), ...run, ...record]
    .filter(existsSync)
    .map((path) => realpathSync(path))
  // What is in a hidden folder is hidden already.
  return [...new Set(all)].filter((path) => !all.some((other) => other !== path && isInside(path, other)))
}

/** Arguments of bubblewrap that put something empty over places; the tree stays visible even if it is in one of them. */
export function hidingArguments(places: readonly string[], tree: string): string[] {
  const mounts = places.flatMap((path) =>
    lstatSync(path).isDirectory() ? ['--tmpfs', path] : ['--ro-bind', '/dev/null', path],
  )
  const root = realpathSync(tree)
  return places.some((path) => isInside(root, path) && root !== path) ? [...mounts, '--bind', root, root] : mounts
}

/** A program with more rights than the user cannot get them inside a user namespace. */
export function needsRights(words: readonly string[]): boolean {
  return words.some((word) => /(?:^|[\s/;&|(])(?:sudo|doas|su|pkexec|podman|buildah|mount|newgrp)(?:\s|$)/.test(word))
}

/** Only the mounts differ: no other namespace, so that a check runs as it does without. */
export function hideOnly(places: readonly string[], { cwd, copy }: Pick<SandboxPlace, 'cwd' | 'copy'>): string[] {
  const mounts = [...hidingArguments(places, cwd), ...copyArguments(cwd, copy)]
  return ['--unshare-user', '--dev-bind', '/', '/', ...mounts, '--die-with-parent', '--chdir']
}

/** Arguments that put a copy in the place of the tree, so that code cannot tell one from the other by its path. */
export function copyArguments(cwd: string, copy: SandboxPlace['copy']): string[] {
  if (copy === undefined) return []
  const installed = copy.installed.map((path) => join(cwd, path))
  return ['--bind', copy.folder, cwd, ...installed.flatMap((path) => ['--bind', path, path])]
}
