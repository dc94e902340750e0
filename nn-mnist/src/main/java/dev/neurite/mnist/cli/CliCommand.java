package dev.neurite.mnist.cli;

import java.util.concurrent.Callable;

/**
 * A command that another module adds to {@code bin/nn}; found as a service.
 *
 * <p>The class is annotated as a picocli command; {@link #call()} returns the exit code.
 */
public interface CliCommand extends Callable<Integer> {}
