/**
 * Learning rate as a pure function of the step.
 *
 * <p>A {@link dev.neurite.nn.schedule.Schedule} is a record: the configuration <em>is</em> the
 * function. {@code learningRate(step)} depends on the record and the 0-based optimiser step alone,
 * so a run resumes without restoring anything, a chart draws the curve before training starts, and
 * the order of the questions does not matter. Every length is counted in optimiser steps: a length
 * in epochs is multiplied by the steps of an epoch by whoever knows them.
 *
 * <p>Asking for a rate allocates nothing. So powers and cosines come from {@link java.lang.Math},
 * not from {@code StrictMath}, which allocates: a rate has the same bits whenever the same machine
 * is asked, and may differ in the last bit on another one. Restarts walk integer cycle lengths; a
 * floor of a logarithm would be inexact exactly at the restart.
 *
 * <p>One schedule needs to know how training goes: {@link dev.neurite.nn.schedule.PlateauSchedule}.
 * Its state is a value, {@link dev.neurite.nn.schedule.PlateauState}, kept by whoever trains and
 * handed in with the step; with the state as an argument the rate is again a pure function. {@link
 * dev.neurite.nn.schedule.WarmupSchedule} goes before any other schedule, a plateau included.
 */
@NullMarked
package dev.neurite.nn.schedule;

import org.jspecify.annotations.NullMarked;
