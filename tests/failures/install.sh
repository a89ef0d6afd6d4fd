#!/bin/sh
# Installs what two tests need of the system, through apt when root; else says what to install.
set -eu
missing=
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || missing=nginx-light # puts two portals behind a proxy
command -v strace >/dev/null 2>&1 || missing="$missing strace" # writes down what a disk is told before the power goes
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "Installing for the tests of failures:" $missing
	export DEBIAN_FRONTEND=noninteractive
	# The test starts a proxy of its own, so Debian's is not started.
	apt-get update -qq
	RUNLEVEL=1 apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
	echo "Tests of failures are skipped for want of:" $missing "(Debian: apt install $missing)." >&2
fi
