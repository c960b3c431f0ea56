# --- doing things: each sets KIND and CODE (cli) or STATUS (rest), and leaves $T/out, $T/err -------------
limited() { if command -v timeout >/dev/null 2>&1; then timeout -k 5 "$DEADLINE" "$@"; else "$@"; fi; }
INPUT=/dev/null
done_with() {
  KIND=$1 CODE=$2
  echo "   exit $CODE"
  show stdout "$T/out"
  show stderr "$T/err"
}
cli() {
  limited "$BOXLITE" --home "$HOME_DIR" "$@" >"$T/out" 2>"$T/err" <"$INPUT"
  done_with cli $?
}
url() {
  limited "$BOXLITE" --home "$T/c" --url "$URL" ${PATH_PREFIX:+--path-prefix "$PATH_PREFIX"} \
    "$@" >"$T/out" 2>"$T/err" <"$INPUT"
  done_with cli $?
}
api() { echo "/v1${PATH_PREFIX:+/$PATH_PREFIX}"; }
rest() { # METHOD PATH-BELOW-/v1 [curl options]
  method=$1 path=$2
  shift 2
  KIND=rest
  : >"$T/err"
  : >"$T/out"
  STATUS=$(curl -sS -m "$DEADLINE" -H "Authorization: Bearer $API_KEY" -g --path-as-is -X "$method" -o "$T/out" -w '%{http_code}' \
    "$@" "$URL$(api)$path" 2>"$T/err") || STATUS=000
  echo "   HTTP $STATUS"
  show body "$T/out"
  [ "$STATUS" != 000 ] || show curl "$T/err"
}
rest_json() { json=$3; rest "$1" "$2" -H 'content-type: application/json' --data-binary "$json"; }
show() {
  [ -s "$2" ] || return 0
  head -c 600 "$2" | LC_ALL=C tr -c '\11\12\40-\176' '?' | sed "s/^/   $1| /"
  echo
}
field() { # NAME: a string or number of the JSON answer
  sed -n 's/.*"'"$1"'" *: *"\{0,1\}\([^",}]*\).*/\1/p' "$T/out" | head -n 1
}
prefix() { printf %.10s "$1"; }
ids() { # local|server: ids of all boxes there, newest first
  if [ "$1" = local ]; then
    "$BOXLITE" --home "$HOME_DIR" list -a -q 2>/dev/null </dev/null
  else
    curl -sS -m 60 -H "Authorization: Bearer $API_KEY" "$URL$(api)/boxes" 2>/dev/null | tr ',' '\n' |
      sed -n 's/.*"box_id" *: *"\([^"]*\)".*/\1/p'
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
