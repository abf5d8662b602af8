/** The line, alone outside blocks, with which a model declares that it is done. */
export const DONE_PHRASE = 'No further improvements possible'
