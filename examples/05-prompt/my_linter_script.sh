#!/bin/sh
echo 'bunches of useful info'
exit 1
