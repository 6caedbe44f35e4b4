package io.meshbridge.cli;

import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.translation.TargetChanges;
import io.meshbridge.translation.TranslationReport;

/**
 * What would change, and what has to be said of it.
 *
 * @param format how the target's documents are printed
 * @param findings what was lost and what is wrong with the input
 * @param whole whether all input that was found could be read
 * @param reached whether all meshes could be asked
 */
record PlannedChanges(
    TargetChanges changes,
    FileFormat format,
    TranslationReport findings,
    boolean whole,
    boolean reached) {}
