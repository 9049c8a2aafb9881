package io.wwep.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;

/** Rows of a file of comma-separated values whose first line names the columns, in any order. */
final class CsvRows extends RowReader {

  private final Iterator<CsvRecord> records;

  /** Where in a record each column is; -1 where the file has none. */
  private int[] places;

  private int columns;

  /** Where the last record began. */
  private long line;

  CsvRows(Reader reader) {
    records =
        CsvReader.builder()
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .allowExtraCharsAfterClosingQuote(false)
            .ofCsvRecord(reader)
            .iterator();
  }

  @Override
  void start() {
    CsvRecord header = record();
    if (header == null) {
      throw wrong(1, "there is nothing: give the names of the columns, and a line for each row");
    }
    List<String> names = header.getFields().stream().map(String::strip).toList();
    if (!names.contains("device")) {
      throw wrong(
          line,
          "the first line must name the columns, separated by commas, as in %s"
              .formatted(String.join(",", RowKind.REGISTERS.columns())));
    }
    settle(line, names);
    columns = names.size();
    places = kind().readable().stream().mapToInt(names::indexOf).toArray();
  }

  @Override
  Row next() {
    CsvRecord found = record();
    if (found == null) {
      return null;
    }
    if (found.getFieldCount() != columns) {
      throw wrong(
          line,
          "it has %d columns and the first line %d: make them the same"
              .formatted(found.getFieldCount(), columns));
    }
    String[] fields = new String[places.length];
    for (int i = 0; i < places.length; i++) {
      fields[i] = places[i] < 0 ? null : found.getField(places[i]).strip();
    }
    return new Row(line, kind(), fields);
  }

  private CsvRecord record() {
    try {
      if (!records.hasNext()) {
        return null;
      }
      CsvRecord found = records.next();
      line = found.getStartingLineNumber();
      return found;
    } catch (UncheckedIOException e) {
      throw failed(e);
    } catch (CsvParseException e) {
      throw wrong(
          line + 1,
          "its quotes are wrong, or those of a line after it: put a quote on both sides of a field, and two for one within");
    }
  }
}
