/** What is done on purpose to the bytes that pass: rewrites and faults. */
package io.wwep.tap.change;
