/**
 * Ways onto a board: a certificate or key as source or file of a firmware, with what to do with it.
 *
 * <p>{@link io.wwep.certs.embed.Embedding} is one; {@link io.wwep.certs.embed.Firmware} says what
 * kinds of firmware there are.
 */
package io.wwep.certs.embed;
