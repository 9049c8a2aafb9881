/* The client of wwep.h. */
#include "wwep.h"

static const char DIGITS[] = "0123456789ABCDEF";

uint16_t wwep_device_id(const uint8_t mac[6]) {
  uint16_t sum = 0;
  for (int i = 0; i < 6; i++) sum = (uint16_t)(sum + mac[i]);
  return sum;
}

/* Appends a number as hex digits; sprintf would cost a board without it 20 KiB and more. */
static char *put_hex(char *at, unsigned number, int digits) {
  for (int i = digits - 1; i >= 0; i--) *at++ = DIGITS[(number >> (4 * i)) & 0xF];
  return at;
}

void wwep_format_write(char text[WWEP_TEXT_SIZE], uint16_t device, uint8_t reg, uint16_t value) {
  wwep_format_read(text, device, reg);
  text[0] = 'W';
  *put_hex(text + WWEP_READ_BYTES, value, 4) = '\0';
}

void wwep_format_read(char text[WWEP_TEXT_SIZE], uint16_t device, uint8_t reg) {
  text[0] = 'R';
  *put_hex(put_hex(text + 1, device, 4), reg, 2) = '\0';
}

/* Returns the value of a hex digit, or -1. */
static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/* Reads so many hex digits; returns whether that is what they are. */
static int get_hex(const char *at, int digits, unsigned *number) {
  *number = 0;
  for (int i = 0; i < digits; i++) {
    int next = digit(at[i]);
    if (next < 0) return 0;
    *number = *number << 4 | (unsigned)next;
  }
  return 1;
}

wwep_result wwep_parse_reply(const wwep_reply *reply, uint16_t device, uint8_t reg, uint16_t *value) {
  unsigned for_device, for_reg, number;
  if (reply->length != WWEP_REPLY_BYTES || reply->text[0] != 'A') return WWEP_NOT_WWEP;
  if (!get_hex(reply->text + 1, 4, &for_device) || !get_hex(reply->text + 5, 2, &for_reg) ||
      !get_hex(reply->text + 7, 4, &number)) {
    return WWEP_NOT_WWEP;
  }
  *value = (uint16_t)number;
  return for_device == device && for_reg == reg ? WWEP_OK : WWEP_OTHER_REPLY;
}

/*
 * Collects a reply. TCP is a stream: one receive may give a part of it, so it takes as many as are needed. The time is that
 * of the whole reply; counted for each byte, a server that sends one now and then would hold a board for seconds.
 */
static wwep_result receive_reply(const wwep_transport *transport, wwep_reply *reply) {
  void *context = transport->context;
  uint32_t start_ms = transport->now_ms(context);
  while (reply->length < WWEP_REPLY_BYTES) {
    uint32_t spent_ms = transport->now_ms(context) - start_ms; /* right also when the clock has run over */
    size_t got = 0;
    wwep_result result = WWEP_NO_REPLY;
    if (spent_ms < WWEP_REPLY_MS) {
      result = transport->receive(context, reply->text + reply->length, WWEP_REPLY_BYTES - reply->length, &got,
                                  WWEP_REPLY_MS - spent_ms);
    }
    if (result != WWEP_OK && reply->length > 0) {
      return result == WWEP_NO_REPLY ? WWEP_SLOW_REPLY : WWEP_CUT_REPLY;
    }
    if (result != WWEP_OK) return result;
    reply->length += got;
    reply->text[reply->length] = '\0';
    if (reply->text[0] == 'X') return WWEP_X;
    if (reply->text[0] != 'A') return WWEP_NOT_WWEP;
  }
  return WWEP_OK;
}

wwep_result wwep_exchange(const wwep_server *server, const void *request, size_t length, wwep_reply *reply) {
  const wwep_transport *transport = server->transport;
  reply->length = 0;
  reply->text[0] = '\0';
  wwep_result result = transport->connect(transport->context, server->host, server->port, WWEP_CONNECT_MS);
  if (result == WWEP_OK) result = transport->send(transport->context, request, length, WWEP_REPLY_MS);
  if (result == WWEP_OK) result = receive_reply(transport, reply);
  transport->close(transport->context);
  return result;
}

