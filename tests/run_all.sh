#!/bin/sh
# All tests: the checks, then everything on SQLite, then what touches the store, the promises and the browser
# on PostgreSQL. Ends with pytest's closing line.
set -u
cd "$(dirname "$0")/.."

have_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
have_dovecot() { command -v dovecot >/dev/null 2>&1 || [ -x /usr/sbin/dovecot ]; }
have_chinese() { fc-list :lang=zh 2>/dev/null | grep -q .; }

if ! have_chromium || ! have_chinese || ! have_dovecot; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing chromium, fonts for Chinese and a mail server (Dovecot) ..." >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1
    apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk fonts-noto-color-emoji fontconfig \
      dovecot-core dovecot-imapd libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 >/dev/null || exit 1
  else
    echo "The browser tests need chromium and a font for Chinese, those of mailboxes a real mail server (Dovecot)." >&2
    echo "On Debian or Ubuntu: sudo apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji fontconfig" \
      "dovecot-core dovecot-imapd" >&2
    echo "Elsewhere install chromium, Noto Sans CJK and Dovecot by the system's own means, then run make test again." >&2
    exit 1
  fi
fi

# The server of Bluesky's network is compiled beside the checks: each takes one core.
sh tests/collect/pds/install.sh &
pds=$!
make --no-print-directory check || { wait $pds; exit 1; }
wait $pds ||
  echo "No server of Bluesky's network could be installed (needs node and npm): its tests are left out." >&2

# What these tests store need not survive a power cut, and a killed process loses nothing in memory either: where
# there is room, their desks live in memory and wait for no disk.
in_memory() {
  free=$(df -Pk /dev/shm 2>/dev/null | awk 'END { print $4 + 0 }')
  left=$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo 2>/dev/null)
  [ "${free:-0}" -ge 4000000 ] && [ "${left:-0}" -ge 8000000 ] || return 0
  folder=$(mktemp -d /dev/shm/answerable.XXXXXX 2>/dev/null) || return 0
  printf '#!/bin/sh\n' >"$folder/runs" && chmod 755 "$folder" "$folder/runs"
  "$folder/runs" 2>/dev/null && echo "$folder" || rm -rf "$folder"
}
memory=
[ -n "${TMPDIR:-}" ] || memory=$(in_memory)
[ -z "$memory" ] || trap 'rm -rf "$memory"' EXIT
trap 'exit 130' INT TERM

# Two workers at once, each taking from the other's heap when its own is done. What measures time runs alone
# afterwards, on the disk. Each run goes on after the failure of another, so that one look shows all.
export ANSWERABLE_TEST_SEED="${ANSWERABLE_TEST_SEED:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}"
unset PYTHONDONTWRITEBYTECODE
failed=0
tests() { echo "== $*" >&2; .venv/bin/pytest "$@" || failed=1; }
beside() { TMPDIR="${memory:-${TMPDIR:-/tmp}}" tests -n 2 --dist worksteal "$@"; }
beside -m "not alone"
# shellcheck disable=SC2046 -- names of our own files, without blanks
tests -m alone $(grep -rl --include="*.py" "mark\.alone" tests)
beside --database postgres -m "(store or promise or browser) and not alone"
exit $failed
