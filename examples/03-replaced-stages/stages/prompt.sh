#!/bin/sh
# A prompt stage: everything as it is, and what to do.
cat
echo 'Take the blanks off the ends of the lines.' | lr-blocks wrap instructions
