package quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of prices in the shapes in which exchanges, charting pages and bots write them. */
class PriceFilesTest {

    private static final String OWN = "timestamp,open,high,low,close,volume\n";
    private static final String KLINES =
            "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n";
    private static final String REST = ",69.830,1772442059999,216320.7,72,34.915,108160.3,0\n";
    private static final String[] BARS = {"3100.00,3100.47,3095.80,3097.82", "3097.82,3101.00,3090.10,3099.99"};
    private static final List<String> PLAYED =
            List.of("3100", "3095.8", "3100.47", "3097.82", "3097.82", "3090.1", "3101", "3099.99");

    @TempDir
    Path directory = Path.of("");

    /** Two bars in which %1$s and %2$s are the times, %3$s and %4$s the prices. */
    private static String two(String row, String first, String second) {
        return row.formatted(first, BARS[0]) + row.formatted(second, BARS[1]);
    }

    static List<Arguments> shapes() {
        var ms = List.of("1772442000000", "1772442060000");
        var unix = List.of("1772442000", "1772442060");
        var own = "%s,%s,1\n";
        var table = new ArrayList<Arguments>();
        add(table, "ETHUSDT-own.csv", OWN + two(own, "2026-03-02 09:00:00.000000", "2026-03-02 09:01:00"));
        add(table, "ETHUSDT-1m-2026-03-02.csv", KLINES + two("%s,%s" + REST, ms.get(0), ms.get(1)));
        add(table, "ETHUSDT-1m-2021-11-27.csv", two("%s,%s" + REST, ms.get(0), ms.get(1)));
        add(table, "ETHUSDT-1m-2025-01.csv", two("%s,%s" + REST, ms.get(0) + "000", ms.get(1) + "000"));
        add(table, "ETHUSDT_1.csv", two("%s,%s,12.3,17\n", unix.get(0), unix.get(1)));
        add(
                table,
                "BINANCE_ETHUSDT.P, 1.csv",
                "time,open,high,low,close,Volume\n" + two(own, unix.get(0), unix.get(1)));
        add(
                table,
                "BYBIT_ETHUSDT.P, 1 (2).csv",
                "time,open,high,low,close,Volume\n"
                        + two(own, "2026-03-02T11:00:00+02:00", "2026-03-02T11:01:00+02:00"));
        add(
                table,
                "Binance_ETHUSDT_2026_minute.csv",
                "https://www.CryptoDataDownload.com\nunix,date,symbol,open,high,low,close,Volume ETH,Volume USDT,tradecount\n"
                        + (ms.get(1) + ",2026-03-02 09:01:00,ETHUSDT," + BARS[1] + ",1,2,3\n")
                        + (ms.get(0) + ",2026-03-02 09:00:00,ETHUSDT," + BARS[0] + ",1,2,3\n"));
        others(table);
        return table;
    }

