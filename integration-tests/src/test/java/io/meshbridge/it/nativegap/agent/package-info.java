/** What is put into a bridge to see what it looks up by name; refers to the JDK and ASM only. */
package io.meshbridge.it.nativegap.agent;
