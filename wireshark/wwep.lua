-- WWEP, the WICED Wi-Fi Example Protocol, for Wireshark 4 (Lua 5.2 to 5.4).
--
-- One file, for the folder of personal Lua plugins ("wwep help wireshark" says where that is) or for
-- tshark -X lua_script:wwep.lua. PROTOCOL.md is what it knows of the wire.
--
-- How it works. Wireshark shows each captured frame ("packet" here, since WWEP has frames too) at least
-- once in their order, and later again in any order. All that depends on what came before is found out the
-- first time, kept by packet number, and only drawn later. So nothing here asks Wireshark to put segments
-- together: a WWEP frame that stops in the middle must be seen as well, and why it stopped.
--
--   packets --> stream (by tcp.stream) --> side of client or server --> units (what is drawn of a packet)
--                                                  |
--                                                  +--> messages: a request and a reply that refer to each other

-- Who has installed it, and names it on the command line too, has it once.
local known, dissector_there = pcall(Dissector.get, "wwep")
if known and dissector_there then
  return
end

local wwep = Proto("wwep", "WICED Wi-Fi Example Protocol")
local door = Proto("wwep-tls", "WWEP over TLS, or what came instead")

local PLAIN_PORT, TLS_PORT = 27708, 40508
local WRITE_LENGTH, READ_LENGTH, ACCEPTED_LENGTH, EXPLAINED_LENGTH = 11, 7, 11, 11
local SHOWN_BYTES_MAX = 64     -- of what a peer sent, as the server shows it
local EXPLANATION_BYTES_MAX = 64
local INFO_FRAMES_MAX = 8      -- named in the Info column of one packet; the rest is counted

if set_plugin_info then
  set_plugin_info({ version = "1.0.0", author = "wwep", description = "WWEP, registers for IoT boards over TCP and TLS" })
end

-- ---- what can be filtered by

local field = {
  command = ProtoField.string("wwep.command", "Command"),
  device = ProtoField.uint16("wwep.device", "Device", base.HEX),
  register = ProtoField.uint8("wwep.register", "Register", base.HEX),
  value = ProtoField.uint16("wwep.value", "Value", base.HEX),
  reply = ProtoField.string("wwep.reply", "Reply"),
  explanation = ProtoField.string("wwep.explanation", "Explanation", nil, "What a server started with --explain says behind an X"),
  code = ProtoField.string("wwep.code", "Code", nil, "Why it is an X, by the codes of the protocol"),
  bytes = ProtoField.string("wwep.bytes", "Bytes", nil, "What came: printable ASCII as is, the rest as \\xNN, cut at 64"),
  time = ProtoField.relative_time("wwep.time", "Time since request"),
  request_in = ProtoField.framenum("wwep.request_in", "Request in", base.NONE, frametype.REQUEST),
  response_in = ProtoField.framenum("wwep.response_in", "Response in", base.NONE, frametype.RESPONSE),
  segment = ProtoField.framenum("wwep.segment", "Part in", base.NONE, frametype.NONE, 0, "A packet that brought a part of this frame"),
  complete_in = ProtoField.framenum("wwep.complete_in", "Complete in", base.NONE, frametype.NONE, 0, "The packet that brought the last part"),
}
wwep.fields = field

local function expert_of(name, text, group, severity)
  return ProtoExpert.new("wwep.expert." .. name, text, group, severity)
end

local bad = {} -- by code
for _, each in ipairs({
  { "incomplete", expert.group.MALFORMED }, { "too-long", expert.group.MALFORMED }, { "bad-command", expert.group.MALFORMED },
  { "bad-digit", expert.group.MALFORMED }, { "tls-on-plain-port", expert.group.PROTOCOL },
  { "plain-on-tls-port", expert.group.PROTOCOL }, { "http", expert.group.PROTOCOL },
  { "denied", expert.group.RESPONSE_CODE }, { "storage", expert.group.RESPONSE_CODE },
  { "limited", expert.group.RESPONSE_CODE }, { "tls-failed", expert.group.RESPONSE_CODE },
}) do
  bad[each[1]] = expert_of(each[1]:gsub("-", "_"), each[1], each[2], expert.severity.ERROR)
end
bad["not-written"] = expert_of("not_written", "not-written", expert.group.RESPONSE_CODE, expert.severity.WARN)

