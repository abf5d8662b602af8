import type { Row } from './deviation-row.ts'
import { block } from './plan-in.ts'

const edit = (search: string) => block('a.ts', `<<<<<<< SEARCH\n${search}=======\nnew\n>>>>>>> REPLACE\n`)

/** Slips in SEARCH/REPLACE sections. */
export const EDITS: Row[] = [
  { code: 'edit-broken', reply: block('a.ts', '<<<<<<< SEARCH\nold\n>>>>>>> REPLACE\n'), refuses: 'a.ts' },
  { code: 'edit-not-found', reply: edit('other\n'), refuses: 'a.ts' },
  { code: 'edit-not-found', reply: edit('\n\n'), refuses: 'a.ts' },
  { code: 'edit-ambiguous', reply: edit('x\n'), files: { 'a.ts': 'x\ny\nx\n' }, refuses: 'a.ts' },
  { code: 'edit-blanks', reply: edit('old  \n'), writes: { 'a.ts': 'new\n' } },
]

/** Files that are not as others are. */
export const FILES: Row[] = [
  { code: 'bad-name', reply: block('new./x.ts', 'x\n'), refuses: 'new./x.ts' },
  { code: 'hard-link', reply: block('linked.ts', 'new\n'), writes: { 'linked.ts': 'new\n' } },
  { code: 'read-only', reply: block('fixed.ts', 'new\n'), refuses: 'fixed.ts' },
  { code: 'binary', reply: `<<<< latin.ts <<<<\nnew\n${block('a.ts', 'new\n')}`, refuses: 'latin.ts' },
  { code: 'binary', reply: block('latin.ts', 'new\n'), refuses: 'latin.ts' },
]
