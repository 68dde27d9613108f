package quantum.simulator;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;

/** Opens a file of prices: text or JSON, as it is or in a gzip or zip; anything else is told by its name. */
final class PriceFile {

    private static final int PEEKED = 512;

    private PriceFile() {}

    static Rows rows(Path file) throws IOException {
        if (!Files.exists(file)) throw new InvalidInput("there is no such file");
        if (Files.isDirectory(file)) throw new InvalidInput("a directory, not a file");
        var input = open(file);
        Rows rows = null;
        try {
            rows = rows(input);
            return rows;
        } finally {
            if (rows == null) input.close();
        }
    }

    private static InputStream open(Path file) throws IOException {
        var input = new BufferedInputStream(Files.newInputStream(file));
        var start = peek(input);
        if (begins(start, "\u001f\u008b")) return new BufferedInputStream(new GZIPInputStream(input));
        if (!begins(start, "PK\u0003\u0004")) return input;
        input.close();
        return zipped(file);
    }

    private static InputStream zipped(Path file) throws IOException {
        var zip = new ZipFile(file.toFile());
        InputStream entry = null;
        try {
            var files = zip.stream()
                    .filter(each -> !each.isDirectory() && !each.getName().startsWith("__MACOSX/"))
                    .toList();
            if (files.stream().anyMatch(each -> each.getName().equals("[Content_Types].xml"))) {
                throw new InvalidInput("a workbook: save the sheet as CSV first");
            }
            if (files.size() != 1) throw new InvalidInput("a zip of " + files.size() + " files: unzip the one to play");
            entry = zip.getInputStream(files.getFirst());
            return new BufferedInputStream(new Zipped(entry, zip));
        } finally {
            if (entry == null) zip.close();
        }
    }

    private static Rows rows(InputStream input) throws IOException {
        var start = peek(input);
        refuse(start);
        for (byte each : start) {
            if (each == '[' || each == '{') return new JsonRows(input);
            if (each > ' ') break;
        }
        return new CsvRows(input);
    }

    private static void refuse(byte[] start) {
        if (begins(start, "\u00ff\u00fe") || begins(start, "\u00fe\u00ff")) {
            throw new InvalidInput("written in UTF-16: save it as UTF-8 first");
        }
        if (begins(start, "ARROW1")) throw new InvalidInput("a feather file: export it as CSV or JSON first");
        if (begins(start, "PAR1")) throw new InvalidInput("a parquet file: export it as CSV or JSON first");
        if (begins(start, "\u0089HDF")) throw new InvalidInput("an HDF5 file: export it as CSV or JSON first");
        if (begins(start, "BZh")
                || begins(start, "\u00fd7zXZ")
                || begins(start, "(\u00b5/\u00fd")
                || begins(start, "7z\u00bc\u00af")
                || begins(start, "Rar!")
                || begins(start, "\u001f\u008b")
                || begins(start, "PK\u0003\u0004")) {
            throw new InvalidInput("compressed: unpack it first (a gzip or zip of one file is read as it is)");
        }
        if (begins(start, "<!") || begins(start, "<html") || begins(start, "<?xml")) {
            throw new InvalidInput("a web page, not a table of bars: download the file again");
        }
        for (byte each : start) if (each == 0) throw new InvalidInput("not a text: export the bars as CSV or JSON");
    }

    private static byte[] peek(InputStream input) throws IOException {
        input.mark(PEEKED);
        var start = input.readNBytes(PEEKED);
        input.reset();
        return start;
    }

    private static boolean begins(byte[] start, String magic) {
        var wanted = magic.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return start.length >= wanted.length && Arrays.equals(Arrays.copyOf(start, wanted.length), wanted);
    }

    /** Closes its archive too. */
    private static final class Zipped extends FilterInputStream {

        private final ZipFile zip;

        Zipped(InputStream entry, ZipFile zip) {
            super(entry);
            this.zip = zip;
        }

        @Override
        public void close() throws IOException {
            super.close();
            zip.close();
        }
    }
}
