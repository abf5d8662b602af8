/** The options of `lr-apply` for programs. Written by a test from the option table: do not edit. */
export interface ApplyOptions {
  /** `--reply`: form that the prompt asked for; text: the whole reply is the new version of the only PATH; exact: blocks written by a program, read byte for byte (default: auto). */
  readonly reply?: 'whole' | 'edit' | 'auto' | 'text' | 'none' | 'exact' | undefined
  /** `--new`: allow new files anywhere, even if every PATH is a file or the name resembles that of another file. */
  readonly new?: boolean | undefined
  /** `--any-file`: allow changes to files outside PATH. */
  readonly anyFile?: boolean | undefined
  /** `--allow`: allow changes to protected files that match PATTERN. */
  readonly allow?: readonly string[] | undefined
  /** `--protect`: also protect files that match PATTERN. */
  readonly protect?: readonly string[] | undefined
  /** `--partial`: write the valid versions even if others are rejected. */
  readonly partial?: boolean | undefined
  /** `--strict`: reject a reply that needs a repair. */
  readonly strict?: boolean | undefined
  /** `--allow-shrink`: accept a version much shorter than the current file. */
  readonly allowShrink?: boolean | undefined
  /** `--allow-secrets`: accept versions that seem to contain a key. */
  readonly allowSecrets?: boolean | undefined
  /** `--delete`: let a reply delete and rename files, by a block "deleted" with their paths or by a patch. */
  readonly delete?: boolean | undefined
  /** `--max-files`: reject a reply that changes more than N files (default: 64). */
  readonly maxFiles?: number | undefined
  /** `--max-size`: reject a file larger than BYTES (default: 2000000). */
  readonly maxSize?: number | undefined
  /** `--dry-run`: write nothing; print the changes in a block "diff". */
  readonly dryRun?: boolean | undefined
  /** `--undo`: undo the last reply applied here, or the last N (--undo N); standard input is not read. */
  readonly undo?: boolean | undefined
  /** `--config`: read FILE instead of the nearest lr.yaml. */
  readonly config?: string | undefined
  /** `--profile`: apply profile NAME from lr.yaml. */
  readonly profile?: string | undefined
  /** `--verbose`: print more on standard error. */
  readonly verbose?: boolean | undefined
  /** `--quiet`: only errors on standard error. */
  readonly quiet?: boolean | undefined
}
