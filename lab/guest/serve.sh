#!/bin/sh
# The server under test. init starts it again when it dies; the log says so.
key=$(sed -n 's/.*boxcheck\.key=\([^ ]*\).*/\1/p' /proc/cmdline)
# Not before boxes are safe to start, nor while the homes are being emptied.
while [ ! -e /run/boxcheck/holder ] || [ -e /run/boxcheck/hold ]; do sleep 0.1; done
echo "boxcheck: serve is started" >>/var/log/boxcheck/serve.log
cd /
export HOME=/root BOXLITE_SERVE_API_KEY="$key"
exec /opt/boxcheck/bin/boxlite serve --home /h/s --host 0.0.0.0 --port 8100 >>/var/log/boxcheck/serve.log 2>&1
