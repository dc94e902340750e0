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
 * kept but happens to be zero, or that 16 bits round to zero, as -0. A checkpoint is a file of the
 * same kind with the optimiser's state beside the model.
 *
 * <p>A tensor that is mostly zeros is stored compressed, without loss: instead of {@code
 * dense1.kernel} there are {@code dense1.kernel.values}, its values that are not zero in row-major
 * order, and {@code dense1.kernel.gaps}, unsigned bytes ({@code U8}) that say where they stand. A
 * byte below 255 means that many zeros and then the next value; 255 means 255 zeros and no value;
 * fewer than 255 zeros may follow the last byte. Only positive zero is left out, negative zero is a
 * value. The metadata's {@code compressed} holds the dense shapes as JSON: {@code
 * {"shapes":{"dense1.kernel":[784,512]}}}. A kept weight takes five bytes, so a kernel with 90 % of
 * zeros takes an eighth. On request numbers are stored as 16-bit floats ({@code F16}); {@code F16}
 * and {@code BF16} are read. A model file has version 1 if all of it is 32-bit floats, else version
 * 2, which older programs refuse in words.
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
