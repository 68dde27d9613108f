package quantum.trader.settings;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The merged sources, environment over file over defaults, read as what each key is. Problems are collected. */
final class Values {

    private static final int DEFAULTS = 0;
    private static final int SEED = 50;
    private static final int FILE = 100;
    private static final int ENVIRONMENT = 300;

    private final SmallRyeConfig config;
    private final String file;
    private final List<String> problems;
    /** The symbol whose own values go before the general ones; null for none. */
    private final @Nullable String symbol;
    /** What names of the seeds say where nothing else does. */
    private final Map<Key, Seed> seeds;

    private final @Nullable String home;

    private record Seed(String value, String source) {}

    private record Found(@Nullable String value, int ordinal) {}

    private Values(
            SmallRyeConfig config,
            String file,
            List<String> problems,
            @Nullable String symbol,
            Map<Key, Seed> seeds,
            @Nullable String home) {
        this.config = config;
        this.file = file;
        this.problems = problems;
        this.symbol = symbol;
        this.seeds = seeds;
        this.home = home;
    }

    /** Sets a key that nothing else sets; the source is what people are told. */
    void seed(Key key, String value, String source) {
        seeds.put(key, new Seed(value, source));
    }

    private Found found(Key key) {
        ConfigValue value = config.getConfigValue(name(key));
        boolean isDefault = value.getValue() == null || value.getConfigSourceOrdinal() <= DEFAULTS;
        Seed seed = isDefault ? seeds.get(key) : null;
        return seed == null
                ? new Found(value.getValue(), isDefault ? DEFAULTS : value.getConfigSourceOrdinal())
                : new Found(seed.value(), SEED);
    }

    /** The values as they are for one symbol. */
    Values of(String other) {
        return new Values(config, file, problems, other, seeds, home);
    }

