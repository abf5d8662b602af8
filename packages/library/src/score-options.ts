/** The options of `lr-score` for programs. Written by a test from the option table: do not edit. */
export interface ScoreOptions {
  /** `--min-words`: length: at least N words, as wc -w counts them. */
  readonly minWords?: number | undefined
  /** `--max-words`: length: at most N words. */
  readonly maxWords?: number | undefined
  /** `--min-characters`: length: at least N characters, without surrounding white space. */
  readonly minCharacters?: number | undefined
  /** `--max-characters`: length: at most N characters. */
  readonly maxCharacters?: number | undefined
  /** `--require`: regex: a JavaScript regular expression that must match; ^ and $ are ends of lines. */
  readonly require?: readonly string[] | undefined
  /** `--forbid`: regex: a regular expression that must not match. */
  readonly forbid?: readonly string[] | undefined
  /** `--ignore-case`: regex: ignore case. */
  readonly ignoreCase?: boolean | undefined
  /** `--mention`: mentions: all words of PHRASE that have four letters or more occur, with any endings and in any order. */
  readonly mention?: readonly string[] | undefined
  /** `--valid-json`: json: the text is JSON. */
  readonly validJson?: boolean | undefined
  /** `--field`: json: an object with the field NAME (string, number, integer, boolean, array, object, null). */
  readonly field?: readonly string[] | undefined
  /** `--schema`: json: the text is valid against the JSON Schema in FILE. */
  readonly schema?: string | undefined
  /** `--like`: like: share of word pairs that the text has in common with FILE. */
  readonly like?: string | undefined
  /** `--command`: command: a shell command that reads the text and prints "score: 0.5", or passes with exit code 0. */
  readonly command?: readonly string[] | undefined
  /** `--timeout`: command: time limit for each command (default: 60). */
  readonly timeout?: string | number | undefined
  /** `--weight`: weight of an evaluator (length, regex, json, mentions, like, command); default: 1. */
  readonly weight?: readonly string[] | undefined
  /** `--optional`: deficiencies of this evaluator lower the score, but do not fail the text. */
  readonly optional?: readonly string[] | undefined
  /** `--combine`: how to combine the scores of the evaluators: weighted mean, minimum or product (default: mean). */
  readonly combine?: 'mean' | 'min' | 'product' | undefined
  /** `--threshold`: minimum score for a pass (default: 0.8). */
  readonly threshold?: number | undefined
  /** `--config`: read FILE instead of the nearest lr.yaml. */
  readonly config?: string | undefined
  /** `--profile`: apply profile NAME from lr.yaml. */
  readonly profile?: string | undefined
  /** `--verbose`: print more on standard error. */
  readonly verbose?: boolean | undefined
  /** `--quiet`: only errors on standard error. */
  readonly quiet?: boolean | undefined
}
