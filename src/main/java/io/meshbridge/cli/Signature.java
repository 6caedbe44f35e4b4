package io.meshbridge.cli;

/**
 * Who acts, and why.
 *
 * @param by who, in that person's own words
 * @param why empty if nothing was said
 */
public record Signature(String by, String why) {}
