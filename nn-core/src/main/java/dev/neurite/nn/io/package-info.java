/**
 * Models as files.
 *
 * <p>The native file is a safetensors file, so any tool that opens those opens it: eight bytes with
 * the length N of the header as an unsigned little-endian number, N bytes of JSON, then the tensors
 * as little-endian 32-bit floats without holes. Kernels are stored as {@code [in, out]} under
 * {@code dense1.kernel}, biases as {@code [out]} under {@code dense1.bias}. The header's {@code
 * __metadata__} holds {@code format}, a word and its version, and each as a JSON text {@code spec},
 * {@code training} (may be absent) and {@code provenance}. A checkpoint is a file of the same kind
 * with the optimiser's state beside the model.
 *
 * <p>Exchange formats are {@link dev.neurite.nn.io.TensorFlowJsFile}, {@link
 * dev.neurite.nn.io.OnnxFile} and {@link dev.neurite.nn.io.PyTorchFile}; {@link
 * dev.neurite.nn.io.AnyModelFile} reads whichever it is given. They hold the network as others know
 * it: a rescaling layer is multiplied into the first kernel, dropout is written where the format
 * has it, and the training record stays in the native file. What others must know to use the
 * network stands in the metadata as an {@link dev.neurite.nn.io.ExportSpec}, beside {@code format}
 * and {@code provenance}.
 *
 * <p>Files are written under a temporary name and moved into place; readers check every length
 * before they take memory for it and throw nothing but {@link
 * dev.neurite.nn.io.ModelFormatException} for a file that is not what it says.
 */
@NullMarked
package dev.neurite.nn.io;

import org.jspecify.annotations.NullMarked;
