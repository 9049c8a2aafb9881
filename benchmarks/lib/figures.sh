# shellcheck shell=bash disable=SC2154 # the script that sources it sets the rest
# Figures that peers.sh does not have; a function for each case, called case_NAME. Sourced behind servers.sh, with $rounds
# and $secs set. Each adds lines to figures.tsv: name, value, unit, words.

# A figure that could not be had is left out, and the goal that waits for it is missed.
figure() {
  [ -n "$2" ] || { echo "  $4: not measured" && return; }
  printf '%s\t%s\t%s\t%s\n' "$@" >>"$dir/figures.tsv"
  printf '  %-58s %12s %s\n' "$4" "$2" "$3"
}

median() {
  sort -g | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'
}

divided() {
  awk -v a="$1" -v b="$2" -v digits="${3:-1}" 'BEGIN { printf "%.*f\n", digits, a / b }'
}

# One key of what the load generator prints: key, port, options.
load() {
  local key=$1 port=$2
  shift 2
  "$dir/wload" "$@" 127.0.0.1 "$port" | tr ' ' '\n' | sed -n "s/^$key=//p"
}

# The median over the rounds of a key under the same load: key, port, options.
loads() {
  local round
  for ((round = 0; round < rounds; round++)); do load "$@" -w 1 -d "$secs"; done | median
}

# Writes every register of so many devices: port, devices, registers of each.
fill() {
  "$dir/wload" -f -c 8 -P 64 -D "$2" -R "$3" 127.0.0.1 "$1" >/dev/null || fail "the registers could not be written: see the errors above"
}

# The case of epoll: the plain cases once more, with the other interface of the kernel.
case_epoll() {
  serve epoll --store memory: --no-tls --transport epoll
  "$here/peers.sh" -n "$rounds" -d "$secs" -c read,mixed,many,pipe "plain=${ports[epoll]}" | tee "$dir/epoll.txt"
  stop epoll
}

# What a request costs must not depend on how many registers there are.
case_flat() {
  serve flat --store memory: --no-tls
  fill "${ports[flat]}" 65536 256
  figure flat.one_ops "$(loads ops_s "${ports[flat]}" -c 50 -W 10 -D 1 -R 256)" "requests/s" "mixed over the registers of one device"
  figure flat.all_ops "$(loads ops_s "${ports[flat]}" -c 50 -W 10 -D 65536 -R 256)" "requests/s" "mixed over all registers"
  stop flat
}

# Who only reads must not wait for those who write.
case_readers() {
  serve readers --data "$dir/readers" --no-tls
  fill "${ports[readers]}" 1000 16
  figure readers.alone_us "$(loads p99 "${ports[readers]}" -c 1)" "µs" "99th percentile of one reader alone"
  launch writers "$dir/wload" -c 50 -W 100 -w 0 -d 3600 127.0.0.1 "${ports[readers]}"
  figure readers.beside_us "$(loads p99 "${ports[readers]}" -c 1)" "µs" "99th percentile of one reader beside 50 durable writers"
  stop writers
  stop readers
}

case_memory() {
  serve memory --store memory: --no-tls
  await memory "rest" is_quiet memory
  figure memory.fresh_mb "$(divided "$(resident_kb memory)" 1024)" "MB" "resident memory of a fresh server"
  fill "${ports[memory]}" 65536 256
  figure memory.full_mb "$(divided "$(resident_kb memory)" 1024)" "MB" "resident memory with all registers written"
  stop memory
}

readonly IDLE=10000
readonly -a PATIENT=(--store memory: --linger 1h --idle-timeout 1h --first-byte-timeout 1h --handshake-timeout 10m --max-connections 12000 --max-connections-per-address 0 --max-handshakes-per-address 0)

# Opens the idle connections, and waits until all have had their reply: name of the server, port, options of the load.
open_idle() {
  local server=$1 port=$2
  shift 2
  launch idle "$dir/wload" -i -c "$IDLE" -w 0 -d 3600 "$@" 127.0.0.1 "$port"
  await idle "connections" are_open "$port"
  await "$server" "rest" is_quiet "$server"
  are_open "$port" || fail "$server closed some of $IDLE idle connections: see $dir/$server.log"
}

are_open() {
  [ "$(ss -tnH state established "sport = :$1" | wc -l)" -ge "$IDLE" ]
}

# Resident memory for one idle connection in KB, on a server that has been busy before: name, port, options of the load.
idle_kb() {
  local name=$1 before after
  load ops_s "$2" -c 50 -W 10 -w 0 -d "$secs" "${@:3}" >/dev/null
  before=$(resident_kb "$name")
  open_idle "$@" >&2
  after=$(resident_kb "$name")
  stop idle
  idle_result=$(divided $((after - before)) "$IDLE" 2)
}

case_idle() {
  serve idle-plain "${PATIENT[@]}" --no-tls
  idle_kb idle-plain "${ports[idle-plain]}"
  figure idle.plain_kb "$idle_result" "KB" "an idle plain connection"
  stop idle-plain
  serve idle-secure "${PATIENT[@]}" --data "$dir/tls" --no-plain
  idle_kb idle-secure "${ports[idle-secure-tls]}" -T
  figure idle.tls_kb "$idle_result" "KB" "an idle TLS connection"
  stop idle-secure
  redis idle-redis
  idle_kb idle-redis "${ports[idle-redis]}" -p resp
  figure idle.redis_kb "$idle_result" "KB" "an idle plain connection of Redis"
  stop idle-redis
}

# Idle connections must cost the busy ones nothing; the rounds alternate.
case_idlebusy() {
  local round
  serve crowded "${PATIENT[@]}" --no-tls
  for ((round = 0; round < rounds; round++)); do
    load ops_s "${ports[crowded]}" -c 50 -W 10 -w 1 -d "$secs" >>"$dir/alone"
    open_idle crowded "${ports[crowded]}"
    load ops_s "${ports[crowded]}" -c 50 -W 10 -w 1 -d "$secs" >>"$dir/beside"
    stop idle
  done
  figure idlebusy.alone_ops "$(median <"$dir/alone")" "requests/s" "50 busy connections alone"
  figure idlebusy.beside_ops "$(median <"$dir/beside")" "requests/s" "50 busy connections beside $IDLE idle ones"
  stop crowded
}
