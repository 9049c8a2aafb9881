#!/usr/bin/env bash
# Walks through the security half of the lecture, with this project on one side and real tools on the other: make, fetch,
# view, convert, embed in a program in C, connect with and without verifying, with and without a certificate of one's own;
# and each failure is diagnosed on both sides.
#
#   security-lecture.sh SOURCES WWEP...
#
# SOURCES is the folder of the boards in C; WWEP the command that starts wwep, with its first arguments. Works in the current
# folder, which is to be empty. Prints each step; ends with 0, or with 1 at the first thing that is not as it should be.
set -u
sources=$1
shift
wwep=("$@")
server=

cleanup() {
  [ -n "$server" ] || return
  kill "$server" 2>/dev/null
  wait "$server" 2>/dev/null
}
trap cleanup EXIT

step() { printf '\n== %s\n' "$*"; }

fail() {
  printf 'FAILED: %s\n' "$*"
  exit 1
}

# Runs wwep; what it prints is in out and err.
run() {
  "${wwep[@]}" "$@" >out 2>err </dev/null
}

# run, and it has to succeed.
ok() {
  run "$@" || fail "wwep $* ended with $?: $(cat out err)"
  cat out
}

# expect TEXT FILE: the file holds the text.
expect() { grep -qF -- "$1" "$2" || fail "'$1' is not in $2: $(cat "$2")"; }

# same TEXT TEXT WHAT: two results agree.
same() { [ "$1" = "$2" ] || fail "$3: '$1' is not '$2'"; }

openssl_fingerprint() { openssl x509 -noout -fingerprint -sha256 "$@" | sed 's/.*=//'; }

# Starts a server with these options on free ports, and waits until it serves.
serve() {
  cleanup
  "${wwep[@]}" serve --port 0 --tls-port 0 --data data --cert localhost.pem --key localhost.key.pem "$@" >log 2>&1 </dev/null &
  server=$!
  for _ in $(seq 300); do
    grep -q engine log && break
    kill -0 "$server" 2>/dev/null || fail "the server did not start: $(cat log)"
    sleep 0.1
  done
  port=$(sed -n 's/^ *TLS *port \([0-9]*\).*/\1/p' log)
  plain=$(sed -n 's/^ *plain *port \([0-9]*\).*/\1/p' log)
}

# told TEXT...: the server's log gets a line with all of these within five seconds.
told() {
  for _ in $(seq 50); do
    lines=$(cat log)
    for text in "$@"; do lines=$(grep -F -- "$text" <<<"$lines"); done
    [ -n "$lines" ] && printf '%s\n' "$lines" | tail -n 1 && return
    sleep 0.1
  done
  fail "the server did not say '$*': $(cat log)"
}

# ---------------------------------------------------------------------------------------------

step "create: a class of thirty by three commands"
ok cert ca --name 'Class 4b'
ok cert server localhost 127.0.0.1
ok cert device 0001-001E
same "$(ls device-*.pem | wc -l | tr -d ' ')" 60 "files of thirty boards"
for each in localhost device-0001 device-001E; do
  openssl verify -x509_strict -CAfile ca.pem "$each.pem" >/dev/null || fail "openssl does not verify $each.pem"
done

step "create, as the lecture does it: a certificate that signs itself"
ok cert new elsewhere.lab
openssl verify -CAfile elsewhere.lab.pem elsewhere.lab.pem >/dev/null || fail "openssl does not take elsewhere.lab.pem"

step "fetch: what a browser would show, and the root that a board needs"
serve
ok cert fetch "localhost:$port" --ca ca.pem --save leaf --out fetched
same "$(openssl_fingerprint -in fetched/localhost.pem)" "$(openssl_fingerprint -in localhost.pem)" "the fetched certificate"
same "$(openssl s_client -connect "localhost:$port" </dev/null 2>/dev/null | openssl_fingerprint)" \
  "$(openssl_fingerprint -in fetched/localhost.pem)" "what openssl fetches"
