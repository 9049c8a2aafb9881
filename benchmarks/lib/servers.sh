# shellcheck shell=bash disable=SC2154 # the script that sources it sets the rest
# Starting and ending the servers that are measured; sourced behind common.sh, with $dir set to a temporary directory.

readonly AWAIT_SECONDS=60

declare -A pids ports

# Ends exactly what was started here.
stop_all() {
  local name
  for name in "${!pids[@]}"; do stop "$name"; done
}

stop() {
  local pid=${pids[$1]:-}
  [ -n "$pid" ] || return 0
  unset "pids[$1]"
  kill "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  return 0
}

# Runs a program detached from the terminal: name, command line. What it prints is in $dir/NAME.log.
launch() {
  local name=$1
  shift
  : >"$dir/$name.log"
  setsid "$@" </dev/null >"$dir/$name.log" 2>&1 &
  pids[$name]=$!
}

# Tries a command until it succeeds, or the named program ends: name, what is waited for, command line.
await() {
  local name=$1 what=$2 deadline=$((SECONDS + AWAIT_SECONDS))
  shift 2
  until "$@"; do
    kill -0 "${pids[$name]}" 2>/dev/null || fail "$name ended before $what: $(tail -n 1 "$dir/$name.log")"
    [ "$SECONDS" -lt "$deadline" ] || fail "no $what of $name within $AWAIT_SECONDS s: see whether the machine is too busy"
    sleep 0.02
  done
}

# Starts a wwep server on free ports, and notes them as ports[NAME] and ports[NAME-tls]: name, options of serve.
serve() {
  local name=$1
  shift
  launch "$name" "$home/wwep" serve --bind 127.0.0.1 --port 0 --tls-port 0 "$@"
  await "$name" "banner" has_banner "$name"
  ports[$name]=$(port_in "$name" plain)
  ports[$name-tls]=$(port_in "$name" TLS)
}

has_banner() {
  grep -q '^  data ' "$dir/$1.log"
}

port_in() {
  awk -v door="$2" '$1 == door && $2 == "port" { print $3; exit }' "$dir/$1.log"
}

# A port that nobody listens on.
free_port() {
  local port
  while port=$((20000 + RANDOM % 20000)); do
    [ -n "$(ss -ltnH "sport = :$port")" ] || break
  done
  echo "$port"
}

answers() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Starts a Redis that keeps nothing: name, further options.
redis() {
  local name=$1
  shift
  ports[$name]=$(free_port)
  launch "$name" redis-server --save "" --protected-mode no --bind 127.0.0.1 --dir "$dir" --maxclients 12000 --port "${ports[$name]}" "$@"
  await "$name" "connection" answers "${ports[$name]}"
}

# Resident memory in KB of a server that was started here.
resident_kb() {
  awk '/^VmRSS:/ { print $2 }' "/proc/${pids[$1]}/status"
}

ticks_of() {
  awk '{ print $14 + $15 }' "/proc/${pids[$1]}/stat"
}

# Succeeds when the server has done nothing for half a second.
is_quiet() {
  local before
  before=$(ticks_of "$1")
  sleep 0.5
  [ "$(ticks_of "$1")" -le $((before + 1)) ]
}
