import { EDGES } from './edges.ts'
import { checkedStream, withContents } from './sample-stream.ts'
import type { Material, StageCase } from './stage-case.ts'

/** An llm stage gets a prompt, which is any text, and prints a reply; 1 means that nothing came of it. */
export function llmCases({ files, subject }: Material): StageCase[] {
  const prompt = (contents: Readonly<Record<string, string>> = {}) =>
    checkedStream(withContents(files, contents), [{ name: 'instructions', content: 'Fix what is wrong.\n' }])
  const edges = EDGES.map(({ what, content }): StageCase => ({
    what: `a prompt that shows a file with ${what}`,
    files: { [subject]: content },
    input: prompt({ [subject]: content }),
    statuses: [0, 1],
  }))
  return [
    {
      what: 'a prompt',
      input: prompt(),
      statuses: [0, 1],
      judge: ({ status, parts }) =>
        status === 0 && parts.length === 0 ? ['exit code 0 without a reply (1 says that nothing came of it)'] : [],
    },
    ...edges,
    { what: 'an empty prompt', input: '', statuses: [0, 1] },
    { what: 'its output is not read', input: prompt(), isUnread: true, statuses: [0, 1] },
  ]
}
