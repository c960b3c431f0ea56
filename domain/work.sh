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
case $name in
print) # OUT ERR CODE
  printf %s "$1"
  printf %s "$2" >&2
  exit "$3" ;;
die) # SIGNAL
  kill "-$1" $$ ;;
flood) # BYTES CODE
  yes 0123456789abcde | head -c "$1"
  exit "$2" ;;
blob) # all 256 byte values, as the escapes \000 to \377: nothing else survives an argument list
  for a in 0 1 2 3; do for b in 0 1 2 3 4 5 6 7; do for c in 0 1 2 3 4 5 6 7; do
    all="$all\\$a$b$c"
  done; done; done
  printf "$all" ;;
cat)
  exec cat ;;
hold) # OUT [CODE]: with a code, TERM ends it; the trap comes first, so that output seen proves that it is set
  [ $# = 1 ] || trap "exit $2" TERM
  printf %s "$1"
  [ $# = 2 ] || exec sleep 300
  while :; do sleep 0.1; done ;;
gate) # GATE OUT AFTER CODE
  printf %s "$2"
  while [ ! -e "/root/$1" ]; do sleep 0.1; done
  printf %s "$3"
  exit "$4" ;;
terminal) # ROWS COLS: of its stdin; without a terminal it has none
  while [ "$(stty size 2>/dev/null)" != "$1 $2" ]; do sleep 0.1; done
  echo "$1 $2" ;;
open) # GATE
  touch "/root/$1" && sync ;;
write) # PATH DATA
  printf %s "$2" >"$1" && sync ;;
read) # PATH
  exec cat "$1" ;;
args) # VALUE...
  for value; do printf "%s\n" "$value"; done ;;
env)
  printf %s "$BOXCHECK_VALUE" ;;
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
mounts)
  exec cat /proc/mounts ;;
runs)
  exec cat /root/runs ;;
*)
  echo "work: there is no workload named $name" >&2
  exit 64 ;;
esac
