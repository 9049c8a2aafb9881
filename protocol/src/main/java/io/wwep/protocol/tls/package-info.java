/** The numbers of TLS by their names, for all who tell people of a handshake. */
package io.wwep.protocol.tls;
