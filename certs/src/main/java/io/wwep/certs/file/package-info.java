/**
 * Files with keys and certificates in any form that people come by: says what is in one, and writes
 * it in another form.
 *
 * <p>{@link io.wwep.certs.file.CryptoFile} is one that was read, with its items and its flaws;
 * {@link io.wwep.certs.file.Relations} says how the items of several belong together; {@link
 * io.wwep.certs.file.Conversion} turns them into another form.
 */
package io.wwep.certs.file;
