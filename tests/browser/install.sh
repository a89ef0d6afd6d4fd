#!/bin/sh
# Installs what the browser tests need, through apt when root; else says what to install.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
[ -n "$(fc-list :lang=zh-tw 2>/dev/null | head -n 1)" ] || missing="$missing fonts-noto-cjk"
# The same browser without the parts of a desktop: with it the tests take half as long, and go without where there is none.
wished=""
command -v chromium-headless-shell >/dev/null 2>&1 || wished=" chromium-headless-shell"
[ -n "$missing$wished" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	export DEBIAN_FRONTEND=noninteractive
	if [ -n "$missing" ]; then
		echo "Installing$missing for the browser tests"
		apt-get update -qq
		# shellcheck disable=SC2086 - a list of packages
		apt-get install -y -qq --no-install-recommends $missing >/dev/null
	fi
	if [ -n "$wished" ]; then
		echo "Installing$wished for quicker browser tests"
		{ apt-get update -qq && apt-get install -y -qq --no-install-recommends $wished >/dev/null; } ||
			echo "Without$wished the browser tests take longer." >&2
	fi
elif [ -n "$missing" ]; then
	echo "=================================================================================" >&2
	echo "Browser tests need:$missing. Install them (Debian: apt install$missing)." >&2
	echo "Without chromium the browser tests are skipped." >&2
	echo "=================================================================================" >&2
fi