    /** The keys that are set for one symbol each. */
    List<SymbolKey> bySymbol() {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .map(SymbolKey::named)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(SymbolKey::name))
                .toList();
    }

    private String name(Key key) {
        if (symbol != null && key.isBySymbol()) {
            String own = new SymbolKey(key, symbol).name();
            if (config.getConfigValue(own).getValue() != null) {
                return own;
            }
        }
        return key.key();
    }

    static Values merge(Optional<Path> file, Map<String, String> environment, List<String> problems) {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (Key key : Key.values()) {
            String standard = key.standard();
            if (standard != null) {
                defaults.put(key.key(), standard);
            }
        }
        // Without the default interceptors a "${" in a password stays what it is.
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(defaults, "default", DEFAULTS))
                .withSources(new PropertiesConfigSource(ours(environment, problems), "environment", ENVIRONMENT));
        file.map(path -> source(path, problems)).ifPresent(builder::withSources);
        return new Values(
                builder.build(),
                file.map(Path::toString).orElse(""),
                problems,
                null,
                new EnumMap<>(Key.class),
                environment.get("HOME"));
    }

    /** A variable of ours that maps to no key is a setting that somebody believes in. */
    private static Map<String, String> ours(Map<String, String> environment, List<String> problems) {
        Map<String, String> values = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("QUANTUM_")) {
                Key key = Key.ofVariable(name);
                SymbolKey own = SymbolKey.ofVariable(name);
                if (own != null) {
                    values.put(own.name(), value);
                } else if (key == null) {
                    problems.add("unknown environment variable " + name
                            + meant(name, Arrays.stream(Key.values()).map(Key::variable)));
                } else {
                    values.put(key.key(), value);
                }
            }
        });
        return values;
    }

    /** A key may be written with its dots ({@code limits.max_leverage: 3}) or as sections; twice is once too often. */
    private static void flat(
            Map<String, String> properties, Map<String, String> values, Path file, List<String> problems) {
        properties.forEach((written, value) -> {
            String name = written.replace("\"", "");
            if (values.putIfAbsent(name, value) != null) {
                problems.add(name + " is set twice in " + file + "; keep one");
            }
        });
    }

    private static String meant(String name, Stream<String> valid) {
        return Nearest.to(name, valid)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; all keys: docs/configuration.md");
    }

    private static PropertiesConfigSource source(Path file, List<String> problems) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            // A key given twice would silently count once.
            LoaderOptions strict = new LoaderOptions();
            strict.setAllowDuplicateKeys(false);
            Object document = new Yaml(new SafeConstructor(strict)).load(text);
            if (document instanceof Map) {
                flat(new YamlConfigSource(file.toString(), text).getProperties(), values, file, problems);
            } else if (document != null) {
                problems.add(file + " must hold keys and values");
            }
        } catch (IOException e) {
            problems.add("the file " + file + " cannot be read (" + e.getClass().getSimpleName()
                    + "); check the path after --config");
        } catch (YAMLException e) {
            problems.add(file + " is not valid YAML: "
                    + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
        for (String name : List.copyOf(values.keySet())) {
            Key key = Key.named(name);
            if (SymbolKey.named(name) != null) {
                continue;
            }
            if (key == null) {
                problems.add("unknown key " + name + " in " + file
                        + meant(name, Arrays.stream(Key.values()).map(Key::key)));
                values.remove(name);
            } else if (key.kind() == Key.Kind.SECRET) {
                problems.add(name + " is a secret and does not belong into " + file + "; use " + key.variable() + " or "
                        + name + "_file");
                values.remove(name);
            }
        }
        return new PropertiesConfigSource(values, file.toString(), FILE);
    }

    /** The trimmed text (CR of foreign editors included, INC-I34), or null if it is absent. */
    @Nullable
    String text(Key key) {
        String value = found(key).value();
        if (value == null || (value.isBlank() && key.standard() == null)) {
            return null;
        }
        if (value.isBlank()) {
            wrong(key, "is empty");
            return key.standard();
        }
        String text = value.strip();
        String path = key.kind() == Key.Kind.PATH ? atHome(text) : text;
        if (key.kind() == Key.Kind.PATH && path.startsWith("~")) {
            wrong(key, "begins with ~ and nobody here knows whose home that is; write the whole path");
        }
        return path;
    }

    /** A shell would have replaced it; here it would name a directory of its own wherever the service is started. */
    private String atHome(String path) {
        boolean isHome = path.equals("~") || path.startsWith("~/");
        return isHome && home != null && !home.isBlank() ? home + path.substring(1) : path;
    }

    String required(Key key) {
        String text = text(key);
        if (text == null) {
            throw new IllegalStateException(key.key() + " has no default");
        }
        return text;
    }

    boolean flag(Key key) {
        String text = required(key);
        if (!"true".equals(text) && !"false".equals(text)) {
            wrong(key, "must be true or false");
        }
        return "true".equals(text);
    }

    String word(Key key) {
        String text = required(key);
        List<String> words = List.of(key.least().split(", "));
        if (words.contains(text)) {
            return text;
        }
        wrong(key, "must be " + key.least().replace(", ", " or "));
        return words.getFirst();
    }

    int whole(Key key) {
        return decimal(key, true).intValue();
    }

    BigDecimal decimal(Key key) {
        return decimal(key, false);
    }

    Duration seconds(Key key) {
        return Duration.ofSeconds(whole(key));
    }

    Duration millis(Key key) {
        return Duration.ofMillis(whole(key));
    }

    private BigDecimal decimal(Key key, boolean whole) {
        String text = required(key);
        if (!text.matches(whole ? "[0-9]{1,9}" : "[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            wrong(key, "must be a " + (whole ? "whole " : "") + "number " + range(key));
            return new BigDecimal(key.least());
        }
        BigDecimal value = new BigDecimal(text);
        if (value.compareTo(new BigDecimal(key.least())) < 0 || value.compareTo(new BigDecimal(key.most())) > 0) {
            wrong(key, "must be " + range(key));
        }
        return value;
    }

    private static String range(Key key) {
        return "from " + key.least() + " to " + key.most();
    }

    /** Adds a problem that names key, value and source. */
    void wrong(Key key, String what) {
        problems.add(name(key) + " = " + shown(key) + " " + what + " (" + source(key) + ")");
    }

    boolean isDefault(Key key) {
        return found(key).ordinal() <= DEFAULTS;
    }

    /** Whether a secret is set by the file that holds it. */
    boolean isSetByFile(Key secret) {
        Key file = Key.named(secret.key() + "_file");
        return file != null && !isDefault(file);
    }

    String source(Key key) {
        Seed seed = seeds.get(key);
        return switch (found(key).ordinal()) {
            case DEFAULTS -> "default";
            case SEED -> seed == null ? "" : seed.source();
            case ENVIRONMENT -> "environment " + variable(key);
            default -> file;
        };
    }

    private String variable(Key key) {
        return symbol == null || name(key).equals(key.key()) ? key.variable() : new SymbolKey(key, symbol).variable();
    }

    /** The value for people's eyes. */
    String shown(Key key) {
        String value = found(key).value();
        if (value == null || value.isBlank()) {
            return "";
        }
        return switch (key.kind()) {
            case SECRET -> "***";
            case URL -> value.strip().replaceAll("//.*@", "//***@");
            case PATH -> atHome(value.strip());
            case TEXT, FLAG, WHOLE, DECIMAL, WORD -> value.strip();
        };
    }
}
