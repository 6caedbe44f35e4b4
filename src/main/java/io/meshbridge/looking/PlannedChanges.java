package io.meshbridge.looking;

import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.translation.TargetChanges;
import io.meshbridge.translation.TranslationReport;
import java.util.List;

/**
 * What would change, and what has to be said of it.
 *
 * @param format how the target's documents are printed
 * @param findings what was lost and what is wrong with the input
 * @param whole whether all input that was found could be read
 * @param unreached why some meshes could not be asked, a sentence for each
 */
public record PlannedChanges(
    TargetChanges changes,
    FileFormat format,
    TranslationReport findings,
    boolean whole,
    List<String> unreached) {
  /** Copies. */
  public PlannedChanges {
    unreached = List.copyOf(unreached);
  }
}
