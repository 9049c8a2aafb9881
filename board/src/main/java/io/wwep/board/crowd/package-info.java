/**
 * Many boards at once: {@link io.wwep.board.crowd.Crowd} has a thread for each, {@link
 * io.wwep.board.crowd.MacAddresses} gives them device IDs that do not clash.
 */
package io.wwep.board.crowd;
