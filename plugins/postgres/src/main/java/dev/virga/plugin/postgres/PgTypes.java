package dev.virga.plugin.postgres;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The cases of {@code pg-value}, and the one for each type of a column by its number in the database's catalog. */
final class PgTypes {

    private static final Map<String, Form> FORMS = new HashMap<>();
    private static final Map<Integer, String> CASES = new HashMap<>();

    static {
        add(Forms.INT8, 20, 1016, "int8", "big-int", "big-serial", "serial8");
        add(Forms.BOOL, 16, 1000, "bool", "boolean");
        add(Forms.FLOAT8, 701, 1022, "float8", "double");
        add(Forms.FLOAT4, 700, 1021, "float4", "real");
        add(Forms.INT4, 23, 1007, "int4", "integer", "int");
        FORMS.put("serial", Forms.UNSIGNED4);
        FORMS.put("serial4", Forms.UNSIGNED4);
        add(Forms.TEXT, 1700, 1231, "numeric", "decimal");
        add(Forms.INT2, 21, 1005, "int2", "small-int", "small-serial", "serial2");
        add(Forms.INT2_VECTOR, 22, 1006, "int2-vector");
        add(Forms.BIT, 1560, 1561, "bit");
        FORMS.put("bit-varying", Forms.VARBIT);
        add(Forms.VARBIT, 1562, 1563, "varbit");
        add(Forms.BYTEA, 17, 1001, "bytea");
        add(Forms.CHAR, 1042, 1014, "char");
        CASES.put(18, "char");
        CASES.put(1002, "char-array");
        add(Forms.VARCHAR, 1043, 1015, "varchar");
        add(Forms.TEXT, 650, 651, "cidr");
        add(Forms.TEXT, 869, 1041, "inet");
        add(Forms.MAC6, 829, 1040, "macaddr");
        add(Forms.MAC8, 774, 775, "macaddr8");
        add(Shapes.BOX, 603, 1020, "box");
        FORMS.put("box-array", Shapes.BOX.array(';'));
        add(Shapes.CIRCLE, 718, 719, "circle");
        add(Shapes.LINE, 628, 629, "line");
        add(Shapes.SEGMENT, 601, 1018, "lseg");
        add(Shapes.PATH, 602, 1019, "path");
        add(Shapes.POINT, 600, 1017, "point");
        add(Shapes.POLYGON, 604, 1027, "polygon");
        add(Times.DATE, 1082, 1182, "date");
        add(Times.DATE_RANGE, 3912, 3913, "interval");
        add(Times.TIME, 1083, 1183, "time");
        add(Times.TIME_TZ, 1266, 1270, "time-tz");
        add(Times.TIMESTAMP, 1114, 1115, "timestamp");
        add(Times.TIMESTAMP_TZ, 1184, 1185, "timestamp-tz");
        add(Forms.TEXT, 114, 199, "json");
        add(Forms.TEXT, 3802, 3807, "jsonb");
        add(Forms.MONEY, 790, 791, "money");
        add(Forms.LSN, 3220, 3221, "pg-lsn");
        one(Forms.SNAPSHOT, "pg-snapshot", 5038, 2970);
        FORMS.put("txid-snapshot", Forms.TXID_SNAPSHOT);
        add(Forms.TEXT, 19, 1003, "name");
        add(Forms.TEXT, 25, 1009, "text");
        add(Forms.TEXT, 142, 143, "xml");
        one(Forms.TEXT, "ts-query", 3615);
        one(Lexemes.FORM, "ts-vector", 3614);
        add(Forms.TEXT, 2950, 2951, "uuid");
        FORMS.put("hstore", Forms.HSTORE);
    }

    private PgTypes() {}

    /** @param others cases of the same type, which no column is read as */
    private static void add(Form form, int type, int array, String name, String... others) {
        one(form, name, type);
        one(form.array(), name + "-array", array);
        for (String other : others) {
            FORMS.put(other, form);
        }
    }

    private static void one(Form form, String name, int... types) {
        FORMS.put(name, form);
        for (int type : types) {
            CASES.put(type, name);
        }
    }

    /** Empty for null. */
    static Optional<Form> form(String name) {
        return Optional.ofNullable(FORMS.get(name));
    }

    /** Empty for a type that only its text can be told of. */
    static Optional<String> caseOf(int type) {
        return Optional.ofNullable(CASES.get(type));
    }
}
