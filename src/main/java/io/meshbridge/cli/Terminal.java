package io.meshbridge.cli;

import java.io.InputStream;
import java.io.PrintWriter;

/**
 * Where a command reads and prints.
 *
 * @param in standard input
 * @param out what was asked for, and nothing else
 * @param err everything that is said about it
 * @param asks whether a person sits at {@code in} and can be asked
 * @param shows whether a person looks at {@code err}, so that progress is worth showing
 */
public record Terminal(
    InputStream in, PrintWriter out, PrintWriter err, boolean asks, boolean shows) {}
