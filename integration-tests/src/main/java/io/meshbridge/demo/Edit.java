package io.meshbridge.demo;

/**
 * A change that was made to a mesh.
 *
 * @param service its name there
 * @param what what was changed, for people
 * @param trace a text that only this change brings into the other mesh
 * @param madeAt when it stood, in {@link System#nanoTime()}
 */
record Edit(String service, String what, String trace, long madeAt) {}
