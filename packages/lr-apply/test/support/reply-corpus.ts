import { block } from './plan-in.ts'

/** The files of a small tree, by path. */
export const TREE: Readonly<Record<string, string>> = {
  'src/sum.py': 'def add(a, b):\n    return a - b\n\n\ndef mul(a, b):\n    return a * b\n',
  'src/text.py': 'def shout(text):\n    return text.upper\n',
  'README.md': '# Sums\n\n```py\nadd(1, 2)\n```\n',
  'tests/test_sum.py': 'from src.sum import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n',
  'lint.sh': '#!/bin/sh\nruff check src\n',
}

export const SUM = TREE['src/sum.py']?.replace('a - b', 'a + b') ?? ''
export const TEXT = 'def shout(text):\n    return text.upper()\n'
export const NEW = '"""New."""\n'
export const README = '# Sums\n\n```py\nadd(1, 2)\n```\n\n> quoted\n\n>>>> more than quoted\n'

/** What a good model writes. */
export const REPLY = [
  '<think>\nadd subtracts. Draft:\n',
  block('src/sum.py', 'def add(a, b): ...\n'),
  '</think>\n\nThe sum was a difference, and `upper` was never called.\n\n',
  block('src/sum.py', SUM),
  '\n',
  block('src/text.py', TEXT),
  'A package needs this file:\n\n',
  block('src/__init__.py', NEW),
  block('README.md', README),
  'Why: both are plain slips — see “Sums” in the README.\n\nNo further improvements possible\n',
  block('usage', '{"model":"m","tokens":321,"stop":"stop"}\n'),
].join('')

/** What REPLY writes. */
export const WRITES: Readonly<Record<string, string>> = {
  'src/sum.py': SUM,
  'src/text.py': TEXT,
  'src/__init__.py': NEW,
  'README.md': README,
}

/** Ways in which a reply as a whole, or its delimiters, go wrong. */
export const SLIPS: readonly ((reply: string) => string)[] = [
  (reply) => reply.replaceAll('\n', '\r\n'),
  (reply) => reply.replaceAll('\n', '\r'),
  (reply) => `\ufeff${reply}`,
  (reply) => `\`\`\`\n${reply}\`\`\`\n`,
  (reply) => reply.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  (reply) => reply.replaceAll(/^/gm, '> '),
  (reply) => reply.replaceAll(/^/gm, '  '),
  (reply) => reply.replaceAll(/^/gm, '      '),
  (reply) => `<think>${reply}`,
  (reply) => `${reply}</think>`,
  (reply) => reply.replaceAll('</think>', ''),
  (reply) => reply.replace('>>>>>>>>\n', ''),
  (reply) => reply.replaceAll('>>>>>>>>', '>>>>'),
  (reply) => reply.replaceAll('\n>>>>>>>>', '>>>>>>>>'),
  (reply) => reply.replaceAll(/^>{8}$/gm, '>>>>>>>> end'),
  (reply) => reply.replaceAll(/^(<<<< .*) <<<<$/gm, '$1'),
  (reply) => reply.replaceAll(/^<<<< (.*) <<<<$/gm, '<<<< `$1`: <<<<'),
  (reply) => reply.replaceAll(/^<<<< (.*) <<<<$/gm, '<<<< ../$1 <<<<'),
  (reply) => reply.replaceAll(/^<<<< (.*) <<<<$/gm, '<<<< /tmp/$1 <<<<'),
  (reply) => reply.replaceAll(/^<<<< (.*) <<<<$/gm, '<<<< tests/test_sum.py <<<<'),
  (reply) => reply.replaceAll(/^<<<< (.*) <<<<$/gm, '<<<< .git/$1 <<<<'),
  (reply) => reply.replaceAll(/^(<<<< .* <<<<)$/gm, '$1\n```py'),
  (reply) => reply.replaceAll(/^(<<<<|>>>>)/gm, '\u200b$1'),
  (reply) => reply + reply,
  (reply) => reply.slice(0, reply.length / 2),
  (reply) => reply.slice(reply.length / 2),
  (reply) => reply.replaceAll('    return', '    # ... rest of the code ...\n    return'),
  (reply) => JSON.stringify({ content: reply }),
  (reply) => reply.replaceAll('a + b', '<<<< src/text.py <<<<\nx\n>>>>>>>>'),
]

/** Scraps that mean something, for replies by chance. */
export const SCRAPS: readonly string[] = [
  '<<<<',
  '>>>>',
  '<<<<<<<<',
  '>>>>>>>>',
  '\n',
  '\r\n',
  '\r',
  ' ',
  '\t',
  '```',
  '```py\n',
  '<think>',
  '</think>',
  '> ',
  '<<<< src/sum.py <<<<\n',
  '\n>>>>>>>>\n',
  '<<<<<<< SEARCH\n',
  '=======\n',
  '>>>>>>> REPLACE\n',
  '../',
  '/etc/passwd',
  '.git/hooks/x',
  'tests/test_sum.py',
  'lint.sh',
  '\\ No newline at end of file\n',
  '\ufeff',
  '\u202e',
  '"',
  '\\',
  '%2e',
  'No further improvements possible\n',
  '... rest of the code\n',
  '<<<< deleted <<<<\nREADME.md\n>>>>>>>>\n',
  '&lt;&lt;&lt;&lt;',
  '(updated)',
]
