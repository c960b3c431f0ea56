BOXLITE=${BOXLITE:-boxlite}
URL=${URL:-}
API_KEY=${API_KEY:-}
PATH_PREFIX=${PATH_PREFIX:-}
IMAGE=${IMAGE:-alpine:latest}
ROOTFS=${ROOTFS:-}
PYTHON=${PYTHON:-python3}
GIVEN_DEADLINE=${DEADLINE:-} DEADLINE=${DEADLINE:-60}

T=$(mktemp -d /tmp/bcXXXXXX) || exit 2
printf 'Authorization: Bearer %s\n' "$API_KEY" >"$T/auth" # so that no process list shows it
HOME_DIR=${HOME_DIR:-$T/h}
SERVER_HOME=${SERVER_HOME:-$T/s} SDK_HOME=
mkdir -p "$HOME_DIR" "$SERVER_HOME" "$T/c" "$T/hosts"
MISSING=$T/no-such-path NOTHING=
unset BOXLITE_HOME BOXLITE_REST_URL BOXLITE_REST_PATH_PREFIX BOXLITE_PROFILE BOXLITE_API_KEY
[ -z "$API_KEY" ] || export BOXLITE_API_KEY="$API_KEY"
server_pid= port=0 sdk_pid= attach_pids= holders= boxes= foreign= deviation= blind= SEEN=
if [ -n "$ROOTFS" ]; then IMAGE_JSON="\"rootfs_path\":\"$ROOTFS\""; else IMAGE_JSON="\"image\":\"$IMAGE\""; fi
IMAGE_PYTHON="${ROOTFS:+rootfs_path=\"$ROOTFS\"}" IMAGE_PYTHON="${IMAGE_PYTHON:-image=\"$IMAGE\"}"

# --- ending -------------------------------------------------------------------------------------------
give_up() { echo "repro: $*" | clean >&2; exit 2; }
need() { command -v "$1" >/dev/null 2>&1 || give_up "$1 is needed and was not found${2:+: $2}"; }
remove() { # REALM:ID, by force; fine when it is gone already
  case $1 in
    local:*) limited "$BOXLITE" --home "$HOME_DIR" rm -f "${1#local:}" >"$T/rm" 2>&1 </dev/null || grep -q 'not found' "$T/rm" ;;
    sdk:*)
      kill -0 "$sdk_pid" 2>/dev/null || sdk_pid=
      sdk done "await runtime.remove(\"${1#sdk:}\", force=True)" >/dev/null
      one_of "$RAISED" done NotFound
      ;;
    *)
      gone=$(curled -m 60 -X DELETE -o "$T/rm" -w '%{http_code}' "$URL$(api)/boxes/${1#server:}?force=true" 2>/dev/null)
      one_of "$gone" 204 404
      ;;
  esac
}
remove_all() {
  all_gone=0
  for one in $boxes; do remove "$one" || all_gone=1; done
  return $all_gone
}
cleanup() {
  for pid in $attach_pids $holders; do kill "$pid" 2>/dev/null; done
  remove_all
  [ -z "$server_pid" ] || { kill -INT "$server_pid" 2>/dev/null; wait "$server_pid" 2>/dev/null; }
  rm -rf "$T"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

host_dir() { # NAME: a directory outside the boxes, with its marker
  eval "HOST_$1=\$T/hosts/$1"
  [ -d "$T/hosts/$1" ] || { mkdir -p "$T/hosts/$1"; echo "marker of $1" >"$T/hosts/$1/marker"; }
}

host_port() { # NUMBER: a port of this machine that nobody has
  eval "[ -n \"\${PORT_$1:-}\" ]" && return 0
  need perl
  eval "PORT_$1=\$(perl \"\$T/tcp.pl\" free)"
}
knock() { # NUMBER COUNT: what comes back from a port to whom sends it the bytes of $T/in; 4: nothing is known of it
  rm -f "$T/got"
  eval "perl \"\$T/tcp.pl\" connect \"\$PORT_$1\" $2 2" <"$T/in" >"$T/knock"
  case $? in
    0) mv "$T/knock" "$T/got" ;;
    3) ;;
    *) give_up "not even a listener of our own can be reached" ;;
  esac
  seen bytes
}
echo_at() { # PORT: boxes that reach this machine's loopback are answered there
  perl "$T/tcp.pl" echo "$1" >"$T/holder" || give_up "nothing of our own can answer at 127.0.0.1:$1"
  holders="$holders $(cut -d ' ' -f 1 "$T/holder")"
}
occupy() { # NUMBER: somebody else has that port from now on
  if eval "perl \"\$T/tcp.pl\" hold \"\$PORT_$1\"" >"$T/holder"; then
    holders="$holders $(cat "$T/holder")"
    written
  else
    seen broken 'the port is not free'
  fi
}

# --- a server, when none is given -----------------------------------------------------------------------
serve() {
  if [ -n "$URL" ]; then
    [ "$(curled -m 60 -o "$T/out" -w '%{http_code}' "$URL/v1/config" 2>/dev/null)" = 200 ] || give_up "no BoxLite server answers at URL"
    return 0
  fi
  : >"$T/serve.err"
  "$BOXLITE" --home "$SERVER_HOME" serve --host 127.0.0.1 --port "$port" >"$T/serve.out" 2>"$T/serve.err" </dev/null &
  server_pid=$!
  tries=0
  while :; do
    URL=$(sed -n 's/.*listening on \(http:[^[:space:]]*\).*/\1/p' "$T/serve.err" | head -n 1)
    [ -z "$URL" ] || return 0
    tries=$((tries + 1))
    kill -0 "$server_pid" 2>/dev/null && [ $tries -lt 300 ] || give_up "boxlite serve did not start: $(cat "$T/serve.err")"
    sleep 0.2
  done
}
restart_server() { # SIGNAL: another server on the same home and port
  [ -n "$server_pid" ] || give_up "this program ends the server: leave URL unset, then the script has one of its own"
  rm -f "$T/hung"
  kill -"$1" "$server_pid"
  { for second in $(seq "$LIMIT"); do sleep 1; done; : >"$T/hung"; kill -KILL "$server_pid"; } >/dev/null 2>&1 &
  watchdog=$!
  wait "$server_pid" 2>/dev/null
  kill "$watchdog" 2>/dev/null
  port=${URL##*:} port=${port%%/*} URL=
  rm -f "$T/before.rest"
  serve
  : >"$T/out"
  : >"$T/err"
  written
  [ ! -e "$T/hung" ] || { HUNG=yes; seen broken 'the server does not end'; }
}
