# --- doing things: each sets KIND and CODE (cli) or STATUS (rest), and leaves $T/out, $T/err -------------
limited() { if command -v timeout >/dev/null 2>&1; then timeout -k 5 "$LIMIT" "$@"; else "$@"; fi; }
INPUT=/dev/null TERMINAL= LIMIT=$DEADLINE
called() {
  : >"$T/boxes"
  began=$(date +%s)
  limited ${TERMINAL:+perl "$T/terminal.pl" $TERMINAL --} "$@" >"$T/out" 2>"$T/err" <"$INPUT"
  KIND=cli CODE=$? HUNG=
  case $CODE in 124 | 137) [ $(($(date +%s) - began)) -lt "$LIMIT" ] || HUNG=yes ;; esac
  echo "   exit $CODE${HUNG:+, killed after $LIMIT s}"
  show stdout "$T/out"
  show stderr "$T/err"
}
cli() { called "$BOXLITE" --home "$HOME_DIR" "$@"; }
url() { called "$BOXLITE" --home "$T/c" --url "$URL" ${PATH_PREFIX:+--path-prefix "$PATH_PREFIX"} "$@"; }
api() { echo "/v1${PATH_PREFIX:+/$PATH_PREFIX}"; }
curled() { curl -sS -H "@$T/auth" -g --path-as-is "$@" </dev/null; }
rest() { # METHOD PATH-BELOW-/v1 [curl options]
  method=$1 path=$2
  shift 2
  KIND=rest HUNG=
  : >"$T/out"
  : >"$T/boxes"
  STATUS=$(curled -m "$LIMIT" -X "$method" -o "$T/out" -w '%{http_code}' "$@" "$URL$(api)$path" 2>"$T/err") || {
    [ $? != 28 ] || HUNG=yes
    STATUS=000
  }
  echo "   HTTP $STATUS"
  show body "$T/out"
  [ "$STATUS" != 000 ] || show curl "$T/err"
}
rest_json() { json=$3; rest "$1" "$2" -H 'content-type: application/json' --data-binary "$json"; }
written() { KIND=cli CODE=0 HUNG= SEEN=done; } # nothing of the runtime's that could go wrong
take_mode() { # in place of the file that was copied: what ls has of it, and whose it is
  [ -f "$T/got" ] || return 0
  set -- $(ls -ln "$T/got")
  [ "$3" != "$(id -u)" ] || set -- "$1" '' own
  rm -f "$T/got"
  echo "$1 $3" >"$T/got"
}
clean() { LC_ALL=C tr -c '\11\12\40-\176' '?'; }
show() {
  [ -s "$2" ] || return 0
  head -c 600 "$2" | clean | sed "s/^/   $1| /"
  echo
}
prefix() { printf %.10s "$1"; }
ids() { # local|server: ids of all boxes there, newest first
  if [ "$1" = local ]; then
    limited "$BOXLITE" --home "$HOME_DIR" list -a -q 2>/dev/null </dev/null | grep -Ex '[0-9A-Za-z]+'
  else
    curled -m 60 "$URL$(api)/boxes" 2>/dev/null | json | sed -n 's/^[.]boxes[.][0-9]*[.]box_id="\([0-9A-Za-z]*\)$/\1/p'
  fi
}
known_before() { # boxes that are not this script's: never touched
  for id in $(ids "$1"); do foreign="$foreign $1:$id"; done
}
learn() { # VARIABLE local|server: the new box there, and its prefix as VARIABLE_prefix
  for id in $(ids "$2"); do
    case " $boxes $foreign " in *" $2:$id "*) continue ;; esac
    boxes="$boxes $2:$id"
    eval "$1=\$id $1_prefix=\$(prefix \$id)"
    return 0
  done
}
