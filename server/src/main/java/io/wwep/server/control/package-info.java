/**
 * How the machine that a server runs on talks with it: a socket in the data directory that tells
 * how the server fares, and the service manager's own socket. Knows nothing of WWEP, and nothing of
 * the network.
 */
package io.wwep.server.control;
