# shellcheck shell=bash disable=SC2154 # the script that sources it sets the rest
# Figures of whole processes, of the disk, and of long runs; as those of figures.sh, behind which it is sourced.

readonly MILLION_DEVICES=62500 MILLION_REGISTERS=16

now_us() {
  echo "${EPOCHREALTIME/[.,]/}"
}

# Milliseconds from a command to its port: data directory. The median of five; the first makes the keys.
start_ms() {
  local port before attempt
  for attempt in 1 2 3 4 5; do
    port=$(free_port)
    before=$(now_us)
    launch "start$attempt" "$home/wwep" serve --bind 127.0.0.1 --port "$port" --tls-port 0 --data "$1"
    await "start$attempt" "connection" answers "$port"
    echo $((($(now_us) - before) / 1000)) >>"$1.times"
    stop "start$attempt"
  done
  start_result=$(median <"$1.times")
}

# Makes a data directory with so many registers written: directory, devices, registers of each.
make_data() {
  [ ! -e "$1/wwep.db" ] || return 0
  serve maker --data "$1" --no-tls
  fill "${ports[maker]}" "$2" "$3"
  stop maker
}

case_starts() {
  start_ms "$dir/empty"
  figure starts.empty_ms "$start_result" "ms" "command to listening, no register written"
  make_data "$dir/million" "$MILLION_DEVICES" "$MILLION_REGISTERS"
  start_ms "$dir/million"
  figure starts.million_ms "$start_result" "ms" "command to listening, a million registers"
  make_data "$dir/all" 65536 256
  start_ms "$dir/all"
  figure starts.all_ms "$start_result" "ms" "command to listening, all registers"
  rm -rf "$dir/all"
}

case_command() {
  local before attempt
  serve asked --store memory: --no-tls
  fill "${ports[asked]}" 1 1
  for attempt in 1 2 3 4 5; do
    before=$(now_us)
    "$home/wwep" read 0000 00 --host 127.0.0.1 --port "${ports[asked]}" >/dev/null || fail "attempt $attempt of 'wwep read' failed: see its message above"
    echo $((($(now_us) - before) / 1000))
  done >"$dir/reads"
  figure command.read_ms "$(median <"$dir/reads")" "ms" "wwep read as a whole process"
  stop asked
}

# Ten million writes: every register of 153 for each device, once.
readonly HISTORY_REGISTERS=153

case_history() {
  make_data "$dir/history" 65536 "$HISTORY_REGISTERS"
  "$(java_program)" -cp "$(class_path)" io.wwep.benchmarks.HistoryPage "$dir/history" "$HISTORY_REGISTERS" >"$dir/page" ||
    fail "the history could not be read: see the message above"
  figure history.page_ms "$(cut -d' ' -f1 "$dir/page")" "ms" "history of one register among 10 million writes, first page"
  figure history.cold_ms "$(cut -d' ' -f2 "$dir/page")" "ms" "the same, the first of a process, with the JVM cold"
}

first_write() {
  sqlite3 "$dir/history/wwep.db" 'select min(id) from history_chunks'
}

# Few enough writes that no checkpoint falls due of itself, on an empty store; and the same while the server removes
# ten million rows of history, which makes it checkpoint all the time.
case_housekeeping() {
  local first
  local -a probe=(-c 10 -W 100 -L 200 -w 0 -d 3)
  serve quiet --data "$dir/quiet" --no-tls
  figure housekeeping.quiet_us "$(load p99 "${ports[quiet]}" "${probe[@]}")" "µs" "99th percentile of durable writes without housekeeping"
  stop quiet
  make_data "$dir/history" 65536 "$HISTORY_REGISTERS"
  first=$(first_write)
  serve pruning --data "$dir/history" --no-tls --history 1000rows
  figure housekeeping.busy_us "$(load p99 "${ports[pruning]}" "${probe[@]}")" "µs" "99th percentile of durable writes while checkpoints and pruning run"
  figure housekeeping.pruned "$(($(first_write) - first))" "writes" "removed from the history meanwhile"
  stop pruning
}

# Longest stop of all threads in ms, of the JVM's safepoint log.
longest_pause_ms() {
  sed -n 's/.*Total: *\([0-9]*\) ns.*/\1/p' "$1" | sort -g | tail -n 1 | awk '{ printf "%.2f\n", $1 / 1e6 }'
}

# Arrivals that do not wait for replies, at half of what the server can take. The log is cut at the start of the run.
case_openloop() {
  local rate
  WWEP_JAVA_OPTIONS="-Xlog:safepoint*:file=$dir/safepoints::filecount=0" serve open --store memory: --no-tls
  rate=$(($(loads ops_s "${ports[open]}" -c 50 -W 10) / 2))
  : >"$dir/safepoints"
  "$dir/wload" -c 50 -W 10 -L "$rate" -w 1 -d "$open_secs" 127.0.0.1 "${ports[open]}" | tr ' ' '\n' >"$dir/open"
  figure openloop.rate "$rate" "requests/s" "open loop for $open_secs s, arrivals"
  figure openloop.served "$(sed -n 's/^ops_s=//p' "$dir/open")" "requests/s" "open loop, served"
  figure openloop.p99_ms "$(divided "$(sed -n 's/^p99=//p' "$dir/open")" 1000 2)" "ms" "open loop, 99th percentile"
  figure openloop.max_ms "$(divided "$(sed -n 's/^max=//p' "$dir/open")" 1000 2)" "ms" "open loop, longest of all requests"
  figure openloop.pause_ms "$(longest_pause_ms "$dir/safepoints")" "ms" "open loop, longest pause of the JVM"
  stop open
}
