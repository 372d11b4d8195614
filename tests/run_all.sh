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

sh tests/collect/pds/install.sh ||
  echo "No server of Bluesky's network could be installed (needs node and npm): its tests are left out." >&2

make --no-print-directory check || exit 1

# Two workers at once, because most tests wait for disks and servers. Whole desks, browsers and what measures
# time run alone afterwards. Each run goes on after the failure of another, so that one look shows all.
export ANSWERABLE_TEST_SEED="${ANSWERABLE_TEST_SEED:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}"
failed=0
tests() { echo "== $*" >&2; .venv/bin/pytest "$@" || failed=1; }
tests -n 2 --dist loadfile -m "not alone and not browser"
tests -m "alone or browser"
tests --database postgres -n 2 --dist loadfile -m "(store or promise) and not alone and not browser"
tests --database postgres -m "browser or (alone and store)"
exit $failed
