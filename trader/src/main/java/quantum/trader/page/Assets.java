package quantum.trader.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page's files: ours beside this class, Preact and ECharts from their artifacts on the class path. Exactly the
 * files named here are served.
 */
final class Assets {

    static final List<String> OURS = List.of(
            "page.css",
            "theme.js",
            "main.js",
            "live.js",
            "format.js",
            "header.js",
            "positions.js",
            "strip.js",
            "chart.js",
            "waterfall.js",
            "feeds.js",
            "guards.js");

    /** Where the page's import map finds the libraries; names in the artifacts carry the versions of the POM. */
    static final Map<String, String> LIBRARIES = Map.of(
            "/lib/preact.js", "/META-INF/resources/webjars/preact/10.28.0/dist/preact.module.js",
            "/lib/preact-hooks.js", "/META-INF/resources/webjars/preact/10.28.0/hooks/dist/hooks.module.js",
            "/lib/echarts.js", "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.esm.min.mjs");

    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private final Map<String, Asset> assets = new TreeMap<>();
    private final String policy;

    private static final class Asset {
        final byte[] bytes;
        final String type;
        final String tag;

        Asset(byte[] bytes, String type) {
            this.bytes = bytes;
            this.type = type + "; charset=utf-8";
            this.tag = "\"" + HexFormat.of().formatHex(sha256(bytes), 0, 8) + "\"";
        }
    }

    Assets() {
        byte[] index = resource("index.html");
        assets.put("/", new Asset(index, "text/html"));
        OURS.forEach(name -> assets.put("/assets/" + name, new Asset(resource(name), type(name))));
        LIBRARIES.forEach((path, name) -> assets.put(path, new Asset(resource(name), "text/javascript")));
        // Browsers take an import map only inline; its hash lets this one script in and no other.
        policy = "default-src 'none'; script-src 'self' 'sha256-" + importMapHash(index)
                + "'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'";
    }

    void serve(RoutesConfig routes) {
        assets.keySet().forEach(path -> routes.get(path, this::answer));
    }

    /** The content security policy of everything that is served. */
    String policy() {
        return policy;
    }

    private void answer(Context context) {
        Asset asset = assets.get(context.path());
        if (asset == null) {
            throw new Problem.Raised(Problem.notFound("there is no " + context.path()));
        }
        context.header("ETag", asset.tag).header("Cache-Control", "no-cache");
        if (asset.tag.equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.contentType(asset.type).result(asset.bytes);
        }
    }

    private static String type(String name) {
        return name.endsWith(".css") ? "text/css" : "text/javascript";
    }

    private static byte[] resource(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new PageUnavailable("the page's file " + name + " is not on the class path; build again", null);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new PageUnavailable("the page's file " + name + " cannot be read; build again", e);
        }
    }

    private static String importMapHash(byte[] index) {
        Matcher map = IMPORT_MAP.matcher(new String(index, StandardCharsets.UTF_8));
        if (!map.find()) {
            throw new PageUnavailable("the page has no import map; build again", null);
        }
        return Base64.getEncoder().encodeToString(sha256(map.group(1).getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
