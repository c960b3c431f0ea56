# --- the Python SDK (sdk.py below runs lines of Python, in one process that holds what they make) -----------
start_sdk() {
  mkfifo "$T/lines.$1"
  "$PYTHON" "$T/sdk.py" "$URL" "$PATH_PREFIX" "$T" "$SDK_HOME" <"$T/lines.$1" 2>"$T/trouble" &
  sdk_pid=$!
  attach_pids="$attach_pids $!"
  exec 4>"$T/lines.$1"
}
drop_sdk() { # the process dies without a word
  [ -z "$sdk_pid" ] || { kill -KILL "$sdk_pid"; wait "$sdk_pid" 2>/dev/null; }
  sdk_pid=
  written
}
sdk() { # done|made|box|boxes|ended|followed|execution|attached|file|numbers LINE…: what comes of it when all is well
  expecting=$1
  shift
  sdk_calls=$((${sdk_calls:-0} + 1))
  [ -n "$sdk_pid" ] || start_sdk "$sdk_calls"
  printf '%s\n' "$@" >"$T/step.py"
  sed 's/^/   python| /' "$T/step.py" | cut -c 1-160 | clean
  rm -f "$T/status" "$T/code" "$T/id"
  : >"$T/out"
  : >"$T/err"
  : >"$T/boxes"
  KIND=sdk HUNG= STATUS= CODE=
  echo "$T/step.py" >&4
  waited=0
  while [ ! -s "$T/status" ] && [ $waited -lt $((LIMIT * 20)) ] && kill -0 "$sdk_pid" 2>/dev/null; do
    waited=$((waited + 1))
    sleep 0.05
  done
  RAISED=$(cat "$T/status" 2>/dev/null)
  echo "   ${RAISED:-no answer}"
  show stdout "$T/out"
  show stderr "$T/err"
  case $RAISED in
    done) see_told "$expecting" ;;
    '') kill -0 "$sdk_pid" 2>/dev/null && HUNG=yes; seen broken "no answer: $(tail -n 3 "$T/trouble")" ;;
    Internal* | Storage* | Database* | Metadata* | Network* | Upstream* | Engine* | Config*) seen broken "$RAISED" ;;
    Panic* | SyntaxError | NameError) seen broken "$RAISED" ;;
    RuntimeError) if grep -q 'stream not available' "$T/err"; then RAISED=StreamTaken; seen refused; else seen broken "$RAISED"; fi ;;
    TypeError | OverflowError | ValueError) RAISED=Language; seen refused ;;
    *) RAISED=${RAISED%Error}; seen refused ;;
  esac
}
see_told() {
  json <"$T/out" >"$T/json"
  CODE=$(cat "$T/code" 2>/dev/null) new=$(cat "$T/id" 2>/dev/null)
  case $1 in
    box) see box rest_box '' ;;
    boxes) see boxes each_box boxes ;;
    execution) EXEC_STATUS=completed EXEC_CODE=$CODE; seen execution ;;
    followed) ATT_EXIT=$CODE ATT_CLOSED=1000; : >"$T/errors"; seen stream ;;
    ended) KIND=ended; case $CODE in -1) CODE=none ;; -*) CODE=$((128 - CODE)) ;; esac; seen ended ;;
    file) seen bytes ;;
    numbers) cp "$T/out" "$T/got"; seen bytes ;;
    attached) seen attached ;;
    *) seen done ;;
  esac
}
refused_sdk() { # KIND…
  is refused && [ "$KIND" = sdk ] && one_of "$RAISED" "$@"
}
