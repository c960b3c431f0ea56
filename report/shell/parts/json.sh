# --- JSON as lines ------------------------------------------------------------------------------------
plain() { # END: lines as `json` writes them, with the characters that they stand for, each with END behind it
  LC_ALL=C awk -v ORS="$1" '{
    for (done = ""; at = index($0, "\\u00"); $0 = substr($0, at + 6))
      done = done substr($0, 1, at - 1) sprintf("%c", digit(at + 4) * 16 + digit(at + 5))
    print done $0
  }
  function digit(at) { return index("0123456789abcdef", substr($0, at, 1)) - 1 }'
}
json() { # the JSON of stdin as lines PATH=VALUE, a string with one quote before it; nothing when it is none
  LC_ALL=C awk '
    function skip() { while (substr(s, p, 1) ~ /[ \t\r\n]/) p++ }
    function wrong() { bad = 1; p = length(s) + 1 }
    function hex(i, n) {
      for (n = 0; i < 4; i++) {
        at = index("0123456789abcdef", tolower(substr(s, p++, 1)))
        if (at == 0) wrong()
        n = n * 16 + at - 1
      }
      return n
    }
    function utf8(n) {
      if (n < 32 || n == 61 || n == 92) return sprintf("\\u%04x", n)
      if (n < 128) return sprintf("%c", n)
      if (n < 2048) return sprintf("%c%c", 192 + int(n / 64), 128 + n % 64)
      if (n < 65536) return sprintf("%c%c%c", 224 + int(n / 4096), 128 + int(n / 64) % 64, 128 + n % 64)
      return sprintf("%c%c%c%c", 240 + int(n / 262144), 128 + int(n / 4096) % 64, 128 + int(n / 64) % 64, 128 + n % 64)
    }
    function escaped(c, n) {
      c = substr(s, p++, 1)
      if (c == "u") {
        n = hex()
        if (n >= 55296 && n < 56320 && substr(s, p, 2) == "\\u") { p += 2; n = 65536 + (n - 55296) * 1024 + hex() - 56320 }
        return utf8(n)
      }
      n = index("btnvfr", c)
      if (n > 0 && c != "v") return utf8(7 + n)
      if (c == "" || index("\"\\/", c) == 0) wrong()
      return c == "\\" ? utf8(92) : c
    }
    function string(out, c) {
      for (p++; (c = substr(s, p++, 1)) != "\"";) {
        if (c == "" || c < " ") { wrong(); return "" }
        out = out (c == "\\" ? escaped() : c == "=" ? utf8(61) : c)
      }
      return out
    }
    function element(path, key, i) {
      if (key) {
        skip()
        if (substr(s, p, 1) != "\"") { wrong(); return }
        path = path "." string()
        skip()
        if (substr(s, p++, 1) != ":") { wrong(); return }
      } else path = path "." i
      thing(path)
    }
    function thing(path, c, end, i) {
      skip()
      c = substr(s, p, 1)
      if (c == "{" || c == "[") {
        lines[++count] = path "=" c
        end = c == "{" ? "}" : "]"
        p++
        skip()
        if (substr(s, p, 1) == end) { p++; return }
        for (i = 0; !bad; i++) {
          element(path, end == "}", i)
          skip()
          c = substr(s, p++, 1)
          if (c == end) return
          if (c != ",") wrong()
        }
      } else if (c == "\"") lines[++count] = path "=\"" string()
      else if (match(substr(s, p, 400), /^(true|false|null|-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?)/)) {
        lines[++count] = path "=" substr(s, p, RLENGTH)
        p += RLENGTH
      } else wrong()
    }
    { s = s $0 "\n" }
    END {
      p = 1
      thing("")
      skip()
      if (p <= length(s)) bad = 1
      for (i = 1; i <= count && !bad; i++) print lines[i]
    }'
}