local note = {
  refused = expert_of("refused", "a legal frame was answered X", expert.group.RESPONSE_CODE, expert.severity.WARN),
  wrong_reply = expert_of("wrong_reply", "this reply answers another request", expert.group.PROTOCOL, expert.severity.ERROR),
  no_wwep = expert_of("no_wwep", "no WWEP server sends this", expert.group.PROTOCOL, expert.severity.ERROR),
  unasked = expert_of("unasked", "nobody asked for this reply", expert.group.SEQUENCE, expert.severity.WARN),
  no_response = expert_of("no_response", "no reply to it was captured", expert.group.SEQUENCE, expert.severity.NOTE),
  ignored = expert_of("ignored", "thrown away by the server", expert.group.SEQUENCE, expert.severity.NOTE),
  repeated = expert_of("repeated", "sent before: shown where it came first", expert.group.SEQUENCE, expert.severity.NOTE),
  gap = expert_of("gap", "bytes before this were not captured", expert.group.SEQUENCE, expert.severity.WARN),
}
wwep.experts = {}
for _, list in ipairs({ bad, note }) do
  for _, each in pairs(list) do
    table.insert(wwep.experts, each)
  end
end

local tcp_stream, tcp_seq, tcp_seq_raw = Field.new("tcp.stream"), Field.new("tcp.seq"), Field.new("tcp.seq_raw")
local tcp_length, tcp_fin = Field.new("tcp.len"), Field.new("tcp.flags.fin")
local tls_record = Field.new("tls.record.length")

-- ---- words; those of the server, with the same sense

local function show_byte(b)
  if b >= 0x20 and b < 0x7F and b ~= 0x5C then
    return string.char(b)
  end
  return string.format("\\x%02X", b)
end

local function show(bytes)
  local text = bytes:sub(1, SHOWN_BYTES_MAX):gsub(".", function(c) return show_byte(c:byte()) end)
  return #bytes > SHOWN_BYTES_MAX and text .. "…" or text
end

local function quote(b)
  return (b >= 0x20 and b < 0x7F) and "'" .. string.char(b) .. "'" or show_byte(b)
end

local function kind(length)
  return length == READ_LENGTH and "read" or "write"
end

local words = {}

function words.incomplete(came, expected, ending)
  return string.format("%d of the %d bytes of a %s came before %s: send the whole frame in one go", came, expected, kind(expected), ending)
end

function words.too_long(expected, extra)
  if extra == 0 then
    return "the string's terminating NUL was sent too: send strlen(), not sizeof"
  end
  return string.format("a %s is %d bytes, and %s follows: end the frame after its last digit", kind(expected), expected, quote(extra))
end

function words.bad_command(first)
  local letter = string.char(first)
  if letter == "r" or letter == "w" then
    return string.format("the command letter is upper case: send %s, not %s", letter:upper(), letter)
  end
  return "a frame starts with R (read) or W (write), not with " .. quote(first)
end

function words.bad_digit(position, digit)
  local part = position <= 5 and "device" or position <= 7 and "register" or "value"
  return string.format("byte %d (in the %s) is %s and no hex digit: send 0-9, A-F or a-f there", position, part, quote(digit))
end

function words.not_written(m)
  return string.format("nobody has written register %02X of device %04X yet: write it first, as in W%04X%02X1234", m.register, m.device, m.device, m.register)
end

words.tls_on_plain_port = "a TLS handshake came to the plain port: connect to the TLS port (40508, unless the server was told otherwise)"
words.plain_on_tls_port = "WWEP in clear came to the TLS port: enable TLS on the socket before it connects, or connect to the plain port (27708, unless the server was told otherwise)"
words.text_on_tls_port = "what came to the TLS port is neither TLS nor WWEP: begin with a TLS handshake, or send WWEP in clear to the plain port (27708, unless the server was told otherwise)"
words.http = "an HTTP request came, and this port speaks WWEP: open the server's browser console, or send a frame, as in R0FAC0B"
words.refused = "the frame is legal, and was refused all the same (denied, limited or storage): the server's console or log says why"
words.explained = "the server says %s: its console or log has the whole sentence"
words.unasked = "nobody asked for this reply, or its request was not captured"
words.turned_away = "an X without a request: the server turned the connection away (limited), or its request was not captured"

-- ---- what is kept; cleared whenever Wireshark begins anew

local streams -- by tcp.stream
local drawn   -- units, by packet number and by the how many-th call in that packet

function wwep.init()
  streams = {}
  drawn = {}
