package dev.neurite.explorer.service;

/** What a network is asked about. */
public sealed interface Specimen permits Drawing, DigitSample {}
