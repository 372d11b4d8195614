#!/bin/sh
# Installs the server of the lock file into .cache/pds, once for each lock file. One part is compiled, with the
# headers of the installed node where there are some, and in a third of the time without the compiler's polish,
# which a server of a few posts does not need.
set -eu
cd "$(dirname "$0")/../../.."
to=.cache/pds
if [ -f "$to/.installed" ] && cmp -s tests/collect/pds/package-lock.json "$to/package-lock.json"; then exit 0; fi
if ! command -v npm >/dev/null 2>&1; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 1
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends nodejs npm libnode-dev >/dev/null
fi
echo "Installing a server of Bluesky's network (once; a few minutes) ..." >&2
rm -rf "$to"
mkdir -p "$to"
cp tests/collect/pds/package.json tests/collect/pds/package-lock.json "$to/"
headers=$(dirname "$(dirname "$(command -v node)")")
[ -f "$headers/include/node/node.h" ] && export npm_config_nodedir="$headers"
export CFLAGS=-O0 CXXFLAGS=-O0 JOBS=2
(cd "$to" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 && npm rebuild better-sqlite3 >>npm.log 2>&1) || {
  tail -5 "$to/npm.log" >&2
  exit 1
}
cp tests/collect/pds/package-lock.json "$to/"
touch "$to/.installed"
