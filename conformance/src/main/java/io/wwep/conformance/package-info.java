/**
 * Holds any WWEP server against the protocol: what it must answer, case by case, and what it did
 * answer.
 */
package io.wwep.conformance;
