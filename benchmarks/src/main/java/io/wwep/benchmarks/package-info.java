/**
 * Benchmarks of the server's parts, the comparison of measured figures with their goals, and flame
 * graphs. The scripts in this room's directory are the way in; nothing here is part of a server.
 */
package io.wwep.benchmarks;