end

local function new_side()
  return { partial = nil, discard = nil, expected = nil, last_x = nil }
end

local function new_stream()
  return { client = new_side(), server = new_side(), waiting = {}, first = 1, uncertain = false, server_port = nil, secure = nil }
end

local function stream_of(number)
  local stream = streams[number] or new_stream()
  streams[number] = stream
  return stream
end

-- ---- requests that wait for their replies, oldest first

local function push(stream, message)
  table.insert(stream.waiting, message)
end

local function waiting_count(stream)
  return #stream.waiting - stream.first + 1
end

local function pop(stream)
  local message = stream.waiting[stream.first]
  if not message then
    return nil
  end
  stream.waiting[stream.first] = false
  stream.first = stream.first + 1
  if stream.first > #stream.waiting then
    stream.waiting, stream.first = {}, 1
  end
  return message
end

local function answers(reply, request)
  return not request.code and request.device == reply.device and request.register == reply.register
      and (request.command == "R" or request.value == reply.value)
end

-- Behind a gap replies are missing, and maybe requests: an A tells by its address what it belongs to.
local function skip_lost(stream, reply)
  for i = stream.first, #stream.waiting do
    if answers(reply, stream.waiting[i]) then
      while stream.first < i do
        pop(stream)
      end
      stream.uncertain = false
      return
    end
  end
end

