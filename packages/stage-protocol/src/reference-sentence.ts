/**
 * The first line of a prompt that begins with read-only files. They are the same in each prompt of a run, so a provider may
 * be asked to cache them.
 */
export const REFERENCE_SENTENCE = 'Here are some files for reference only; send no new versions of them'
