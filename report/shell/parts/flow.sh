# --- going through the steps ----------------------------------------------------------------------------
step() { # NUMBER WAIT-SECONDS: does it, and looks again until it fits or the time is over
  echo "== step $1"
  until_s=$(($(date +%s) + $2))
  while :; do
    "step_$1"
    if "fits_$1"; then FITS=yes; return 0; fi
    [ "$(date +%s)" -lt $until_s ] || break
    sleep 0.3
  done
  FITS=no
}
before() { # a step before the reported one must answer as it did then, or nothing can be said
  step "$1" "$2"
  [ $FITS = yes ] || { echo "   (not as expected)"; deviation="$deviation $1"; }
}
reported() { # the answer the contract does not allow, or its invariant broken; in so many seconds, if it hung
  LIMIT=${GIVEN_DEADLINE:-${3:-$DEADLINE}}
  step "$1" "$2"
  verdict
}
invariant() { # NAME COMMAND…: the same for what must hold after the steps
  echo "== $1"
  shift
  if "$@"; then FITS=yes; else FITS=no; fi
  verdict
}
unseen() { # WHAT: it is not looked at, so that its failure cannot be ruled out
  blind="${blind:+$blind, }$1"
}
verdict() {
  if [ -n "$deviation" ]; then echo "undecided: earlier steps did not go as expected:$deviation"; exit 2; fi
  if [ $FITS = no ]; then echo REPRODUCED; exit 0; fi
  if [ -n "$blind" ]; then echo "undecided: nothing wrong is seen, but a script does not check: $blind" | clean; exit 2; fi
  echo 'not reproduced'
  exit 1
}
