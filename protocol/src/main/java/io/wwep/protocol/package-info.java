/**
 * The rules of the wire: what a WWEP frame is, how a stream of bytes is cut into frames, and why a
 * frame is illegal.
 *
 * <p>This room knows no sockets, no threads and no storage. {@link io.wwep.protocol.FrameParser} is
 * the server's side of the wire, {@link io.wwep.protocol.ReplyParser} the client's; {@link
 * io.wwep.protocol.Rejection} holds every sentence that explains an {@code X}. The contract is in
 * PROTOCOL.md at the root of the project. Package {@code tls} has the names of TLS's numbers, which
 * no frame needs.
 */
package io.wwep.protocol;
