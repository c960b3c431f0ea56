# boxcheck work 1: plays one workload of a program inside a box.
#   sh -c "$WORK" work [main] NAME [VALUE...]
# Every value is an argument, so none is ever read as shell. `main` marks the own command of a box: it adds a
# line to /root/runs, so that runs are counted by what the command did. The names and what they do are those of
# domain/work.ts. No single quote stands in this text, so that it can be written between two.
if [ "$1" = main ]; then
  shift
  (echo r >>/root/runs && sync) 2>/dev/null # not everybody may
fi
name=$1
shift
every() { # makes `all`: all 256 byte values, as the escapes \000 to \377: nothing else survives an argument list
  for a in 0 1 2 3; do for b in 0 1 2 3 4 5 6 7; do for c in 0 1 2 3 4 5 6 7; do
    all="$all\\$a$b$c"
  done; done; done
}
fill() { # SIZE PATTERN: text comes in whole lines of eleven bytes
  case $2 in
  line) yes x | tr -d "\n" | head -c "$1" ;;
  text) yes "$(printf "a\303\251\346\274\242\360\237\231\202")" | head -n $(($1 < 11 ? 1 : $1 / 11)) ;;
  bytes)
    every
    while printf "$all"; do :; done 2>/dev/null | head -c "$1" ;;
  *) yes 0123456789abcde | head -c "$1" ;;
  esac
}
show() { # NAME: how this process was started
  case $1 in
  environ) # a shell hands on no names but those that it could use itself; with `||` it does not become cat
    cat "/proc/$$/environ" || exit ;;
  pwd)
    pwd -P ;;
  id)
    id -u
    id -g ;;
  machine)
    nproc
    while read -r what size unit; do [ "$what" != MemTotal: ] || echo "$size"; done </proc/meminfo
    set -- $(df -kP / | tail -n 1)
    echo "$2" ;;
  caps)
    while read -r what bits; do [ "$what" != CapEff: ] || echo "$bits"; done <"/proc/$$/status" ;;
  link) # the one to others, not that to itself
    while read -r name rest; do case $name in eth0:*) echo eth0 ;; esac; done </proc/net/dev ;;
  esac
}
case $name in
print) # OUT ERR CODE
  printf %s "$1"
  printf %s "$2" >&2
  exit "$3" ;;
die) # SIGNAL
  kill "-$1" $$ ;;
flood) # BYTES CODE PATTERN STREAM: to both at once, so that neither waits for the other
  case $4 in
  err) fill "$1" "$3" >&2 ;;
  both)
    fill "$1" "$3" >&2 &
    fill "$1" "$3"
    wait ;;
  *) fill "$1" "$3" ;;
  esac
  exit "$2" ;;
blob)
  every
  printf "$all" ;;
serve) # PORT
  exec nc -ll -p "$1" -e cat ;;
cat)
  exec cat ;;
hold) # OUT CODE|ignored|none FORKS: what TERM does; the trap comes first, so that output seen proves that it is set
  case $2 in
  none) ;;
  ignored) trap "" TERM ;;
  *) trap "exit $2" TERM ;;
  esac
  printf %s "$1"
  if [ "$3" = forks ]; then sleep 300 & wait; fi
  case $2 in none | ignored) exec sleep 300 ;; esac
  while :; do sleep 0.1; done ;;
fork) # OUT AFTER CODE
  { sleep 0.3; printf %s "$2"; } &
  printf %s "$1"
  exit "$3" ;;
daemon) # CODE
  sleep 300 </dev/null >/dev/null 2>&1 &
  exit "$1" ;;
gate) # GATE OUT AFTER CODE
  printf %s "$2"
  while [ ! -e "/root/$1" ]; do sleep 0.1; done
  printf %s "$3"
  exit "$4" ;;
terminal) # ROWS COLS [ROWS COLS]: of its stdin; without a terminal it has none
  while [ $# != 0 ]; do
    while [ "$(stty size 2>/dev/null)" != "$1 $2" ]; do sleep 0.1; done
    echo "$1 $2"
    shift 2
  done ;;
open) # GATE
  touch "/root/$1" && sync ;;
write) # PATH DATA, or PATH SIZE PATTERN
  if [ $# = 2 ]; then printf %s "$2"; else fill "$2" "$3"; fi >"$1" && sync ;;
read) # PATH
  exec cat "$1" ;;
mode) # PATH
  listed=$(ls -lnd "$1") || exit
  set -f -- $listed
  echo "$1 $3 $4" ;;
args) # VALUE...
  for value; do printf "%s\n" "$value"; done ;;
env)
  printf %s "$BOXCHECK_VALUE" ;;
environ | pwd | id | machine | caps | link)
  show "$name" ;;
self) # all of it; what anybody may have written into an environment comes last
  for one in pwd id machine caps link; do
    show "$one"
    echo --
  done
  show environ ;;
reach) # TO tcp|tcp-half-closed|udp TOKEN PORT: by clients that every busybox has; over UDP the token is the file that is asked for
  case $2 in
  tcp) timeout 14 nc -w 14 "$1" "$4" -e sh -c 'printf %s "$0"; head -c "${#0}" >&3' "$3" 3>&1 ;;
  tcp-half-closed) printf %s "$3" | timeout 14 nc -w 14 "$1" "$4" ;;
  udp) timeout 5 tftp -g -l - -r "$3" "$1" "$4" ;;
  esac 2>/dev/null
  exit 0 ;;
mounts)
  exec cat /proc/mounts ;;
runs)
  exec cat /root/runs ;;
*)
  echo "work: there is no workload named $name" >&2
  exit 64 ;;
esac
