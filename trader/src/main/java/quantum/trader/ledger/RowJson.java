package quantum.trader.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializerBase;
import tools.jackson.databind.type.LogicalType;

/**
 * Rows as JSON: strict, since they are our own. Decimals are text in plain notation, so that no reader makes binary
 * floating point of them; what is absent is left out; what must be there and is not is an error, never null.
 */
final class RowJson {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .withCoercionConfigDefaults(
                    config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert))
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .addModule(new SimpleModule().addSerializer(BigDecimal.class, new PlainDecimal()))
            .build();

    private RowJson() {}

    static String write(Record row) {
        return MAPPER.writeValueAsString(row);
    }

    /**
     * Reads a row.
     *
     * @throws LedgerException if the text is not such a row
     */
    static <T extends Record> T read(String text, Class<T> type) {
        try {
            T row = MAPPER.readValue(text, type);
            requireComplete(row);
            return row;
        } catch (JacksonException e) {
            throw new LedgerException("a " + type.getSimpleName() + " in the ledger cannot be read", e);
        }
    }

    /** Null where a component is not declared nullable would surface far away from its cause. */
    private static void requireComplete(Record row) {
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            Object value = valueOf(row, component);
            if (value == null && !isNullable(component)) {
                throw new LedgerException(
                        "a " + row.getClass().getSimpleName() + " in the ledger has no " + component.getName(), null);
            }
            switch (value) {
                case Record nested -> requireComplete(nested);
                case Collection<?> list -> requireNoNull(row, component, list);
                case Map<?, ?> map -> requireNoNull(row, component, map.values());
                case null, default -> {}
            }
        }
    }

    private static void requireNoNull(Record row, RecordComponent component, Collection<?> values) {
        for (Object value : values) {
            if (value == null) {
                throw new LedgerException(
                        "a " + row.getClass().getSimpleName() + " in the ledger has a null in " + component.getName(),
                        null);
            }
            if (value instanceof Record nested) {
                requireComplete(nested);
            }
        }
    }

    private static boolean isNullable(RecordComponent component) {
        AnnotatedElement type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object valueOf(Record row, RecordComponent component) {
        try {
            return component.getAccessor().invoke(row);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record's accessor cannot fail", e);
        }
    }

    /** Never in scientific notation. */
    private static final class PlainDecimal extends ToStringSerializerBase {
        PlainDecimal() {
            super(BigDecimal.class);
        }

        @Override
        public String valueToString(Object value) {
            return ((BigDecimal) value).toPlainString();
        }
    }
}
