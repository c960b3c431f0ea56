# --- what the contract allows ----------------------------------------------------------------------------
is() { [ "$SEEN" = "$1" ]; }
is_done() { is done || is attached; } # so that the next call of the step is made
one_of() { # VALUE CHOICE…
  wanted=$1
  shift
  for choice in "$@"; do [ "$wanted" != "$choice" ] || return 0; done
  return 1
}
says() { # TEXT in lower case, in what the refusal says
  { if [ "$KIND" = rest ]; then field .error.message; else cat "$T/err"; fi; } | tr '[:upper:]' '[:lower:]' | grep -qF -e "$1"
}
refused_cli() { is refused && [ "$KIND" = cli ] && [ "$CODE" = "$1" ]; }
refused_rest() { # STATUS CODE [TYPE]
  is refused && [ "$KIND" = rest ] && [ "$STATUS" = "$1" ] && [ "$(field .error.code)" = "$2" ] &&
    [ "${3:-any}" = any -o "$(field .error.type)" = "${3:-any}" ]
}
ended() { # CODE… or `nonzero`
  is ended || return 1
  if [ "$1" = nonzero ]; then [ "$CODE" != 0 ]; else one_of "$CODE" "$@"; fi
}
signalled() { [ "$KIND" = cli ] && [ "$CODE" -gt 128 ]; }
same() { cmp -s "$1" "$2"; }
is_prefix() { [ "$(size "$1")" -le "$(size "$2")" ] && head -c "$(size "$1")" "$2" | cmp -s - "$1"; }
is_suffix() { [ "$(size "$1")" -ge "$3" ] && tail -c "$(size "$1")" "$2" | cmp -s - "$1"; }
size() { wc -c <"$1" | tr -d ' '; }
hex() { od -An -v -tx1 | tr -s ' \n' ' '; }
holds() { # FILE FILE-WITH-BYTES: somewhere in it
  case $(hex <"$1") in *"$(hex <"$2" | sed 's/ $//')"*) return 0 ;; *) return 1 ;; esac
}
has_numbers() { # FILE NAME:LEAST:MOST…: a JSON object with them, less what they were before; without MOST no upper bound
  json <"$1" >"$T/json"
  shift
  grep -qx '={' "$T/json" || return 1
  for number in "$@"; do
    bounds=${number#*:}
    were=$(sed -n "s/^[.]${number%%:*}=//p" "$T/before.$KIND" 2>/dev/null)
    field ".${number%%:*}" | awk -v were="${were:-0}" -v least="${bounds%:*}" -v most="${bounds#*:}" \
      '/^-?[0-9]/ && $1 - were >= least && (most == "" || $1 - were <= most + 0) { found = 1 } END { exit !found }' || return 1
  done
}
between() { # FILE LEAST:MOST…: a number a line
  [ "$(wc -l <"$1")" -eq $(($# - 1)) ] || return 1
  awk -v ranges="${*}" 'BEGIN { split(ranges, range, " ") }
    { split(range[NR + 1], ends, ":"); if ($0 !~ /^[0-9]+$/ || $0 + 0 < ends[1] + 0 || $0 + 0 > ends[2] + 0) bad = 1 } END { exit bad }' "$1"
}
has_bits() { BITS=$(cat "$1"); case $BITS in '' | *[!0-9a-f]*) return 1 ;; esac; } # FILE: a hexadecimal number
bit() { [ $((0x$BITS >> $1 & 1)) = 1 ]; } # NUMBER: is set there
has_variables() { # FILE LINES: of those whose names begin with BC_ these and no others; a newline in one is \001
  tr '\n\0' '\001\n' <"$1" | grep -a '^BC_' | LC_ALL=C sort >"$T/variables"
  LC_ALL=C sort "$2" | cmp -s - "$T/variables"
}
has_metrics() { # FILE NAME…: a JSON array that tells these metrics in this order, and no others
  json <"$1" >"$T/json"
  shift
  grep -qx '=\[' "$T/json" || return 1
  i=0
  for name in "$@"; do
    [ "$(field ".$i.Metric")" = "$name" ] && grep -q "^[.]$i[.]Value=\"" "$T/json" || return 1
    i=$((i + 1))
  done
  ! grep -q "^[.]$i=" "$T/json"
}
mounted() { # FILE PATH [MODE]: the last mount there, of a volume; without MODE any
  AT=$2 MODE=${3:-} awk -F ' ' '$2 == ENVIRON["AT"] { found = 1; type = $3; options = "," $4 "," }
    END { exit !(found && (ENVIRON["MODE"] == "" || (type == "virtiofs" && index(options, "," ENVIRON["MODE"] ",")))) }' "$1"
}
listed() { # ID NAME STATUS:CODE…: 0 shown so, 1 shown otherwise, 2 not shown; `-` is no code, `any` is not judged
  wanted_id=$1 wanted_name=$2
  shift 2
  while IFS=$TAB read -r id status code name created told; do
    [ "$id" = "$wanted_id" ] || continue
    [ "$name" = "$wanted_name" ] || return 1
    for choice in "$@"; do
      [ "${choice%%:*}" = "$status" ] || continue
      case ${choice#*:}:$code in any:* | *:'?' | "$code:$code" | -:'0?' | 0:'0?') return 0 ;; esac
    done
    return 1
  done <"$T/boxes"
  return 2
}
TAB=$(printf '\t')
shows() { # ID NAME=VALUE…: what the view tells of these is that
  wanted_id=$1
  shift
  while IFS=$TAB read -r id status code name created told; do
    [ "$id" = "$wanted_id" ] || continue
    for choice in "$@"; do
      case " $told " in *" $choice "*) ;; *" ${choice%%=*}="*) return 1 ;; esac
    done
  done <"$T/boxes"
}
if_listed() { # the same for one that need not be shown
  listed "$@"
  [ $? != 1 ]
}
listed_only() { # ID…: no box that was not there before is in the list besides these
  while IFS=$TAB read -r id status; do
    is_foreign "$id" || one_of "$id" "$@" || return 1
  done <"$T/boxes"
}
is_foreign() { case " $foreign " in *":$1 "*) return 0 ;; *) return 1 ;; esac; }
newest_first() { # as far as the times can be compared
  before=
  while IFS=$TAB read -r id status code name created told; do
    case $created in [0-9][0-9][0-9][0-9]-*) is_foreign "$id" && continue ;; *) continue ;; esac
    [ -z "$before" ] || ! later "$created" "$before" || return 1
    before=$created
  done <"$T/boxes"
}
execution_is() { # running|completed [CODE…]
  is execution || return 1
  [ "$EXEC_STATUS" = running ] && now=running || now=completed
  [ "$now" = "$1" ] || return 1
  shift
  [ $# = 0 ] || one_of "$EXEC_CODE" "$@"
}
attach_open() { is stream && [ -z "$ATT_CLOSED" ] && [ -z "$ATT_EXIT" ]; }
attach_ended() { # must|may|never CLOSE-CODE-or-any [EXIT-CODE…]
  frame=$1 close_code=$2
  shift 2
  is stream && [ -n "$ATT_CLOSED" ] || return 1
  [ "$close_code" = any ] || [ "$close_code" = "$ATT_CLOSED" ] || return 1
  case $frame:$ATT_EXIT in must: | never:?*) return 1 ;; may: | never:) return 0 ;; esac
  [ $# = 0 ] || one_of "$ATT_EXIT" "$@"
}
errors_are() { # FILE: error frames that are owed, a line each: must|may, code, text; no others have come
  awk -F '\t' 'FILENAME == ARGV[1] { owed[++count] = $0; next }
    {
      for (i = 1; i <= count; i++) {
        split(owed[i], part, "\t")
        if (!met[i] && (part[2] == "" || part[2] == $1) && index($2, part[3])) { met[i] = 1; next }
      }
      strange = 1
    }
    END { for (i = 1; i <= count; i++) if (!met[i] && owed[i] ~ /^must/) strange = 1; exit strange }' "$1" "$T/errors"
}
