/** What the recorder is tried on. */
package io.meshbridge.it.nativegap.sample;
