/**
 * The command {@code nn bench}: measures in one process and reports.
 *
 * <p>{@link dev.neurite.bench.cli.BenchCliCommand} is the command. {@code Bench} measures what a
 * {@code BenchPlan} says and gives a {@code BenchReport}, which is printed as a table, written as
 * JSON and drawn as a chart. Ratios are medians of the ratios of rounds in which everything was
 * measured in turns, so a machine that slows down changes none of them.
 */
@NullMarked
package dev.neurite.bench.cli;

import org.jspecify.annotations.NullMarked;
