# --- attaching (attach.py below takes orders and writes down what it receives) ----------------------------
attach() { # NAME PATH-BELOW-/v1
  rm -rf "${T:?}/$1"
  mkdir "$T/$1"
  : >"$T/out"
  : >"$T/err"
  address=${URL#*://}
  address=${address%%/*}
  python3 "$T/attach.py" "${address%:*}" "${address##*:}" "$(api)$2" "$T/auth" "$T/$1" 2>"$T/$1/trouble" &
  eval "$1_pid=\$!"
  attach_pids="$attach_pids $!"
  waited=0
  while [ ! -s "$T/$1/status" ] && [ $waited -lt 300 ]; do waited=$((waited + 1)); sleep 0.1; done
  KIND=rest HUNG= STATUS=$(cat "$T/$1/status" 2>/dev/null || echo 000)
  [ ! -f "$T/$1/body" ] || cp "$T/$1/body" "$T/out"
  echo "   HTTP $STATUS"
  show body "$T/out"
  case $STATUS in 101) seen attached ;; [45]??) seen_rest done ;; *) seen broken "HTTP $STATUS" ;; esac
}
order() { # NAME ORDER
  printf '%s\n' "$2" >>"$T/$1/orders"
  written
  : >"$T/out"
  : >"$T/err"
}
leave() { # NAME close|drop
  order "$1" "$2"
  eval "wait \"\$$1_pid\"" 2>/dev/null
}
look() { # NAME: everything it has received so far
  HUNG=
  if [ -s "$T/$1/broken" ]; then seen broken "$(cat "$T/$1/broken")"; else seen stream; fi
  for name in out err errors; do cp "$T/$1/$name" "$T/$name"; done
  ATT_EXIT=$(cat "$T/$1/exit" 2>/dev/null) ATT_CLOSED=$(cat "$T/$1/closed" 2>/dev/null)
  echo "   exit frame: ${ATT_EXIT:-none}; closed: ${ATT_CLOSED:-no}"
  show stdout "$T/out"
  show stderr "$T/err"
  show 'error frame' "$T/errors"
}
follow() { # NAME: to its end; then out, err and CODE as the CLI has them
  waited=0
  while [ ! -s "$T/$1/closed" ] && [ $waited -lt $((LIMIT * 5)) ]; do
    waited=$((waited + 1))
    sleep 0.2
  done
  look "$1"
  if [ -z "$ATT_CLOSED" ]; then HUNG=yes; seen broken "no end after $LIMIT s"; fi
  ! is stream || seen ended
  KIND=ended CODE=${ATT_EXIT:-none}
  case $CODE in -1) CODE=none ;; -*) CODE=$((128 - CODE)) ;; esac
}
