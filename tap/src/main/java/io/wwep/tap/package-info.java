/**
 * Stands between a board and a server: shows what passes, reads what TLS hides from those who do
 * not verify, and disturbs it on request.
 */
package io.wwep.tap;
