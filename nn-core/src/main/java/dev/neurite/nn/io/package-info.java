/**
 * Models as files.
 *
 * <p>The native file is a safetensors file, so any tool that opens those opens it: eight bytes with
 * the length N of the header as an unsigned little-endian number, N bytes of JSON, then the tensors
 * as little-endian 32-bit floats without holes. Kernels are stored as {@code [in, out]} under
 * {@code dense1.kernel}, biases as {@code [out]} under {@code dense1.bias}. The header's {@code
 * __metadata__} holds {@code format}, a word and its version, and each as a JSON text {@code spec},
 * {@code training} (may be absent), {@code provenance} and {@code masks} (may be absent): the names
 * of the kernels with pruned weights. In those a pruned weight is stored as +0, a weight that is
 * kept but happens to be zero as -0. A checkpoint is a file of the same kind with the optimiser's
 * state beside the model.
 *
 * <p>Files are written under a temporary name and moved into place; readers check every length
 * before they take memory for it and throw nothing but {@link
 * dev.neurite.nn.io.ModelFormatException} for a file that is not what it says.
 */
@NullMarked
package dev.neurite.nn.io;

import org.jspecify.annotations.NullMarked;
