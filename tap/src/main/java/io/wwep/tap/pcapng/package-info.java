/** Writes captures that Wireshark reads, with TCP around bytes that came without it. */
package io.wwep.tap.pcapng;
