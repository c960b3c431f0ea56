#!/bin/sh
# serve HOME PORT: the server under test of one lane. init starts it again when it dies; the log says so.
home=$1
name=${home##*/}
log=/var/log/boxcheck/serve-$name.log
key=$(sed -n 's/.*boxcheck\.key=\([^ ]*\).*/\1/p' /proc/cmdline)
# Not before boxes are safe to start, nor while the homes are being emptied.
while [ ! -e /run/boxcheck/holder ] || [ -e "/run/boxcheck/hold-$name" ]; do sleep 0.1; done
echo "boxcheck: serve is started" >>"$log"
cd /
export HOME=/root BOXLITE_SERVE_API_KEY="$key"
exec /opt/boxcheck/bin/boxlite serve --home "$home" --host 0.0.0.0 --port "$2" >>"$log" 2>&1
