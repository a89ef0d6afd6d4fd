#!/bin/sh
# Installs what the browser tests need, through apt when root; else says what to install.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
[ -n "$(fc-list :lang=zh-tw 2>/dev/null | head -n 1)" ] || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "Installing$missing for the browser tests"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	# shellcheck disable=SC2086 - a list of packages
	apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
	echo "=================================================================================" >&2
	echo "Browser tests need:$missing. Install them (Debian: apt install$missing)." >&2
	echo "Without chromium the browser tests are skipped." >&2
	echo "=================================================================================" >&2
fi
