# --- what was seen: SEEN is the kind of the answer, `broken` where it is none that a runtime may give --------
seen() { # KIND [WHY]
  SEEN=$1
  [ "$1" != broken ] || : >"$T/boxes"
  [ -z "${2:-}" ] || echo "   no proper answer: $2"
}
see() { # KIND CONDITION… : the kind of the answer when the condition holds
  proper=$1
  shift
  if "$@"; then seen "$proper"; else seen broken 'not as it should look'; fi
}
seen_cli() { # done|id|ended|inspect|list|batch [TARGET…]: what is printed when all is well
  expecting=$1
  shift
  if [ -n "$HUNG" ]; then seen broken 'no end'
  elif crashed; then seen broken 'a crash'
  elif [ "$expecting" = ended ]; then if refused_run; then seen refused; else seen ended; fi
  elif [ "$expecting" = batch ]; then see_batch "$@"
  elif [ "$CODE" != 0 ]; then see_refusal
  else
    case $expecting in
      done) see done [ ! -s "$T/out" ] ;;
      id) see done is_id ;;
      inspect) see box inspected ;;
      list) see boxes each_box list ;;
    esac
  fi
}
crashed() { grep -Eq 'panicked at|stack backtrace:|^[[:space:]]+at .+:[0-9]+:[0-9]+\)?$' "$T/err"; }
refused_run() { # only boxlite itself begins a line like that; a usage error brings the usage along
  case $CODE in
    1) grep -q '^Error: ' "$T/err" ;;
    2) grep -q '^error: ' "$T/err" && grep -Eq '^Usage:|--help' "$T/err" ;;
    *) return 1 ;;
  esac
}
see_refusal() {
  case $CODE in
    1) see refused grep -Eq '^Error([^[:alnum:]_].*)?: ' "$T/err" ;;
    2) see refused grep -q '^error: ' "$T/err" ;;
    *) seen broken "exit $CODE without an error line" ;;
  esac
}
is_id() { [ "$(size "$T/out")" = 13 ] && grep -Eqx '[0-9A-Za-z]{12}' "$T/out"; }
see_batch() { # TARGET…: each that succeeds is printed as typed, in order; EACH says which did
  EACH=
  exec 3<"$T/out"
  next_line
  for target in "$@"; do
    if [ "$has_line$line" = "yes$target" ]; then EACH="$EACH ok"; next_line; else EACH="$EACH no"; fi
  done
  exec 3<&-
  if [ -n "$has_line" ]; then seen broken 'something else is printed'
  elif [ "$CODE" != 0 ]; then
    see_refusal
    [ "$SEEN" = broken ] || [ "$CODE" = 2 ] || [ $# = 1 ] || seen batch
  elif [ $# = 1 ]; then see done [ "$EACH" = ' ok' ]
  else seen batch; fi
}
next_line() {
  has_line=yes
  IFS= read -r line <&3 || has_line=${line:+partly}
}
seen_rest() { # created|acted|box|boxes|exec|execution|snapshot…|done|bytes|file|archive: what is answered when all is well
  case $1 in created | exec | snapshot-made) wanted=201 ;; done) wanted=204 ;; *) wanted=200 ;; esac
  json <"$T/out" >"$T/json"
  if [ -n "$HUNG" ]; then seen broken 'no answer'
  else
    case $STATUS in
      "$wanted") see_success "$1" ;;
      4??) see refused every .error 'message=".*' 'type=".+' 'code=(".+|[0-9]+)' ;;
      *) seen broken "HTTP $STATUS" ;;
    esac
  fi
}
see_success() {
  case $1 in
    created | acted) see done rest_box '' ;;
    box) see box rest_box '' ;;
    boxes) see boxes each_box boxes ;;
    exec) see done every '' 'execution_id=".+' ;;
    execution) see execution is_execution ;;
    done) see done [ ! -s "$T/out" ] ;;
    snapshot-made) see done is_snapshot '' ;;
    snapshot) see bytes is_snapshot '' && field .name | plain '' >"$T/got" ;;
    snapshots) see bytes each_snapshot && sed -n 's/^[.]snapshots[.][0-9]*[.]name="//p' "$T/json" | plain '\n' | LC_ALL=C sort >"$T/got" ;;
    policy) see bytes every '' 'mode=".+' && { field .mode | plain '\n'; sed -n 's/^[.]allow_net[.][0-9]*="//p' "$T/json" | plain '\n' | LC_ALL=C sort; } | tr '\n' ' ' | sed 's/ $//' >"$T/got" ;;
    archive) archive_names >"$T/got" && seen bytes ;;
    bytes) cp "$T/out" "$T/got" && seen bytes ;;
    mode) tar -tvf "$T/out" | sed 's/ .*//' >"$T/got"; seen bytes ;;
    file) tar -xOf "$T/out" >"$T/got" || rm -f "$T/got"; seen bytes ;;
  esac
}
is_snapshot() { # PATH
  every "$1" 'id=".+' 'box_id="[0-9A-Za-z]{12}' 'name=".*' 'created_at=[0-9]+' 'container_disk_bytes=[0-9]+' 'size_bytes=[0-9]+'
}
each_snapshot() { # newest first
  grep -qx '.snapshots=\[' "$T/json" || return 1
  i=0 before=
  while grep -q "^[.]snapshots[.]$i=" "$T/json"; do
    is_snapshot ".snapshots.$i" || return 1
    made=$(field ".snapshots.$i.created_at")
    [ "$made" -le "${before:-$made}" ] || return 1
    before=$made i=$((i + 1))
  done
}
archive_names() { # what an archive of a box must hold, as far as it does
  if [ "$(head -c 4 "$T/out" | hex)" != ' 28 b5 2f fd ' ]; then cat "$T/out"
  elif command -v zstd >/dev/null 2>&1; then zstd -dcq <"$T/out"
  else give_up 'zstd is needed to look into an archive'; fi | tar -tf - 2>/dev/null | sed 's/^[.]\///' | grep -x -e disk.qcow2 -e manifest.json | sort
}
is_execution() {
  EXEC_STATUS=$(field .status) EXEC_CODE=$(field .exit_code)
  every '' 'execution_id=".+' 'status="(running|completed|killed|timed_out)' '?exit_code=-?[0-9]+' || return 1
  case $EXEC_STATUS:$EXEC_CODE in completed: | running:?*) return 1 ;; esac
}
TIME='"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})'
NUMBER='[1-9][0-9]*'
every() { # PATH FIELD=PATTERN…: the JSON has each there; `?FIELD=PATTERN` when it has it at all
  at=$1
  shift
  for pattern in "$@"; do
    case $pattern in
      \?*) pattern=${pattern#?}; grep -q "^$at[.]${pattern%%=*}=" "$T/json" || continue ;;
    esac
    grep -Eqx -e "$at[.]$pattern" "$T/json" || { echo "   wrong: $at.${pattern%%=*}"; return 1; }
  done
}
rest_box() { # PATH: a box as the server tells it
  every "$1" 'box_id="[0-9A-Za-z]{12}' 'name=(null|".*)' 'status=".+' "created_at=$TIME" "updated_at=$TIME" \
    "?pid=(null|$NUMBER)" 'image=".*' "cpus=$NUMBER" "memory_mib=$NUMBER" '?labels=[{]' '?auto_stop=[0-9]+' \
    '?auto_delete=[0-9]+' '?auto_resume=(true|false)' '?exit_code=-?[0-9]+' || return 1
  ! grep -Eq "^$1[.]labels[.][^=]*=[^\"]" "$T/json" || return 1
  ! later "$(field "$1.created_at")" "$(field "$1.updated_at")" || return 1
  code=$(field "$1.exit_code")
  told="cpus=$(field "$1.cpus") memoryMib=$(field "$1.memory_mib")"
  for pair in autoStopS:auto_stop autoDeleteS:auto_delete autoResume:auto_resume; do
    ! grep -q "^$1[.]${pair#*:}=" "$T/json" || told="$told ${pair%:*}=$(field "$1.${pair#*:}")"
  done
  box "$(field "$1.box_id")" "$(field "$1.status")" "${code:--}" "$(value "$1.name")" "$(field "$1.created_at")" "$told"
}
cli_box() { # PATH: a box as `list` tells it
  every "$1" 'ID="[0-9A-Za-z]{12}' 'Image=".*' 'Status=".+' 'CreatedAt=".*' 'Names=".*' || return 1
  box "$(field "$1.ID")" "$(field "$1.Status")" '?' "$(cli_name "$1.Names")" "$(field "$1.CreatedAt")"
}
inspected() {
  json <"$T/out" >"$T/json"
  ! grep -q '^[.]1=' "$T/json" || return 1
  every .0 'Id="[0-9A-Za-z]{12}' 'Name=".*' 'Image=".*' "Created=$TIME" 'Status=".+' 'State.Status=".*' "Cpus=$NUMBER" \
    'State.Running=(true|false)' 'State.Pid=[0-9]+' '?State.ExitCode=-?[0-9]+' "Memory=$NUMBER" || return 1
  code=$(field .0.State.ExitCode)
  [ "$code" != 0 ] || code='0?'
  box "$(field .0.Id)" "$(field .0.Status)" "${code:-?}" "$(cli_name .0.Name)" "$(field .0.Created)" \
    "cpus=$(field .0.Cpus) memoryMib=$(($(field .0.Memory) / 1048576))"
}
each_box() { # list|boxes: those of the CLI or of the server
  json <"$T/out" >"$T/json"
  if [ "$1" = list ]; then all= one_box=cli_box; else all=.boxes one_box=rest_box; fi
  grep -Eqx "$all=\[" "$T/json" || return 1
  i=0
  while grep -q "^$all[.]$i=" "$T/json"; do "$one_box" "$all.$i" || return 1; i=$((i + 1)); done
}
box() { # ID STATUS CODE NAME CREATED [TOLD]: a line of $T/boxes; code `-` is none, `0?` may be none, `?` is not told
  status=$(printf %s "$2" | tr '[:upper:]' '[:lower:]')
  created=$(printf %s "$5" | sed 's/T/ /; s/ UTC$//; s/Z$//')
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$status" "$3" "$4" "$created" "${6-}" >>"$T/boxes"
  echo "   box $1: $status, code $3" | clean
}
cli_name() { value "$1" | sed 's/^"$/null/'; } # of a box without one it tells an empty one
later() { LC_ALL=C expr "x${1%Z}" '>' "x${2%Z}" >/dev/null; } # of two times that are told alike
value() { sed -n "s/^$1=//p" "$T/json" | tail -n 1; }
field() { value "$1" | sed 's/^"//'; } # PATH: a string or number of the JSON answer