local function join(stream, reply, packet, time)
  local partial = stream.client.partial
  if reply.command == "A" and stream.uncertain then
    skip_lost(stream, reply)
  end
  local head = stream.waiting[stream.first]
  if head and stream.uncertain and ((reply.command == "A" and not answers(reply, head)) or (reply.command == "X" and waiting_count(stream) > 1)) then
    return
  end
  local request = pop(stream)
  if not request and partial and reply.command == "X" then
    -- What has begun has stopped: the server has told so before anything else did.
    request = partial
    request.code = "incomplete"
    request.sentence = words.incomplete(#request.bytes, request.expected, "a pause or the end of the connection")
    stream.client.partial = nil
    stream.client.discard = "line"
  end
  if request then
    request.response_in, reply.request_in = packet, request.packet
    reply.request, reply.time = request, time - request.time
  end
end

-- ---- the client's bytes

local HTTP = { "GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "PATCH ", "TRACE ", "CONNECT ", "PRI " }

local function starts_http(bytes, i)
  for _, method in ipairs(HTTP) do
    if bytes:sub(i, i + #method - 1) == method then
      return true
    end
  end
  return false
end

local function starts_tls(bytes, i)
  return bytes:byte(i) == 0x16 and (i == #bytes or bytes:byte(i + 1) == 0x03)
end

-- With R or W, or their small letters and a device behind, as boards send them by mistake; blanks and line
-- ends may be in front, and line ends alone are WWEP too: they come in a segment of their own.
local function starts_wwep(bytes)
  if bytes:find("^[\r\n]+$") or bytes:find("^[\r\n \t]*[RW]") then
    return true
  end
  local device = bytes:match("^[\r\n \t]*[rw](.*)")
  return device ~= nil and device:sub(1, 4):find("^%x+$") ~= nil
end

local function is_hex(b)
  return (b >= 0x30 and b <= 0x39) or (b >= 0x41 and b <= 0x46) or (b >= 0x61 and b <= 0x66)
end

local function is_line_end(b)
  return b == 0x0D or b == 0x0A
end

local function put_digits(message)
  message.device = tonumber(message.bytes:sub(2, 5), 16)
  message.register = tonumber(message.bytes:sub(6, 7), 16)
  if #message.bytes > READ_LENGTH then
    message.value = tonumber(message.bytes:sub(8, 11), 16)
  end
end

-- One run over what one packet brought of one side's stream. Methods return the index to go on with.
local Run = {}
Run.__index = Run

function Run.new(stream, side, bytes, at)
  return setmetatable({ stream = stream, side = side, bytes = bytes, packet = at.packet, time = at.time, secure = at.secure, units = {} }, Run)
end

function Run:unit(what, from, to, message)
  local unit = { what = what, from = from, to = to, message = message }
  table.insert(self.units, unit)
  return unit
end

-- The frame that began here or in an earlier packet, with what came of it until index "to".
function Run:grow(message, from, to)
  message.bytes = message.bytes .. self.bytes:sub(from, to)
  table.insert(message.parts, self.packet)
end

function Run:reject(message, from, at, code, sentence)
  local line_end = self.bytes:find("\n", at, true)
  local for_good = code == "http" or code == "tls-on-plain-port" or code == "plain-on-tls-port" or code == "tls-failed"
  local to = (line_end and not for_good) and line_end or #self.bytes
  if not line_end or for_good then
    self.side.discard = for_good and "rest" or "line"
  end
  self:grow(message, from, to)
  message.code, message.sentence, message.packet = code, sentence, self.packet
  message.complete = true
  self.side.partial = nil
  push(self.stream, message)
  self:unit("request", from, to, message)
  return to + 1
end

function Run:new_message(command)
  return { command = command, bytes = "", parts = {}, packet = self.packet, time = self.time }
end

function Run:between(i)
  local bytes, b = self.bytes, self.bytes:byte(i)
  if is_line_end(b) then
    local _, to = bytes:find("^[\r\n]+", i)
    self:unit("line end", i, to)
    return to + 1
  end
  local letter = string.char(b)
  if letter == "R" or letter == "W" then
    local message = self:new_message(letter)
    message.expected = letter == "W" and WRITE_LENGTH or READ_LENGTH
    return self:inside(message, i, i + 1)
  end
  local message = self:new_message(nil)
  if starts_http(bytes, i) then
    return self:reject(message, i, i, "http", words.http)
  elseif not self.secure and starts_tls(bytes, i) then
    return self:reject(message, i, i, "tls-on-plain-port", words.tls_on_plain_port)
  end
  return self:reject(message, i, i, "bad-command", words.bad_command(b))
end

-- Goes on with a frame: "from" is where it starts in this packet, "i" its next byte to look at.
function Run:inside(message, from, i)
  local bytes, came = self.bytes, #message.bytes
  while i <= #bytes do
    local b = bytes:byte(i)
    local length = came + i - from
    if is_line_end(b) then
      return self:reject(message, from, i, "incomplete", words.incomplete(length, message.expected, "a line end"))
    elseif not is_hex(b) then
      return self:reject(message, from, i, "bad-digit", words.bad_digit(length + 1, b))
    elseif length + 1 == message.expected then
      return self:last_digit(message, from, i)
    end
    i = i + 1
  end
  self:grow(message, from, #bytes)
  self.side.partial = message
  self:unit("part", from, #bytes, message)
  return i
end

function Run:last_digit(message, from, i)
  local follows = self.bytes:byte(i + 1)
  if follows and not is_line_end(follows) and follows ~= 0x52 and follows ~= 0x57 then
    return self:reject(message, from, i + 1, "too-long", words.too_long(message.expected, follows))
  end
  self:grow(message, from, i)
  put_digits(message)
  message.packet, message.time, message.complete = self.packet, self.time, true
  self.side.partial = nil
  push(self.stream, message)
  self:unit("request", from, i, message)
  return i + 1
end

function Run:discarded(i)
  local line_end = self.side.discard == "line" and self.bytes:find("\n", i, true) or nil
  local to = line_end or #self.bytes
  if line_end then
    self.side.discard = nil
  end
  self:unit("ignored", i, to)
  return to + 1
end

-- Behind a gap: digits are the rest of a frame, and R and W are none.
function Run:next_request()
  local start = self.bytes:find("[RW\n]") or #self.bytes + 1
  if start > 1 then
    self:unit("rest", 1, start - 1)
  end
  return start
end

function Run:requests(ends)
  local i = self.behind_gap and self:next_request() or 1
  while i <= #self.bytes do
    if self.side.discard then
      i = self:discarded(i)
    elseif self.side.partial then
      i = self:inside(self.side.partial, i, i)
    else
      i = self:between(i)
    end
  end
  local partial = self.side.partial
  if ends and partial then
    partial.code = "incomplete"
    partial.sentence = words.incomplete(#partial.bytes, partial.expected, "the end of the connection")
    push(self.stream, partial)
    self.side.partial = nil
  end
  return self.units
end

-- ---- the server's bytes

function Run:accepted(message, from, i)
  local came = #message.bytes
  while i <= #self.bytes do
    local length = came + i - from
    if not is_hex(self.bytes:byte(i)) then
      self:grow(message, from, #self.bytes)
      message.foreign, self.side.partial, self.side.discard = true, nil, "rest"
      self:unit("reply", from, #self.bytes, message)
      return #self.bytes + 1
    elseif length + 1 == ACCEPTED_LENGTH then
      self:grow(message, from, i)
      put_digits(message)
      message.packet, message.complete, self.side.partial = self.packet, true, nil
      join(self.stream, message, self.packet, self.time)
      self:unit("reply", from, i, message)
      return i + 1
    end
    i = i + 1
  end
  self:grow(message, from, #self.bytes)
  self.side.partial = message
  self:unit("part", from, #self.bytes, message)
  return i
end

function Run:explanation(message, from)
  local _, to = self.bytes:find("^[ a-z%-]*", from)
  to = math.min(to, from + EXPLANATION_BYTES_MAX - 1)
  message.explained = (message.explained or "") .. self.bytes:sub(from, to)
  local code = message.explained:match("^%s*(.-)%s*$")
  message.explanation = code ~= "" and code or nil
  return to
end

function Run:rejected(i)
  local message = self:new_message("X")
  local to = self:explanation(message, i + 1)
  self:grow(message, i, to)
  message.complete = true
  self.side.last_x = message
  join(self.stream, message, self.packet, self.time)
  self:unit("reply", i, to, message)
  return to + 1
end

function Run:behind_x(i)
  local to = self:explanation(self.side.last_x, i)
  self:unit("explanation", i, to, self.side.last_x)
  return to + 1
end

function Run:answer(i)
  local letter = self.bytes:sub(i, i)
  if self.side.last_x and letter:find("[ a-z%-]") then
    return self:behind_x(i)
  end
  self.side.last_x = nil
  if letter == "A" then
    return self:accepted(self:new_message("A"), i, i + 1)
  elseif letter == "X" then
    return self:rejected(i)
  elseif letter:find("[\r\n]") then
    local _, to = self.bytes:find("^[\r\n]+", i)
    self:unit("line end", i, to)
    return to + 1
  end
  local message = self:new_message(nil)
  message.foreign, self.side.discard = true, "rest"
  self:grow(message, i, #self.bytes)
  self:unit("reply", i, #self.bytes, message)
  return #self.bytes + 1
end

local function are_replies(bytes, i)
  while i <= #bytes do
    local to = select(2, bytes:find("^A" .. ("%x"):rep(ACCEPTED_LENGTH - 1), i)) or select(2, bytes:find("^X[ a-z%-]*", i))
    if not to then
      return false
    end
    i = to + 1
  end
  return true
end

-- Behind a gap: an A is a digit too, but a segment mostly ends with a reply.
function Run:next_reply()
  for start = 1, math.min(ACCEPTED_LENGTH, #self.bytes) do
    if are_replies(self.bytes, start) then
      if start > 1 then
        self:unit("rest", 1, start - 1)
      end
      return start
    end
  end
  return 1
end

function Run:replies()
  local i = self.behind_gap and self:next_reply() or 1
  while i <= #self.bytes do
    if self.side.discard then
      self:unit("ignored", i, #self.bytes)
      i = #self.bytes + 1
    elseif self.side.partial then
      i = self:accepted(self.side.partial, i, i)
    else
      i = self:answer(i)
    end
  end
  return self.units
end

-- ---- what TCP did to the stream

local function last(getter)
  local all = { getter() }
  local found = all[#all]
  return found and found.value
end

local function distance(from, to)
  local d = (to - from) % 4294967296
  return d >= 2147483648 and d - 4294967296 or d
end

-- Returns how many bytes at the start were there before, and whether some are missing in front of them.
local function place(side, tvb)
  local seq, length = last(tcp_seq), last(tcp_length)
  if not seq or length ~= tvb:reported_len() then
    side.expected = false -- Wireshark has put segments in order, and these are not this segment's numbers
    return 0, false
  end
  if side.expected == nil and seq ~= last(tcp_seq_raw) then
    side.expected = 1 -- numbers are relative to the SYN, or to the first packet that was captured
  end
  local ahead = side.expected and distance(side.expected, seq) or 0
  local seen = ahead < 0 and math.min(-ahead, length) or 0
  if not side.expected or seen < length then
    side.expected = (seq + length) % 4294967296
  end
  return seen, ahead > 0
end

local function forget(stream, side)
  side.partial, side.discard, side.last_x = nil, nil, nil
  stream.uncertain = true
end

-- ---- which side is which

local function server_port(stream, pinfo, bytes)
  if not stream.server_port then
    local match = pinfo.match
    if match == pinfo.src_port or match == pinfo.dst_port then
      stream.server_port = match
    else
      stream.server_port = bytes:find("^[AX]") and pinfo.src_port or pinfo.dst_port
    end
  end
  return stream.server_port
end

local function study(tvb, pinfo, stream, secure)
  local bytes = tvb:raw()
  local from_client = pinfo.dst_port == server_port(stream, pinfo, bytes)
  local side = from_client and stream.client or stream.server
  local seen, gap = 0, false
  if not secure then
    seen, gap = place(side, tvb)
  end
  if gap then
    forget(stream, side)
  end
  local at = { packet = pinfo.number, time = pinfo.rel_ts, secure = secure }
  local run = Run.new(stream, side, bytes:sub(seen + 1), at)
  run.behind_gap = gap
  local fin = not secure and last(tcp_fin)
  local units = from_client and run:requests(fin == true or fin == 1) or run:replies()
  for _, unit in ipairs(units) do
    unit.from, unit.to = unit.from + seen, unit.to + seen
  end
  if tvb:captured_len() < tvb:reported_len() then
    forget(stream, side)
  end
  return { units = units, seen = seen, gap = gap, from_client = from_client }
end

-- ---- drawing

local function name_of(message)
  if message.code or message.foreign then
    return show(message.bytes)
  end
  return message.command == "X" and message.explanation and "X " .. message.explanation or message.bytes
end

local function title(message)
  if message.foreign then
    return "no WWEP reply: " .. show(message.bytes)
  elseif message.code then
    return string.format("illegal, %s: %s", message.code, show(message.bytes))
  elseif message.command == "X" then
    return "reply X" .. (message.request and " to " .. name_of(message.request) or "")
  end
  local verbs = { W = "write", R = "read", A = "reply A" }
  local value = message.value and string.format(", value %04X", message.value) or ""
  return string.format("%s: device %04X, register %02X%s", verbs[message.command], message.device, message.register, value)
end

local function to_tvb(bytes)
  local hex = bytes:gsub(".", function(c) return string.format("%02X", c:byte()) end)
  return ByteArray.new(hex):tvb("WWEP frame put together")
end

local function add_number(tree, proto_field, range, number, label)
  tree:add(proto_field, range, number):set_text(label)
end

local function add_address(tree, range, m)
  if m.device and range:len() >= READ_LENGTH then
    add_number(tree, field.device, range:range(1, 4), m.device, string.format("Device: %04X", m.device))
    add_number(tree, field.register, range:range(5, 2), m.register, string.format("Register: %02X", m.register))
    if m.value then
      add_number(tree, field.value, range:range(7, 4), m.value, string.format("Value: %04X (%d)", m.value, m.value))
    end
  end
end

-- The request's address stands with its X too, so that one filter shows both.
local function add_address_of_request(tree, m)
  local request = m.request
  if request and request.device then
    tree:add(field.device, request.device):set_generated():set_text(string.format("Device: %04X", request.device))
    tree:add(field.register, request.register):set_generated():set_text(string.format("Register: %02X", request.register))
  end
end

local function add_code(tree, code, sentence)
  tree:add(field.code, code):set_generated()
  tree:add_proto_expert_info(bad[code] or note.refused, code .. ": " .. sentence)
end

local function draw_request(tree, range, m, visited)
  if m.command then
    tree:add(field.command, range:range(0, 1), m.command):append_text(m.command == "W" and " (write)" or " (read)")
  end
  if m.code then
    tree:add(field.bytes, range, show(m.bytes))
    add_code(tree, m.code, m.sentence)
  else
    add_address(tree, range, m)
  end
  if m.response_in then
    tree:add(field.response_in, m.response_in):set_generated()
  elseif visited then
    tree:add_proto_expert_info(note.no_response)
  end
end

local function why_x(m)
  local request = m.request
  if request and request.code then
    return request.code, request.sentence
  elseif m.explanation == "not-written" and request and request.device then
    return "not-written", words.not_written(request)
  elseif m.explanation then
    return m.explanation, words.explained:format(m.explanation)
  elseif request and request.command == "R" then
    return "not-written", "probably " .. words.not_written(request)
  end
end

local function draw_x(tree, range, m)
  if m.explanation and range:len() > 1 then
    tree:add(field.explanation, range:range(1), m.explanation)
  end
  add_address_of_request(tree, m)
  local code, sentence = why_x(m)
  if code then
    add_code(tree, code, sentence)
  elseif m.request then
    tree:add_proto_expert_info(note.refused, words.refused)
  end
end

local function draw_reply(tree, range, m)
  if m.foreign then
    tree:add(field.bytes, range, show(m.bytes))
    tree:add_proto_expert_info(note.no_wwep)
    return
  end
  tree:add(field.reply, range:range(0, 1), m.command):append_text(m.command == "A" and " (accepted)" or " (rejected)")
  if m.command == "A" then
    add_address(tree, range, m)
  else
    draw_x(tree, range, m)
  end
  if m.request_in then
    tree:add(field.request_in, m.request_in):set_generated()
    local seconds = math.floor(m.time)
    tree:add(field.time, NSTime.new(seconds, math.floor((m.time - seconds) * 1e9 + 0.5))):set_generated()
    if m.command == "A" and not answers(m, m.request) then
      tree:add_proto_expert_info(note.wrong_reply)
    end
  else
    tree:add_proto_expert_info(note.unasked, m.command == "X" and words.turned_away or words.unasked)
  end
end

local function draw_parts(tree, m)
  if #m.parts > 1 then
    for _, packet in ipairs(m.parts) do
      tree:add(field.segment, packet):set_generated()
    end
  end
end

-- A part of a frame; what became of the frame is known only later.
local function draw_part(tree, range, m, visited)
  local item = tree:add(wwep, range, "WWEP part of a frame: " .. show(range:raw()))
  if m.complete then
    if visited then
      item:add(field.complete_in, m.packet):set_generated()
    end
  elseif m.code then
    draw_request(item, range, m, visited)
  end
  return "part " .. show(range:raw())
end

local function draw_unit(tree, tvb, unit, visited)
  local range = tvb:range(unit.from - 1, unit.to - unit.from + 1)
  local m = unit.message
  if unit.what == "line end" then
    tree:add(wwep, range, "WWEP line end, skipped")
    return nil
  elseif unit.what == "ignored" then
    tree:add(wwep, range, "WWEP bytes behind an illegal frame: " .. show(range:raw())):add_proto_expert_info(note.ignored)
    return "ignored " .. show(range:raw())
  elseif unit.what == "rest" then
    tree:add(wwep, range, "WWEP rest of a frame whose beginning was not captured: " .. show(range:raw()))
    return "rest " .. show(range:raw())
  elseif unit.what == "part" then
    return draw_part(tree, range, m, visited)
  elseif unit.what == "explanation" then
    tree:add(wwep, range, "WWEP rest of an explanation"):add(field.explanation, range, m.explanation or "")
    return "… " .. (m.explanation or "")
  end
  local item = tree:add(wwep, range, "WWEP " .. title(m))
  local whole = #m.parts > 1 and to_tvb(m.bytes):range() or range
  draw_parts(item, m)
  local draw = unit.what == "request" and draw_request or draw_reply
  draw(item, whole, m, visited)
  local code = m.command == "X" and why_x(m) or m.code
  return name_of(m) .. (code and code ~= m.explanation and " [" .. code .. "]" or "")
end

local function write_info(pinfo, first, names, from_client)
  local rest = #names - INFO_FRAMES_MAX
  local text = table.concat(names, " ", 1, math.min(#names, INFO_FRAMES_MAX)) .. (rest > 0 and string.format(" … and %d more", rest) or "")
  if text == "" then
    text = "line end"
  end
  if first then
    pinfo.cols.info:set((from_client and "→ " or "← ") .. text)
  else
    pinfo.cols.info:append(" " .. text)
  end
  pinfo.cols.info:fence()
end

local function draw(tvb, pinfo, tree, result, first)
  pinfo.cols.protocol:set("WWEP")
  local names = {}
  if result.gap then
    tree:add(wwep, tvb:range(0, 0), "WWEP gap"):add_proto_expert_info(note.gap)
  end
  if result.seen > 0 then
    tree:add(wwep, tvb:range(0, result.seen), "WWEP bytes sent again"):add_proto_expert_info(note.repeated)
    table.insert(names, "sent again")
  end
  for _, unit in ipairs(result.units) do
    local name = draw_unit(tree, tvb, unit, pinfo.visited)
    if name then
      table.insert(names, name)
    end
  end
  write_info(pinfo, first, names, result.from_client)
end

-- A packet may hold several TLS records, each of which is a call of its own.
local function call_number(pinfo)
  local number = (tonumber(pinfo.private["wwep.calls"] or "") or 0) + 1
  pinfo.private["wwep.calls"] = tostring(number)
  return number
end

function wwep.dissector(tvb, pinfo, tree)
  local stream_number = last(tcp_stream)
  if not stream_number or tvb:captured_len() == 0 then
    return 0
  end
  local secure = last(tls_record) ~= nil
  local call = call_number(pinfo)
  local key = pinfo.number .. "/" .. call
  if not drawn[key] then
    drawn[key] = study(tvb, pinfo, stream_of(stream_number), secure)
  end
  draw(tvb, pinfo, tree, drawn[key], call == 1)
  return tvb:captured_len()
end

-- ---- the TLS port: TLS, or what came there in clear

-- As the server: what starts with a printable character or a line end is no TLS.
local function is_text(b)
  return (b >= 0x20 and b < 0x7F) or is_line_end(b)
end

local function study_clear(tvb, pinfo, stream)
  local bytes = tvb:raw()
  local from_client = pinfo.dst_port == stream.server_port
  local side = from_client and stream.client or stream.server
  local seen, gap = place(side, tvb)
  local run = Run.new(stream, side, bytes:sub(seen + 1), { packet = pinfo.number, time = pinfo.rel_ts, secure = false })
  local units
  if not from_client then
    units = run:replies()
  elseif side.discard then
    units = run:requests(false)
  else
    local http = starts_http(bytes, 1)
    local wwep_in_clear = starts_wwep(bytes)
    local code = http and "http" or wwep_in_clear and "plain-on-tls-port" or "tls-failed"
    local sentence = http and words.http or wwep_in_clear and words.plain_on_tls_port or words.text_on_tls_port
    run:reject(run:new_message(nil), 1, 1, code, sentence)
    units = run.units
  end
  return { units = units, seen = seen, gap = gap, from_client = from_client }
end

local tls_dissector = Dissector.get("tls")
local tls_ports = DissectorTable.get("tls.port")
local tls_ports_known = {}

-- TLS asks by the server's port whose data it carries; with Decode As this is the first to know it.
local function tell_tls(port)
  if not tls_ports_known[port] then
    tls_ports_known[port] = true
    tls_ports:add(port, wwep)
  end
end

-- To be asked once for each packet. A server that turns away says X in clear, whatever the client speaks.
local function is_clear(tvb, pinfo, stream)
  local bytes = tvb:raw()
  tell_tls(server_port(stream, pinfo, bytes))
  if pinfo.dst_port == stream.server_port then
    if stream.secure == nil then
      stream.secure = not is_text(bytes:byte(1))
    end
    return not stream.secure
  end
  local first = not stream.server_spoke
  stream.server_spoke = true
  return stream.secure == false or (first and bytes:find("^X[ a-z%-]*$") ~= nil)
end

function door.dissector(tvb, pinfo, tree)
  local stream_number = last(tcp_stream)
  if not stream_number or tvb:captured_len() == 0 then
    return tls_dissector:call(tvb, pinfo, tree)
  end
  local key = pinfo.number .. "/clear"
  if drawn[key] == nil then
    local stream = stream_of(stream_number)
    drawn[key] = is_clear(tvb, pinfo, stream) and study_clear(tvb, pinfo, stream)
  end
  if not drawn[key] then
    return tls_dissector:call(tvb, pinfo, tree)
  end
  draw(tvb, pinfo, tree, drawn[key], true)
  return tvb:captured_len()
end

-- ---- ports

wwep.prefs.plain_ports = Pref.range("Plain ports", tostring(PLAIN_PORT), "TCP ports on which WWEP is spoken in clear", 65535)
wwep.prefs.tls_ports = Pref.range("TLS ports", tostring(TLS_PORT), "TCP ports on which WWEP is spoken over TLS", 65535)

local tcp_ports = DissectorTable.get("tcp.port")
local plain_now, tls_now

local function register()
  if plain_now then
    tcp_ports:remove(plain_now, wwep)
    tcp_ports:remove(tls_now, door)
    tls_ports:remove(tls_now, wwep)
  end
  plain_now, tls_now = wwep.prefs.plain_ports, wwep.prefs.tls_ports
  tcp_ports:add(plain_now, wwep)
  tcp_ports:add(tls_now, door)
  tls_ports:add(tls_now, wwep)
end

wwep.prefs_changed = register
register()
