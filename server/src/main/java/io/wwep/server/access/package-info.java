/**
 * Who may do what: the rules by which a server lets a peer read and write registers.
 *
 * <p>{@link io.wwep.server.access.Access} is all of them together, {@link
 * io.wwep.server.access.AccessPolicy} what is granted in a file, {@link
 * io.wwep.server.access.Permissions} what comes of it for one peer. Nothing here knows of
 * connections or files.
 */
package io.wwep.server.access;
