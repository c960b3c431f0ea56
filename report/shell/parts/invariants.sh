# --- what must hold whatever was done ---------------------------------------------------------------------
all_removed() {
  removals
  [ "$all_gone" = yes ]
}
removed() { # COMMAND ID: removes a box by force, on the surface on which boxcheck did
  case $2 in nobody-*) return 0 ;; esac
  "$1"
  is done || { is refused && { says 'not found' || says 'no such box'; }; } || all_gone=no
}
nothing_left() { # KIND…: gone 5 s after the removal; it is given 8 s, for a machine that is slow
  removals
  [ -z "$URL" ] || [ -n "$server_pid" ] || [ "$*" = record ] || unseen 'what is left on the machine of the server'
  until_s=$(($(date +%s) + 8))
  while left_behind "$@" | grep -vxF -f "$T/left" >"$T/now" && [ "$(date +%s)" -lt $until_s ]; do sleep 0.3; done
  clean <"$T/now" | sed 's/^/   left: /'
  [ ! -s "$T/now" ]
}
left_behind() { # record|path|mount|port|process:NAME…: what of the runtime is on this machine
  for left_kind in "$@"; do
    case $left_kind in
      record) left_records ;;
      path) left_paths "$HOME_DIR" "$SERVER_HOME" 2>/dev/null ;;
      mount) grep -F -e " $T/" -e " $HOME_DIR/" /proc/mounts ;;
      port) left_ports ;;
      process:*) left_processes "${left_kind#process:}" ;;
    esac
  done
}
left_records() {
  for realm in local server; do
    [ "$realm$URL" != server ] || continue
    for id in $(ids "$realm"); do is_foreign "$id" || echo "record $id"; done
  done
}
left_paths() {
  for home in "$@"; do
    ls -d "$home"/boxes/* "$home"/volumes/anonymous/*
    find "$home" \( -name boxes -o -name images \) -prune -o -type s -print
  done
}
left_processes() { # [NAME]: those that name a directory of this script
  for file in $(grep -l -a -F -e "$T" -e "$HOME_DIR" /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null); do
    pid=${file#/proc/}
    pid=${pid%/*}
    said=$({ tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null)
    name=${said%% *}
    case $said in '' | grep\ *) continue ;; esac
    [ "${1:-${name##*/}}" = "${name##*/}" ] || continue
    one_of "$pid" $$ $server_pid $attach_pids || echo "process $pid: $said"
  done
}
left_ports() { # besides the server's own
  own=$(printf ':%04X' "${URL##*:}")
  for pid in $server_pid $(left_processes | sed 's/process \([0-9]*\).*/\1/'); do
    ls -l "/proc/$pid/fd" 2>/dev/null | sed -n 's/.*socket:\[\([0-9]*\)\]$/\1/p'
  done >"$T/sockets"
  awk -v own="$own\$" 'FILENAME == ARGV[1] { ours[$1] = 1; next }
    $4 == "0A" && $10 in ours && $2 !~ own { print "port " $2 }' "$T/sockets" /proc/net/tcp /proc/net/tcp6
}