    private static void others(List<Arguments> table) {
        var ms = List.of("1772442000000", "1772442060000");
        var own = "%s,%s,1\n";
        add(
                table,
                "ETH_USDT_USDT-1m-futures.json",
                "[[" + ms.get(0) + "," + BARS[0] + ",1.0],[" + ms.get(1) + "," + BARS[1] + ",1.0]]");
        add(
                table,
                "ETHUSDT-klines.json",
                "[\n [" + ms.get(0) + ",\"3100.00\",\"3100.47\",\"3095.80\",\"3097.82\"],\n [" + ms.get(1)
                        + ",\"3097.82\",\"3101.00\",\"3090.10\",\"3099.99\"]]\n");
        add(
                table,
                "ETHUSDT-mt5.csv",
                "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\n"
                        + two("%s,%s,1\n", "2026.03.02,09:00:00", "2026.03.02,09:01:00")
                                .replace(',', '\t'));
        add(table, "ETHUSDT-mt4.csv", two(own, "2026.03.02,09:00", "2026.03.02,09:01"));
        add(
                table,
                "hummingbot_ETHUSDT.csv",
                ",timestamp,open,high,low,close,volume\n" + two("0,%s,%s,1\n", "1772442000.0", "1772442060.0"));
        add(
                table,
                "ETHUSDT-backtesting.csv",
                ",Open,High,Low,Close,Volume\n" + two(own, "2026-03-02 09:00:00", "2026-03-02 09:01:00"));
        add(
                table,
                "ethusdt-spaced.csv",
                "\uFEFF Volume ; CLOSE;Low ;High;Open;Time\r\n1;3097,82;3095,80;3100,47;3100,00;2026-03-02T09:00Z\r\n"
                        + "1;3099,99;3090,10;3101,00;3097,82;2026-03-02T09:01Z");
        add(
                table,
                "ETH-USDT-1m.csv",
                "# exported by hand\n\"timestamp\",\"open\",\"high\",\"low\",\"close\"\n"
                        + two("\"%s\",%s\n", "2026-03-02 09:00:00+00:00", "2026-03-02 09:01:00+0000"));
        add(table, "ETHUSDT-comma.csv", OWN + two("%s,%s,1,\n", "2026-03-02 09:00:00 UTC", "2026-03-02 09:01:00 UTC"));
    }

