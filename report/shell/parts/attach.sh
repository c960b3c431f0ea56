# --- attaching (attach.py below takes orders and writes down what it receives) ----------------------------
attach() { # NAME PATH-BELOW-/boxes
  rm -rf "${T:?}/$1"
  mkdir "$T/$1"
  : >"$T/out"
  : >"$T/err"
  address=${URL#*://}
  address=${address%%/*}
  python3 "$T/attach.py" "${address%:*}" "${address##*:}" "$(base)$2" "$API_KEY" "$T/$1" 2>"$T/$1/trouble" &
  eval "$1_pid=\$!"
  attach_pids="$attach_pids $!"
  waited=0
  while [ ! -s "$T/$1/status" ] && [ $waited -lt 300 ]; do waited=$((waited + 1)); sleep 0.1; done
  KIND=rest STATUS=$(cat "$T/$1/status" 2>/dev/null || echo 000)
  [ ! -f "$T/$1/body" ] || cp "$T/$1/body" "$T/out"
  echo "   HTTP $STATUS"
  show body "$T/out"
}
order() { # NAME ORDER
  printf '%s\n' "$2" >>"$T/$1/orders"
  KIND=cli CODE=0
  : >"$T/out"
  : >"$T/err"
}
leave() { # NAME close|drop
  order "$1" "$2"
  eval "wait \"\$$1_pid\"" 2>/dev/null
}
look() { # NAME: everything it has received so far
  for name in out err errors; do cp "$T/$1/$name" "$T/$name"; done
  ATT_EXIT=$(cat "$T/$1/exit" 2>/dev/null) ATT_CLOSED=$(cat "$T/$1/closed" 2>/dev/null)
  echo "   exit frame: ${ATT_EXIT:-none}; closed: ${ATT_CLOSED:-no}"
  show stdout "$T/out"
  show stderr "$T/err"
  show 'error frame' "$T/errors"
}
# After attaching: start the new box, or nothing; then the input $FEED (hex) and end-of-file.
start_new() {
  curl -sS -m "$DEADLINE" -H "Authorization: Bearer $API_KEY" -X POST -o "$T/started" -w '   start: HTTP %{http_code}\n' \
    "$URL$(base)/$new/start"
  feed_new
}
feed_new() {
  [ -z "$FEED" ] || printf 'send %s\n' "$FEED" >>"$T/fetch$fetched/orders"
  printf '%s\n' 'text {"type":"stdin_eof"}' >>"$T/fetch$fetched/orders"
}
collect() { # PATH-BELOW-/boxes THEN: attaches, does THEN, follows to the end; then out, err and CODE as the CLI has them
  fetched=$((${fetched:-0} + 1))
  attach "fetch$fetched" "$1"
  [ "$STATUS" = 101 ] || return 0
  "$2"
  waited=0
  while [ ! -s "$T/fetch$fetched/closed" ] && [ $waited -lt $((DEADLINE * 5)) ]; do
    waited=$((waited + 1))
    sleep 0.2
  done
  look "fetch$fetched"
  KIND=ended CODE=${ATT_EXIT:-none}
  case $CODE in -*) CODE=$((128 - CODE)) ;; esac
}
