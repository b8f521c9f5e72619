# Sourced: installs what the tests need and the machine lacks, where it can (as root, on Debian and its kin).
# What cannot be installed is said here, and the tests that need it say that they were skipped.

need() { # need COMMAND PACKAGE...
  command -v "$1" >/dev/null 2>&1 && return 0
  shift
  missing+=("$@")
}

missing=()
need openssl openssl
need age age
need chromium chromium
need xxd xxd
need xmllint libxml2-utils
need unzip unzip
need bsdtar libarchive-tools
need strace strace
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing: ${missing[*]}"
    # PostgreSQL's package would make and start a cluster of its own; the tests make theirs.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
      echo "could not install ${missing[*]}: the tests that need them are skipped and say so"
  else
    echo "not installed: ${missing[*]} (root on Debian could): the tests that need them are skipped and say so"
  fi
fi

if command -v npm >/dev/null 2>&1 && [ -f tests/vectors-npm/package-lock.json ] && [ ! -d tests/vectors-npm/node_modules ]; then
  npm ci --prefix tests/vectors-npm --no-audit --no-fund --silent || echo "npm ci failed: the age vectors are skipped and say so"
fi

if command -v npm >/dev/null 2>&1 && [ -f eng/case/package-lock.json ] && [ ! -d eng/case/node_modules ]; then
  npm ci --prefix eng/case --no-audit --no-fund --silent --ignore-scripts ||
    echo "npm ci failed: the check of CASE files against shapes is skipped and says so"
fi