    private static void add(List<Arguments> table, String name, String text) {
        table.add(Arguments.of(name, text));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void iF10_publicShapesPlay(String name, String text) throws IOException {
        var file = Files.writeString(directory.resolve(name), text);
        assertThat(played(file, 8)).isEqualTo(PLAYED);
        assertThat(recording(file).symbol()).isEqualTo("ETHUSDT");
        assertThat(recording(file).describe(60))
                .contains(
                        "2 bars of 1m, 2026-03-02 09:00 to 2026-03-02 09:01 UTC, no gaps", "plays for 2s at speed 60");
    }

    @Test
    void j6_theExchangesOwnArchiveIsReadZippedAndGzipped() throws IOException {
        var text = KLINES + two("%s,%s" + REST, "1772442000000", "1772442060000");
        var zip = directory.resolve("ETHUSDT-1m-2026-03-02.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("ETHUSDT-1m-2026-03-02.csv"));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        var gzip = directory.resolve("ETHUSDT-1m-2026-03-02.csv.gz");
        Files.write(gzip, gzipped(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(played(zip, 8)).isEqualTo(PLAYED);
        assertThat(played(gzip, 8)).isEqualTo(PLAYED);
    }

    private static byte[] gzipped(byte[] text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    @Test
    void iF10_rowsWithoutTradesArePassedOverAndCounted() throws IOException {
        var file = Files.writeString(
                directory.resolve("ETHUSDT_minutes.csv"),
                "Timestamp,Open,High,Low,Close,Volume_(BTC),Volume_(Currency),Weighted_Price\n"
                        + "1772441940,NaN,NaN,NaN,NaN,NaN,NaN,NaN\n"
                        + two("%s,%s,1,2,3\n1772442030,,,,,,,\n", "1772442000", "1772442060"));
        assertThat(played(file, 8)).isEqualTo(PLAYED);
        assertThat(recording(file).describe(1)).contains("2 bars of 1m", "3 rows without trades passed over");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ETHUSDT-premium.csv | 1772442000000,-0.00031,-0.0002,-0.0005,-0.0003,0,1,0,12,0,0,0 | not bars of prices",
                "ETHUSDT-trades.csv | agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker | these are trades",
                "ETHUSDT-old-trades.csv | 26129123,3100.1,4.7,27781,27781,1498793709153,true | these are trades",
                "ETHUSDT-part.csv | timestamp,open,high,low,volume | line 1: no column for close among timestamp,open,high,low,volume; needed are",
                "ETHUSDT-page.csv | <!DOCTYPE html> | a web page",
                "ETHUSDT-object.json | {\"a\":1} | JSON, but not a list of bars",
                "ETHUSDT-torn.json | [[1772442000000,3100,3101,3099,3100],[17724 | row 2: no JSON from here on",
                "ETHUSDT-other.csv | 1772442000000,0.0031,0.0032,0.0030,0.0031 | line 1: 0.003 lies outside 39.86 to 306177, the bounds of ETHUSDT",
                "ETH.csv | 1772442000,3100,3101,3099,3100 | ETH is not listed here. Rename it to SYMBOL-1m.csv",
                "ETHUSDT-count.csv | 17,3100,3101,3099,3100 | line 1: no column for open, high, low, close among 17,",
            })
    void iF10_iF14_whatIsNoFileOfTheSymbolsBarsIsRefusedByWhatItIs(String name, String text, String words)
            throws IOException {
        assertRefused(name, (text + "\n").getBytes(StandardCharsets.UTF_8), words);
    }

    @Test
    void iF19_compressedAndOtherFilesAreToldPlainly() throws IOException {
        var text = (OWN + two("%s,%s,1\n", "2026-03-02 09:00:00", "2026-03-02 09:01:00"));
        assertRefused("ETHUSDT-16.csv", text.getBytes(StandardCharsets.UTF_16), "written in UTF-16: save it as UTF-8");
        assertRefused("ETHUSDT-16le.csv", text.getBytes(StandardCharsets.UTF_16LE), "not a text");
        assertRefused("ETHUSDT.feather", "ARROW1\0\0".getBytes(StandardCharsets.UTF_8), "a feather file");
        assertRefused("ETHUSDT.csv.bz2", "BZh91AY".getBytes(StandardCharsets.UTF_8), "compressed: unpack it first");
        assertRefused("ETHUSDT.csv.gz", gzipped(gzipped(text.getBytes(StandardCharsets.UTF_8))), "compressed");
        assertRefused("ETHUSDT-empty.csv", new byte[0], "line 1: the file is empty");
        assertRefused("ETHUSDT-header.csv", OWN.getBytes(StandardCharsets.UTF_8), "there is no bar to play");
        assertThatThrownBy(() -> Simulator.create(
                        SimulatorOptions.defaults().withPrices(directory.resolve("ETHUSDT-none.csv")), 0))
                .hasMessageContaining("ETHUSDT-none.csv: there is no such file");
    }

    @Test
    void iF10_anyOrderOfTimeIsPlayedForwardButNoMixture() throws IOException {
        assertRefused(
                "ETHUSDT-mixed.csv",
                (OWN
                                + two("%s,%s,1\n", "2026-03-02 09:01", "2026-03-02 09:02")
                                + two("%s,%s,1\n", "2026-03-02", "2026-03-03"))
                        .getBytes(StandardCharsets.UTF_8),
                "line 4: the times must ascend");
        assertRefused(
                "ETHUSDT-doubled.csv",
                (OWN + two("%s,%s,1\n", "2026-03-02 09:01", "2026-03-02 09:01")).getBytes(StandardCharsets.UTF_8),
                "line 3: the same time");
    }

    @Test
    void iF15_barsOfAnyLengthPlayAsLongAsTheyAreAndGapsAreTold() throws IOException {
        var text = new StringBuilder("date,open,high,low,close\n");
        for (var day : List.of("01", "02", "03", "06", "07")) {
            text.append("2026-03-").append(day).append(",3000,3010,2990,3005\n");
        }
        var file = Files.writeString(directory.resolve("ETHUSDT-1d.csv"), text);
        var exchange =
                Simulator.create(SimulatorOptions.defaults().withPrices(file).withSpeed(86_400), Trading.START);
        var seen = new ArrayList<String>();
        for (int quarter = 1; quarter <= 4; quarter++) {
            exchange.advanceTo(Trading.START + TimeUnit.MILLISECONDS.toNanos(250L * quarter));
            seen.add(last(exchange));
        }
        assertThat(seen).containsExactly("3000", "2990", "3010", "3005");
        assertThat(exchange.prices().recorded())
                .isEqualTo(
                        "ETHUSDT from ETHUSDT-1d.csv: 5 bars of 1d, 2026-03-01 00:00 to 2026-03-07 00:00 UTC, 1 gap of 2"
                                + " bars, played without a pause (the longest 3d after 2026-03-03 00:00); plays for 5s at speed"
                                + " 86400, then walks on");
    }

    @Test
    void iF11_aYearOfMinutesIsReadAsItPlaysInBothDirections() throws IOException {
        var forward = directory.resolve("ETHUSDT-year.csv");
        var backward = directory.resolve("ETHUSDT-turned.csv");
        int bars = 525_600;
        try (Writer up = Files.newBufferedWriter(forward);
                Writer down = Files.newBufferedWriter(backward)) {
            for (int i = 0; i < bars; i++) {
                up.write(minute(i));
                down.write(minute(bars - 1 - i));
            }
        }
        var before = used();
        var playback = new Playback(recording(forward));
        var turned = new Playback(recording(backward));
        assertThat(used() - before).isLessThan(8 << 20);
        for (int bar : new int[] {0, 2_047, 2_048, 300_000, 300_001, bars - 1}) {
            playback.resumeAt(bar * Playback.POINTS_PER_BAR);
            turned.resumeAt(bar * Playback.POINTS_PER_BAR);
            var expected = new BigDecimal(1_000 + bar % 1_000);
            assertThat(playback.next()).isEqualByComparingTo(expected);
            assertThat(turned.next()).isEqualByComparingTo(expected);
        }
        assertThat(recording(backward).describe(1))
                .contains("525600 bars of 1m", "newest first and turned round", "365d");
    }

    private static String minute(int number) {
        int price = 1_000 + number % 1_000;
        return (1_704_067_200L + number * 60L) + "," + price + "," + (price + 2) + "," + (price - 1) + "," + (price + 1)
                + ",1.00000000,60,70\n";
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void iF15_afterTheLastBarAndWhenTheFileIsTakenAwayThePriceWalksOn() throws IOException {
        var file = directory.resolve("ETHUSDT-long.csv");
        var text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) text.append(minute(i));
        Files.writeString(file, text);
        var exchange = Simulator.create(
                SimulatorOptions.defaults().withPrices(file).withSpeed(60).withSymbols(Set.of("ETHUSDT")),
                Trading.START);
        Files.writeString(file, minute(0));
        exchange.advanceTo(Trading.START + TimeUnit.SECONDS.toNanos(2_200));
        assertThat(exchange.prices().barsPlayed()).isBetween(2_048, 4_097);
        assertThat(new BigDecimal(last(exchange))).isPositive();
    }

    @Test
    void aRealWeekPlays() {
        var file = Path.of("../../shared/data/BTCUSDT-1m-2022-01-01_07.csv");
        Assumptions.assumeTrue(Files.exists(file), "skipped: no shared data at " + file);
        assertThat(recording(file).describe(60))
                .contains("BTCUSDT from", " bars of 1m, 2022-01-01 00:00 to 2022-01-07");
    }

    private static Recording recording(Path file) {
        return Recording.read(file, Instruments.load(SimulatorOptions.defaults()));
    }

    private static List<String> played(Path file, int points) {
        var exchange =
                Simulator.create(SimulatorOptions.defaults().withPrices(file).withSpeed(60), Trading.START);
        var seen = new ArrayList<String>();
        for (int quarter = 1; quarter <= points; quarter++) {
            exchange.advanceTo(Trading.START + TimeUnit.MILLISECONDS.toNanos(250L * quarter));
            seen.add(last(exchange));
        }
        return seen;
    }

    private static String last(Simulator exchange) {
        return Decimals.shorten(exchange.prices().market("ETHUSDT").last()).toPlainString();
    }

    private void assertRefused(String name, byte[] content, String words) throws IOException {
        var file = Files.write(directory.resolve(name), content);
        assertThatThrownBy(() -> Simulator.create(SimulatorOptions.defaults().withPrices(file), 0))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(words);
    }
}
