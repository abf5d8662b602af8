import type { Refusal } from './judge-path.ts'

/** New files do not belong into folders of installed packages: what is there is run without a look. */
export function judgeInstalled(path: string, isAllowed: (path: string) => boolean): Refusal | undefined {
  if (!INSTALLED.test(path) || isAllowed(path)) return undefined
  return { code: 'protected', message: 'protected: a folder of installed packages (no new file is made there)' }
}

const INSTALLED =
  /(?:^|\/)(?:\.?venv|\.?virtualenv|node_modules|site-packages|__pypackages__|bower_components|\.tox|\.nox)\//i
