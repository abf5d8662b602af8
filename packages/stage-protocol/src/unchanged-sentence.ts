/** Begins the line by which instructions name files that stay as they are. Naming them there is no wish to see them. */
export const UNCHANGED_SENTENCE = 'No reply may change '
