package dev.virga.cli.redact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Masks files as they go by: text and lines of JSON a line at a time, other JSON token by token. */
public final class Redactor {

    /** How a file is read. */
    enum Format {
        /** As it begins. */
        AUTO,
        /** JSON over as many lines as it likes. */
        JSON,
        /** Lines, each of which is JSON or text. */
        LINES;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final int LONGEST_LINE = 1 << 20;
    private static final int LOOK = 64 * 1024;
    private static final int LONGEST_STRING = 16 << 20;
    private static final int MOST_KEY_LINES = 1000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_STRING)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final Masks masks;
    private final TextRedactor text;
    private final JsonRedactor json;
    private long leftOut;

    /** @param own rules of the user's */
    Redactor(Masks masks, Names names, List<Rule> own) {
        this(masks, new TextRedactor(masks, names, own), new Values(names));
    }

    /** Learns names; what it writes is of no use. */
    static Redactor learning(Masks masks, Names names) {
        return new Redactor(masks, new TextRedactor(masks, names), new Values(names));
    }

    private Redactor(Masks masks, TextRedactor text, Values values) {
        this.masks = masks;
        this.text = text;
        this.json = new JsonRedactor(text, values, masks);
    }

    /** With a key that nobody has, for things of which nothing else is masked. */
    public static Redactor once() {
        byte[] key = new byte[32];
        new java.security.SecureRandom().nextBytes(key);
        return new Redactor(new Masks(key), new Names(), List.of());
    }

    /** The same structure with what is in its strings masked. */
    public JsonNode redact(JsonNode tree) {
        try (JsonParser in = tree.traverse();
                TokenBuffer out = new TokenBuffer(in)) {
            in.nextToken();
            json.copy(in, out);
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(out.asParser());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** How many lines were left out since they were too long. */
    long leftOut() {
        return leftOut;
    }

    /**
     * Copies a file masked.
     *
     * @throws RedactException if it is not what it should be; what was written until then is masked
     */
    void redact(InputStream source, OutputStream out, Format format) throws IOException {
        BufferedInputStream in = new BufferedInputStream(source, LOOK);
        in.mark(LOOK);
        byte[] begin = in.readNBytes(LOOK);
        in.reset();
        for (byte b : begin) {
            if (b == 0) {
                throw new RedactException("no text in UTF-8; unpack it, or convert it first");
            }
        }
        try {
            if (format == Format.JSON || format == Format.AUTO && isOneDocument(begin)) {
                document(in, out);
            } else {
                lines(in, out);
            }
        } catch (StackOverflowError e) {
            throw new RedactException("a --pattern is too complex for a line of it");
        }
        out.flush();
    }

    /** Whether it begins as JSON does that is not on one line. */
    private static boolean isOneDocument(byte[] begin) throws IOException {
        String look = new String(begin, StandardCharsets.UTF_8).stripLeading();
        if (!look.startsWith("{") && !look.startsWith("[")) {
            return false;
        }
        int line = look.indexOf('\n');
        if (line >= 0 && isJson(look.substring(0, line))) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(look)) {
            while (parser.nextToken() != null) {
                // as far as it goes
            }
            return true;
        } catch (com.fasterxml.jackson.core.io.JsonEOFException e) {
            return true; // it goes on
        } catch (JsonProcessingException e) {
            return begin.length == LOOK && e.getLocation().getCharOffset() > look.length() - 1000;
        }
    }

    private static boolean isJson(String line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            while (parser.nextToken() != null) {
                // to its end
            }
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private void document(InputStream in, OutputStream out) throws IOException {
        try (JsonParser parser = JSON.createParser(in);
                JsonGenerator generator = JSON.createGenerator(out)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            generator.setPrettyPrinter(new DefaultPrettyPrinter("\n"));
            while (parser.nextToken() != null) {
                json.copy(parser, generator);
            }
        } catch (JsonProcessingException e) {
            throw new RedactException("no JSON from line " + e.getLocation().getLineNr() + " on ("
                    + e.getClass().getSimpleName() + "); if it is not meant to be, use --format lines");
        }
        out.write('\n');
    }

    private void lines(InputStream in, OutputStream out) throws IOException {
        boolean inKey = false;
        int keyLines = 0;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (long number = 1; ; number++) {
            int end = readLine(in, line);
            if (end < 0 && line.size() == 0) {
                return;
            }
            byte[] bytes = line.toByteArray();
            Charset charset = charset(bytes);
            String before = new String(bytes, charset);
            if (before.indexOf('\0') >= 0) {
                throw new RedactException("line " + number + ": no text");
            }
            if (inKey && !before.contains("-----END") && ++keyLines < MOST_KEY_LINES) {
                continue; // masked with the first line
            }
            String after;
            if (line.size() > LONGEST_LINE) {
                leftOut++;
                after = "\"a line of more than " + LONGEST_LINE + " bytes was left out\"";
            } else {
                after = line(before);
            }
            boolean begins = before.contains("PRIVATE KEY-----") && before.contains("-----BEGIN")
                    && before.lastIndexOf("-----END") < before.indexOf("-----BEGIN");
            out.write(after.getBytes(charset));
            if (end >= 0) {
                out.write('\n');
            }
            inKey = begins && end >= 0;
            keyLines = 0;
            if (inKey) {
                out.write((masks.mask(Kind.TOKEN, before) + "\n").getBytes(charset));
            }
            if (end < 0) {
                return;
            }
        }
    }

    /** Up to a line's end, which is -1 at the end of all; of a line that is too long so much that this is seen. */
    private static int readLine(InputStream in, ByteArrayOutputStream line) throws IOException {
        line.reset();
        int b = in.read();
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() <= LONGEST_LINE) {
                line.write(b);
            }
        }
        return b;
    }

    /** What is no UTF-8 is kept byte by byte. */
    private static Charset charset(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    private String line(String line) throws IOException {
        String stripped = line.strip();
        if ((stripped.startsWith("{") || stripped.startsWith("[")) && isJson(stripped)) {
            StringWriter written = new StringWriter(line.length());
            try (JsonParser parser = JSON.createParser(stripped);
                    JsonGenerator generator = JSON.createGenerator(written)) {
                while (parser.nextToken() != null) {
                    json.copy(parser, generator);
                }
            }
            return written + (line.endsWith("\r") ? "\r" : "");
        }
        return text.redact(line);
    }
}
