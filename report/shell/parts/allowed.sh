# --- what the contract allows ----------------------------------------------------------------------------
is_done() {
  if [ "$KIND" = cli ]; then [ "$CODE" = 0 ]; else case $STATUS in 2??) return 0 ;; *) return 1 ;; esac; fi
}
one_of() { # VALUE CHOICE…
  wanted=$1
  shift
  for choice in "$@"; do [ "$wanted" != "$choice" ] || return 0; done
  return 1
}
says() { # TEXT in lower case, in what the refusal says
  cat "$T/err" "$T/out" | tr '[:upper:]' '[:lower:]' | grep -qF -e "$1"
}
refused_cli() { [ "$KIND" = cli ] && [ "$CODE" = "$1" ] && grep -qi '^error:' "$T/err"; }
refused_rest() { [ "$KIND" = rest ] && [ "$STATUS" = "$1" ] && [ "$(field code)" = "$2" ]; }
ended() { # CODE… or `nonzero`
  [ "$KIND" != rest ] || return 1
  if [ "$1" = nonzero ]; then [ "$CODE" != 0 ]; else one_of "$CODE" "$@"; fi
}
same() { cmp -s "$1" "$2"; }
is_prefix() { [ "$(size "$1")" -le "$(size "$2")" ] && head -c "$(size "$1")" "$2" | cmp -s - "$1"; }
is_suffix() { [ "$(size "$1")" -ge "$3" ] && tail -c "$(size "$1")" "$2" | cmp -s - "$1"; }
size() { wc -c <"$1" | tr -d ' '; }
holds() { case $(cat "$1") in *"$2"*) return 0 ;; *) return 1 ;; esac; }
box_is() { # STATUS:CODE…; `-` is no code, `any` is not judged; the CLI shows 0 where there is none
  for choice in "$@"; do
    [ "${choice%%:*}" = "$BOX_STATUS" ] || continue
    case ${choice#*:} in any | "$BOX_CODE") return 0 ;; esac
    [ "$BOX_CODE" != '?' ] || return 0
  done
  return 1
}
execution_is() { # STATUS [CODE…]
  wanted_status=$1
  shift
  [ "$STATUS" = 200 ] && [ "$(field status)" = "$wanted_status" ] || return 1
  [ $# = 0 ] || one_of "$(field exit_code)" "$@"
}
attach_open() { [ -z "$ATT_CLOSED" ] && [ -z "$ATT_EXIT" ]; }
attach_ended() { # must|may|never CLOSE-CODE-or-any [EXIT-CODE…]
  frame=$1 close_code=$2
  shift 2
  [ -n "$ATT_CLOSED" ] || return 1
  [ "$close_code" = any ] || [ "$close_code" = "$ATT_CLOSED" ] || return 1
  case $frame:$ATT_EXIT in must: | never:?*) return 1 ;; may: | never:) return 0 ;; esac
  one_of "$ATT_EXIT" "$@"
}
see_box_cli() { # after `inspect`: the state of the box in its JSON
  BOX_STATUS=$(field Status | tr '[:upper:]' '[:lower:]') BOX_CODE=$(field ExitCode)
  [ "${BOX_CODE:-0}" != 0 ] || BOX_CODE='?'
}
see_box_rest() {
  BOX_STATUS=$(field status) BOX_CODE=$(field exit_code)
  BOX_CODE=${BOX_CODE:--}
}
broken() { # neither an allowed answer nor a typed refusal: a 5xx, a panic, a hang, an untyped error
  if [ "$KIND" = rest ]; then
    case $STATUS in 000 | 5??) return 0 ;; 4??) [ -z "$(field code)" ] ;; *) return 1 ;; esac
  else
    grep -q 'panicked at' "$T/err" || [ "$CODE" = 124 ]
  fi
}
listed() { # ID STATUS…: the box is in the list that was shown, with one of these states
  wanted_id=$1
  shift
  while read -r id status; do
    [ "$id" != "$wanted_id" ] || { one_of "$status" "$@"; return; }
  done <"$T/list"
  return 1
}
listed_only() { # ID…: no box that was not there before is in the list besides these
  while read -r id status; do
    case " $foreign " in *":$id "*) continue ;; esac
    one_of "$id" "$@" || return 1
  done <"$T/list"
}
see_list() { # CLI JSON or the server's: one line a box, `ID status`
  awk '
    { text = text $0 "\n" }
    END {
      size = length(text)
      for (i = 1; i <= size; i++) {
        c = substr(text, i, 1)
        if (c == "\"") {
          word = ""
          for (i++; i <= size && (c = substr(text, i, 1)) != "\""; i++) {
            if (c == "\\") c = substr(text, ++i, 1)
            word = word c
          }
          if (after_colon) value[depth, key] = word
          else key = word
          after_colon = 0
        } else if (c == ":") after_colon = 1
        else if (c == "," || c == "[") after_colon = 0
        else if (c == "{") { after_colon = 0; depth++ }
        else if (c == "}") {
          id = value[depth, "box_id"] value[depth, "ID"]
          status = value[depth, "status"] value[depth, "Status"]
          if (id != "" && status != "") print id, tolower(status)
          split("box_id ID status Status", keys, " ")
          for (k in keys) delete value[depth, keys[k]]
          depth--
        }
      }
    }' "$T/out" >"$T/list"
  sed 's/^/   box| /' "$T/list"
}
