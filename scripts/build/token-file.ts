/** The file of tokens beside the bundles, of which a release holds the Brotli form, `….br`. */
export const TOKEN_FILE = 'o200k.tokens'

/** Between two tokens. None holds these two bytes in this order. */
export const BETWEEN = '\xFF\xFE'
