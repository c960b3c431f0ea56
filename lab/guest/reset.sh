#!/bin/sh
# reset CLI_HOME SERVE_HOME SDK_HOME: when removing the boxes of a lane the regular way did not do it. Kills what there is of
# BoxLite in it, the server too (init starts it again), and empties the homes. What was cached in them is lost, so the
# next box takes longer. Other lanes notice nothing: what is killed or removed names one of the homes.
homes="($1|$2|$3)"
hold=/run/boxcheck/hold-${2##*/}
touch "$hold"
for file in /run/boxcheck/launch/*.pid; do
  [ -e "$file" ] || continue
  pid=$(cat "$file")
  tr '\0' ' ' <"/proc/$pid/cmdline" | grep -Eq " $homes " && kill -KILL -- "-$pid" 2>/dev/null
done
# Every round again: a server on its way out may still start something.
ours="^/opt/boxcheck/bin/boxlite .*$homes( |\$)|$homes/boxes/[0-9A-Za-z]+/"
round=0
while pkill -KILL -f "$ours" && [ "$round" -lt 100 ]; do
  round=$((round + 1))
  sleep 0.1
done
sed -nE "s!^[^ ]* ($homes/[^ ]*) .*!\\1!p" /proc/mounts | sort -r | while read -r at; do umount -l "$at"; done
for home in "$@"; do
  find "$home" -mindepth 1 -delete
done
for link in /tmp/bl-*/*; do
  readlink "$link" | grep -Eq "^$homes/" && rm -f "$link"
done
rm "$hold"