wwep_result wwep_write(const wwep_server *server, uint16_t device, uint8_t reg, uint16_t value) {
  char text[WWEP_TEXT_SIZE];
  wwep_reply reply;
  uint16_t stored = 0;
  wwep_format_write(text, device, reg, value);
  wwep_result result = wwep_exchange(server, text, WWEP_WRITE_BYTES, &reply);
  if (result == WWEP_OK) result = wwep_parse_reply(&reply, device, reg, &stored);
  return result == WWEP_OK && stored != value ? WWEP_OTHER_REPLY : result;
}

wwep_result wwep_read(const wwep_server *server, uint16_t device, uint8_t reg, uint16_t *value) {
  char text[WWEP_TEXT_SIZE];
  wwep_reply reply;
  wwep_format_read(text, device, reg);
  wwep_result result = wwep_exchange(server, text, WWEP_READ_BYTES, &reply);
  return result == WWEP_OK ? wwep_parse_reply(&reply, device, reg, value) : result;
}

int wwep_is_not_trusted(wwep_result result) {
  return result == WWEP_UNKNOWN_CA || result == WWEP_WRONG_NAME || result == WWEP_EXPIRED || result == WWEP_NOT_YET ||
         result == WWEP_NOT_TRUSTED;
}

const char *wwep_strerror(wwep_result result) {
  switch (result) {
    case WWEP_OK: return "accepted";
    case WWEP_X: return "X: the message is illegal, or nobody has written that register yet; the server's console says which";
    case WWEP_NO_REPLY: return "no reply in time: is the message complete (and flushed), and is this a WWEP server?";
    case WWEP_SLOW_REPLY: return "a part of a reply, and not the rest in time: is the network overloaded?";
    case WWEP_CLOSED: return "the server closed the connection without a reply: look at its console";
    case WWEP_CUT_REPLY: return "the server closed in the middle of its reply: try again, and look at its console";
    case WWEP_LOST: return "the connection broke: try again, and look at the server's console";
    case WWEP_NOT_WWEP: return "what came back is not WWEP: check the port, plain WWEP is on 27708 and TLS on 40508";
    case WWEP_OTHER_REPLY: return "the reply is for another register or value: look for what changes messages on the way";
    case WWEP_NO_HOST: return "the server's name has no address: check the name, or give the address";
    case WWEP_REFUSED: return "nothing listens on that port: is the server started, and is the port right?";
    case WWEP_UNREACHABLE: return "no connection: check the address, the Wi-Fi and the firewall";
    case WWEP_NO_SOCKET: return "no socket is left on this device: close each one that is done with";
    case WWEP_NO_TLS: return "the TLS handshake failed: is this the TLS port (40508)? The server's console says more";
    case WWEP_SLOW_TLS: return "the TLS handshake took too long: a smaller key (P-256) and a shorter chain make it faster";
    case WWEP_TLS_ALERT: return "the server ended TLS with an alert: its console says why (does it want a certificate?)";
    case WWEP_TLS_SETUP: return "TLS cannot be set up here: is there memory, and a source of randomness?";
    case WWEP_NO_ROOT: return "no root certificate is loaded, so no server can be trusted: load the server's";
    case WWEP_BAD_ROOT: return "the root certificate cannot be read: it has to be PEM, with each line's end in the string";
    case WWEP_BAD_IDENTITY: return "this device's own certificate and key cannot be used: both have to be PEM, and a pair";
    case WWEP_UNKNOWN_CA: return "not trusted: the certificate is not of the root that is loaded: load the server's root";
    case WWEP_WRONG_NAME: return "not trusted: the certificate is for another name: connect to a name that it has";
    case WWEP_EXPIRED: return "not trusted: the certificate has expired: renew it (or is this device's clock wrong?)";
    case WWEP_NOT_YET: return "not trusted: the certificate is not valid yet: is this device's clock set?";
    case WWEP_NOT_TRUSTED: return "not trusted: the certificate is not for servers, or its key or hash is too weak";
  }
  return "no such result";
}
