# --- what must hold whatever was done ---------------------------------------------------------------------
all_removed() {
  remove_all || return 1
  for realm in local server; do
    for id in $(ids $realm); do
      case " $boxes " in *" $realm:$id "*) echo "   still there: $id"; return 1 ;; esac
    done
  done
}
leftovers() { # directories of boxes, and processes that name a box of this script
  for home in "$HOME_DIR" "$SERVER_HOME"; do ls "$home/boxes" 2>/dev/null; done
  for one in $boxes; do
    for file in $(grep -l -a -F -e "${one#*:}" /proc/[0-9]*/cmdline 2>/dev/null); do
      pid=${file#/proc/}
      pid=${pid%/cmdline}
      said=$({ tr '\0' ' ' <"$file"; } 2>/dev/null)
      case $said in '' | grep\ *) continue ;; esac
      one_of "$pid" $$ $attach_pids || echo "process $pid: $said"
    done
  done
  return 0
}
nothing_left() { # gone 5 s after the removal; it is given 8 s, for a machine that is slow
  remove_all
  until_s=$(($(date +%s) + 8))
  while left=$(leftovers) && [ -n "$left" ] && [ "$(date +%s)" -lt $until_s ]; do sleep 0.3; done
  [ -z "$left" ] || echo "$left" | sed 's/^/   left: /'
  [ -z "$left" ]
}
