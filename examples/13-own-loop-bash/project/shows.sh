#!/bin/sh
# Fails unless page.html still says all that it has to say.
for text in '<title>Opening hours</title>' Monday closed Tuesday '11:30 to 14:00'; do
  grep -qF "$text" page.html || { echo "page.html: \"$text\" is missing"; exit 1; }
done
