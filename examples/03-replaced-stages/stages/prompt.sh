#!/bin/sh
# A prompt stage: everything as it is, and what to do. A stream that ends inside a block is no prompt: 2.
lr-blocks keep '*' || exit
echo
echo 'Take the blanks off the ends of the lines.' | lr-blocks wrap instructions
