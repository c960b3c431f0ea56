#!/bin/sh
# The host waits for this line on the console before it tries to connect.
echo 'boxcheck: booted' >/dev/console
