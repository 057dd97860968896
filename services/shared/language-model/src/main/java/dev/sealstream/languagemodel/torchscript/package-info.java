/**
 * Runs TorchScript source on libtorch, with automatic differentiation.
 *
 * <p>The mathematics of the language model is TorchScript text in this package's resources; Java holds the tensors and
 * passes them in. NDArray operators of DJL are not used for anything that is differentiated: its scalar operators free
 * buffers that the backward pass still reads. Nothing here knows what a language model is.
 */
package dev.sealstream.languagemodel.torchscript;
