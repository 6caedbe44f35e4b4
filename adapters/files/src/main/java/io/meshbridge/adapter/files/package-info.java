/** A mesh that is a folder of manifests. */
@NullMarked
package io.meshbridge.adapter.files;

import org.jspecify.annotations.NullMarked;
