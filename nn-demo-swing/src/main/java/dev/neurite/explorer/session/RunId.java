package dev.neurite.explorer.session;

/**
 * Which run of the session, in the order of their starts.
 *
 * @param number from 1
 */
public record RunId(int number) {}
