# shellcheck shell=bash disable=SC2154 # the script that sources it sets the rest
# What the scripts of this directory share; sourced, with $here set to it.

home=$(cd "$here/.." && pwd)

# Ends the script with a sentence that says what to do.
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  exit 2
}

java_program() {
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    echo "$JAVA_HOME/bin/java"
  else
    command -v java || fail "no java was found: install a JDK 17 or newer (Debian: apt-get install default-jdk-headless), or set JAVA_HOME"
  fi
}

# Builds this room and those it needs, where their sources are newer than the last build.
build_benchmarks() {
  local built=$here/target/.built log=$here/target/build.log
  if [ -f "$built" ] && [ -z "$(find "$home/pom.xml" "$home"/*/pom.xml "$home"/*/src/main -newer "$built" 2>/dev/null | head -n 1)" ]; then
    return
  fi
  command -v mvn >/dev/null || fail "the benchmarks have to be built first, and no mvn was found: install Maven (Debian: apt-get install maven)"
  mkdir -p "$here/target"
  echo "Building the benchmarks ..." >&2
  (cd "$home" && mvn -B -Dquick -pl benchmarks -am package) >"$log" 2>&1 </dev/null ||
    fail "the build failed: $(grep -m 1 '^\[ERROR\]' "$log"); the whole story is in $log"
  touch "$built"
}

class_path() {
  printf '%s:%s' "$here/target/classes" "$(cat "$here/target/classpath")"
}

# Ends the script when a program is missing that the comparison needs, with the command that installs all that are.
check_tools() {
  local tool missing=()
  while read -r tool package; do
    command -v "$tool" >/dev/null || missing+=("$package")
  done <<'TOOLS'
cc gcc libc6-dev
redis-server redis-server
memcached memcached
ss iproute2
openssl openssl
sqlite3 sqlite3
setsid util-linux
TOOLS
  printf '#include <openssl/ssl.h>\n' | cc -E -x c - >/dev/null 2>&1 || missing+=(libssl-dev)
  [ ${#missing[@]} -eq 0 ] || fail "tools are missing: apt-get install ${missing[*]}"
}
