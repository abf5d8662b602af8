import { readSource } from '@loop-runner/source-files'
import { isBlock } from '@loop-runner/block-format'
import { typeOfFile } from '../file-types.ts'

/** What a built-in checker finds in files: `path:line:col: error: message`, one a line; empty where all is right. */
export async function runBuiltIn(argv: readonly string[], files: readonly string[], cwd: string): Promise<string> {
  const check =
    argv[2] === 'yaml' ? (await import('./check-yaml.ts')).checkYaml : (await import('./check-json.ts')).checkJson
  let findings = ''
  for (const file of files) {
    const part = readSource(file, cwd)
    if (!isBlock(part)) findings += `${file}:1:1: error: not UTF-8 text\n`
    else
      for (const { line, column, message } of check(part.content, typeOfFile(file, cwd) ?? ''))
        findings += `${file}:${line}:${column}: error: ${message}\n`
  }
  return findings
}
