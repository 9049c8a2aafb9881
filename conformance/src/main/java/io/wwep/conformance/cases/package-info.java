/**
 * The protocol, case by case: tables of what is sent, what must come back, and where PROTOCOL.md
 * says so.
 */
package io.wwep.conformance.cases;
