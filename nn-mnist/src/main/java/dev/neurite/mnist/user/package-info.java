/** Where the program keeps what belongs to its user. */
@NullMarked
package dev.neurite.mnist.user;

import org.jspecify.annotations.NullMarked;
