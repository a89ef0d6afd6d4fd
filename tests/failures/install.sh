#!/bin/sh
# Installs the proxy that a test puts before two portals, through apt when root; else says what to install.
set -eu
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "Installing nginx-light for the test of two portals behind a proxy"
	export DEBIAN_FRONTEND=noninteractive
	# The test starts a proxy of its own, so Debian's is not started.
	apt-get update -qq
	RUNLEVEL=1 apt-get install -y -qq --no-install-recommends nginx-light >/dev/null
else
	echo "Without nginx (Debian: apt install nginx-light) the test of two portals behind it is skipped." >&2
fi
