#!/bin/bash
# backup.sh FROM TO: copies the text files of a folder to a new folder named for the day.

from=$1
to=$2/`date +%F`

mkdir -p $to
cd $from
for file in $(ls *.txt); do
  cp $file $to
done
echo "$(cat $to/*.txt | wc -l) lines are safe"
