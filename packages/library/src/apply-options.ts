/** The options of `lr-apply` for programs. Written by a test from the option table: do not edit. */
export interface ApplyOptions {
  /** `--reply`: how the model was told to reply; text: the whole reply is the new version of the one PATH; exact: blocks that a program wrote, taken byte for byte (default: auto). */
  readonly reply?: 'whole' | 'edit' | 'auto' | 'text' | 'none' | 'exact' | undefined
  /** `--new`: allow new files anywhere, also where only files are named, and names like those of others. */
  readonly new?: boolean | undefined
  /** `--any-file`: allow changes to files that no PATH names. */
  readonly anyFile?: boolean | undefined
  /** `--allow`: allow what is protected by default. */
  readonly allow?: readonly string[] | undefined
  /** `--protect`: protect more files. */
  readonly protect?: readonly string[] | undefined
  /** `--partial`: write the good versions of a reply that has bad ones. */
  readonly partial?: boolean | undefined
  /** `--strict`: refuse instead of repairing. */
  readonly strict?: boolean | undefined
  /** `--allow-shrink`: take a version that is far shorter than the present one. */
  readonly allowShrink?: boolean | undefined
  /** `--allow-secrets`: take versions that hold what looks like a key. */
  readonly allowSecrets?: boolean | undefined
  /** `--delete`: let a reply delete and rename files: by a block "deleted" with their paths, or by a patch. */
  readonly delete?: boolean | undefined
  /** `--max-files`: refuse a reply that changes more files (default: 64). */
  readonly maxFiles?: number | undefined
  /** `--max-size`: refuse a file that is larger (default: 2000000). */
  readonly maxSize?: number | undefined
  /** `--dry-run`: write nothing, and print what would change in a block "diff". */
  readonly dryRun?: boolean | undefined
  /** `--undo`: take back the last reply that was applied here, or the last N (--undo N); reads no standard input. */
  readonly undo?: boolean | undefined
  /** `--config`: read FILE instead of the lr.yaml found upwards. */
  readonly config?: string | undefined
  /** `--profile`: apply profile NAME from lr.yaml. */
  readonly profile?: string | undefined
  /** `--verbose`: print more on standard error. */
  readonly verbose?: boolean | undefined
  /** `--quiet`: only errors on standard error. */
  readonly quiet?: boolean | undefined
}
