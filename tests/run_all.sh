#!/bin/sh
# All tests: the checks, then everything on SQLite, then what touches the store, the promises and the browser
# on PostgreSQL. Ends with pytest's closing line.
set -u
cd "$(dirname "$0")/.."

have_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
have_chinese() { fc-list :lang=zh 2>/dev/null | grep -q .; }

if ! have_chromium || ! have_chinese; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing chromium and fonts for Chinese ..." >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1
    apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk fonts-noto-color-emoji fontconfig >/dev/null || exit 1
  else
    echo "The browser tests need chromium and a font for Chinese." >&2
    echo "On Debian or Ubuntu: sudo apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji fontconfig" >&2
    echo "Elsewhere install chromium and Noto Sans CJK by the system's own means, then run make test again." >&2
    exit 1
  fi
fi

make --no-print-directory check || exit 1

# Two workers: most tests wait for disks and servers. What measures time or starts whole desks runs alone.
export ANSWERABLE_TEST_SEED="${ANSWERABLE_TEST_SEED:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}"
failed=0
.venv/bin/pytest -n 2 --dist loadfile -m "not alone" || failed=1
.venv/bin/pytest -m alone || failed=1
.venv/bin/pytest -n 2 --dist loadfile --database postgres -m "(store or promise or browser) and not alone" || failed=1
exit $failed