ok cert fetch "localhost:$port" --ca ca.pem --save root --out root
root=$(ls root/*.pem)
same "$(openssl_fingerprint -in "$root")" "$(openssl_fingerprint -in ca.pem)" "the saved root"

step "view: in words, and with the same fingerprint that openssl prints"
ok cert show localhost.pem
expect "$(openssl_fingerprint -in localhost.pem)" out
expect "Class 4b" out
run cert show localhost.key.pem
if grep -qF -- "$(sed -n 2p localhost.key.pem)" out err; then fail "a private key was printed"; fi

step "convert: to DER, to PKCS#12, and back"
ok cert convert localhost.pem localhost.der
same "$(openssl_fingerprint -inform der -in localhost.der)" "$(openssl_fingerprint -in localhost.pem)" "DER for openssl"
ok cert convert localhost.der back.pem
same "$(openssl_fingerprint -in back.pem)" "$(openssl_fingerprint -in localhost.pem)" "PEM of DER"
printf 'changeit' >password
ok cert convert device-0001.pem board.p12 --key device-0001.key.pem --password-file password
openssl pkcs12 -in board.p12 -passin file:password -nokeys 2>/dev/null | openssl_fingerprint >p12 || fail "openssl does not read the PKCS#12"
same "$(cat p12)" "$(openssl_fingerprint -in device-0001.pem)" "PKCS#12 for openssl"
keytool -list -keystore board.p12 -storepass changeit >keytool 2>&1 || fail "keytool does not read the PKCS#12: $(cat keytool)"

step "embed: the root becomes a part of a program in C, which mbed TLS reads"
ok cert embed ca.pem --as header --name root_ca --out root_ca.h
cc -std=gnu99 -O2 -Wall -Wextra -Werror -I. -DROOT_HEADER='"root_ca.h"' -o board "$sources/board_mbedtls.c" \
  -lmbedtls -lmbedx509 -lmbedcrypto || fail "what embed wrote does not compile"
mkdir wrong
ok cert embed elsewhere.lab.pem --as header --name root_ca --out wrong/root_ca.h
cc -std=gnu99 -O2 -Wall -Wextra -Werror -Iwrong -DROOT_HEADER='"root_ca.h"' -o misled "$sources/board_mbedtls.c" \
  -lmbedtls -lmbedx509 -lmbedcrypto || fail "what embed wrote does not compile"

step "verify: what a board decides, before it does"
ok cert verify --ca ca.pem "localhost:$port"
run cert verify --ca ca.pem --at 1970-01-01 "localhost:$port" && fail "a board at 1970 was said to accept"
expect "set its clock" out
run cert verify --ca elsewhere.lab.pem "localhost:$port" && fail "another root was said to do"
expect "FAILED" out

step "connect, verifying"
./board localhost "$port" tls embedded W0001050001 >reply || fail "the board did not get its reply: $(cat reply)"
expect "got A0001050001" reply
told "W0001050001 -> A0001050001"

step "connect, not verifying: it works, and nobody notices who answers"
./misled localhost "$port" tls - R000105 >reply || fail "the board did not get its reply: $(cat reply)"
expect "got A0001050001" reply

step "the wrong root: the board refuses, and both sides say why"
./misled localhost "$port" tls embedded R000105 >reply 2>why && fail "the board took a server that its root did not sign"
expect "-0x2700" why
told "alert 48 (unknown_ca)" "load the server's certificate, or the root that signed it"
run read --ca elsewhere.lab.pem --host localhost --port "$port" 0001 05 && fail "the client took a server that it does not trust"
expect "--ca" err

step "the wrong name"
run read --ca ca.pem --host 127.0.0.2 --port "$port" 0001 05 && fail "the client took another name"
told "tls-failed" "the certificate names localhost, 127.0.0.1"

step "plain on the TLS port, TLS on the plain port"
same "$(printf R000105 | nc -w 5 localhost "$port")" X "the reply to plain on the TLS port"
told "plain-on-tls-port" "plain port, $plain"
openssl s_client -connect "localhost:$plain" </dev/null >/dev/null 2>&1
told "tls-on-plain-port" "TLS port, $port"

step "boards prove who they are"
serve --client-ca ca.pem --read-only plain
export BOARD_CERT=device-0002.pem BOARD_KEY=device-0002.key.pem
./board localhost "$port" tls embedded W0002050001 >reply || fail "the board did not get its reply: $(cat reply)"
told "W0002050001 -> A0002050001"
./board localhost "$port" tls embedded W0003050001 >reply && fail "a board wrote another one's register"
told "denied" "the certificate is device 0002's"
BOARD_KEY=device-0003.key.pem ./board localhost "$port" tls embedded R000205 >reply 2>&1 && fail "a wrong key was taken"
told "does not fit the certificate that it showed"
unset BOARD_CERT BOARD_KEY
./board localhost "$port" tls embedded R000205 >reply 2>&1 && fail "a board without a certificate was let in"
told "showed no certificate of its own"
run read --ca ca.pem --host localhost --port "$port" 0002 05 && fail "the client was let in without a certificate"
expect "--cert" err
ok read --ca ca.pem --host localhost --port "$port" --cert device-0002.pem 0002 05
same "$(cat out)" 0001 "what the client reads with a certificate"
run write --ca ca.pem --host localhost --port "$port" --cert elsewhere.lab.pem --key elsewhere.lab.key.pem 0002 05 0000 &&
  fail "a server's certificate was taken for a client's"
same "$(printf W0002050000 | nc -w 5 localhost "$plain")" X "a write on the plain port that takes reads only"

printf '\nThe lecture was walked to its end.\n'
