package io.wwep.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Rows of a file with a JSON object in each line. */
final class JsonRows extends RowReader {

  /** Columns that are numbers; the others are text. */
  private static final Set<String> NUMBERS = Set.of(RowKind.SEQ, RowKind.DECIMAL);

  /** Where the library says it is, which the line tells as well. */
  private static final Pattern PLACE = Pattern.compile("(?s) \\((start marker|for ).*");

  private final JsonFactory json =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final BufferedReader lines;
  private long line;

  /** Read to learn what the rows are, and not given out yet. */
  private Map<String, String> first;

  JsonRows(Reader reader) {
    lines = new BufferedReader(reader);
  }

  @Override
  void start() {
    first = object();
    if (first == null) {
      throw wrong(1, "there is nothing: give a JSON object for each row, each in a line");
    }
    settle(line, List.copyOf(first.keySet()));
  }

  @Override
  Row next() {
    Map<String, String> object = first == null ? object() : first;
    first = null;
    if (object == null) {
      return null;
    }
    settle(line, List.copyOf(object.keySet()));
    return new Row(
        line, kind(), kind().readable().stream().map(object::get).toArray(String[]::new));
  }

  private Map<String, String> object() {
    try {
      String text;
      do {
        text = lines.readLine();
        line++;
      } while (text != null && text.isBlank());
      return text == null ? null : parse(text);
    } catch (JsonProcessingException e) {
      throw wrong(
          line,
          "it is no JSON object (%s): give one in each line, whole"
              .formatted(PLACE.matcher(e.getOriginalMessage()).replaceFirst("")));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Map<String, String> parse(String text) throws IOException {
    try (JsonParser parser = json.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw wrong(
            line, "it is no JSON object: give one in each line, as in {\"device\":\"0FAC\",…}");
      }
      Map<String, String> fields = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        requireType(name, value);
        fields.put(name, parser.getText());
      }
      if (parser.nextToken() != null) {
        throw wrong(line, "there is more behind the JSON object: give one in each line");
      }
      return fields;
    }
  }

  private void requireType(String name, JsonToken value) {
    boolean number = NUMBERS.contains(name);
    if (value != (number ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_STRING)) {
      throw wrong(
          line,
          number
              ? "%s must be a whole number, without quotes".formatted(name)
              : "%s must be text, in quotes".formatted(name));
    }
  }
}
