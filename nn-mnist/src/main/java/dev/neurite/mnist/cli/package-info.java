/**
 * The command line {@code bin/nn}.
 *
 * <p>Every command shares {@link dev.neurite.mnist.cli.CommonOptions} and ends with 0 on success, 2
 * on wrong usage and 1 on any other failure, with one clear line on the error stream. With {@code
 * --json} the last line of the output is one JSON object and everything for people goes to the
 * error stream. Other modules add commands through the service {@link
 * dev.neurite.mnist.cli.CliCommand}.
 */
@NullMarked
package dev.neurite.mnist.cli;

import org.jspecify.annotations.NullMarked;
