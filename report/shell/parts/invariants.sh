# --- what must hold whatever was done (contract 8) ---------------------------------------------------------
all_removed() {
  remove_all || return 1
  for realm in local server; do
    for id in $(ids $realm); do
      case " $boxes " in *" $realm:$id "*) echo "   still there: $id"; return 1 ;; esac
    done
  done
}
leftovers() {
  for home in "$HOME_DIR" "$SERVER_HOME"; do ls "$home/boxes" 2>/dev/null; done
  grep -l -a -e "$HOME_DIR" -e "$SERVER_HOME" /proc/[0-9]*/cmdline 2>/dev/null | while read -r file; do
    pid=${file#/proc/}
    pid=${pid%/cmdline}
    one_of "$pid" $$ ${server_pid:-none} $attach_pids || echo "process $pid: $(tr '\0' ' ' <"$file")"
  done
}
nothing_left() { # contract 7.11: gone 5 s after the removal
  remove_all
  tries=0
  while [ -n "$(leftovers)" ] && [ $tries -lt 30 ]; do tries=$((tries + 1)); sleep 0.3; done
  leftovers | sed 's/^/   left: /'
  [ -z "$(leftovers)" ]
}
