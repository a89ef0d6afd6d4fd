#!/bin/sh
# Installs the PostgreSQL that the tests start for themselves, through apt when root; else says what to install.
set -eu
[ -z "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || exit 0
command -v initdb >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "Installing postgresql for the tests of the store on a server"
	export DEBIAN_FRONTEND=noninteractive
	# The tests start servers of their own, so Debian's is neither made nor started.
	config=/etc/postgresql-common/createcluster.conf
	[ -e "$config" ] || { mkdir -p "${config%/*}" && echo "create_main_cluster = false" >"$config"; }
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends postgresql >/dev/null
else
	echo "=================================================================================" >&2
	echo "The tests of the store on a server need PostgreSQL (Debian: apt install postgresql)." >&2
	echo "Without it they are skipped." >&2
	echo "=================================================================================" >&2
fi
