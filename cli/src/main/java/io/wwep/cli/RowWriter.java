package io.wwep.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes rows to a stream, which stays open, and counts them. */
abstract class RowWriter {

  private long count;

  /** Starts a file of rows. */
  static RowWriter to(OutputStream stream, RowFormat format, RowKind kind) throws IOException {
    Writer writer =
        new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
    return format == RowFormat.CSV ? new Csv(writer, kind) : new JsonLines(writer, kind);
  }

  /**
   * Writes a row.
   *
   * @param fields in the order of the columns
   * @throws UncheckedIOException when the stream takes no more
   */
  final void write(String... fields) {
    try {
      writeRow(fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    count++;
  }

  /** Returns how many rows were written. */
  final long count() {
    return count;
  }

  abstract void writeRow(String... fields) throws IOException;

  /** Passes on what waits. */
  abstract void flush() throws IOException;

  private static final class Csv extends RowWriter {

    private final CsvWriter csv;

    Csv(Writer writer, RowKind kind) {
      csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
      csv.writeRecord(kind.columns());
    }

    @Override
    void writeRow(String... fields) {
      csv.writeRecord(fields);
    }

    @Override
    void flush() throws IOException {
      csv.flush();
    }
  }

  private static final class JsonLines extends RowWriter {

    private final JsonGenerator json;
    private final List<String> columns;

    JsonLines(Writer writer, RowKind kind) throws IOException {
      json = new JsonFactory().createGenerator(writer);
      json.setRootValueSeparator(null);
      columns = kind.columns();
    }

    @Override
    void writeRow(String... fields) throws IOException {
      json.writeStartObject();
      for (int i = 0; i < fields.length; i++) {
        String column = columns.get(i);
        if (column.equals(RowKind.SEQ)) {
          json.writeFieldName(column);
          json.writeNumber(fields[i]);
        } else {
          json.writeStringField(column, fields[i]);
        }
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }

    @Override
    void flush() throws IOException {
      json.flush();
    }
  }
}
