/**
 * The contract that every adapter passes, against its live mesh and as a folder of files: {@link
 * io.meshbridge.testkit.contract.SourceContract}, {@link
 * io.meshbridge.testkit.contract.SinkContract} and {@link
 * io.meshbridge.testkit.contract.TranslatorContract}. An adapter extends each with one test class
 * and brings a {@link io.meshbridge.testkit.contract.MeshRig}; a rule is added here, once.
 */
@NullMarked
package io.meshbridge.testkit.contract;

import org.jspecify.annotations.NullMarked;
