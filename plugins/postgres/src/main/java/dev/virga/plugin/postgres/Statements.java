package dev.virga.plugin.postgres;

import dev.virga.component.VariantValue;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Runs SQL on a session. */
final class Statements {

    /** What the host holds for a value besides its text. */
    private static final int VALUE = 128;

    private Statements() {}

    record ResultRowEntry(String columnName, Object value) {}

    /** Parameters as the database reads them; null is NULL. */
    static String[] write(List<Object> params, Money money, Charge charge) {
        String[] texts = new String[params.size()];
        for (int i = 0; i < texts.length; i++) {
            VariantValue value = (VariantValue) params.get(i);
            try {
                texts[i] = PgTypes.form(value.name())
                        .map(form -> form.write(value.payload().orElseThrow(), money))
                        .orElse(null);
            } catch (QueryFailure.BadParams e) {
                throw new QueryFailure.BadParams("$" + (i + 1) + ": " + e.getMessage());
            }
            charge.add(VALUE + (texts[i] == null ? 0 : 2L * texts[i].length()));
        }
        return texts;
    }

    static List<List<ResultRowEntry>> query(
            Session session, Placeholders sql, List<Object> params, Charge charge, int mostRows) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(sql.sql())) {
            // The server stops there, and what it has not sent takes no room.
            statement.setMaxRows(mostRows + 1);
            set(statement, sql, write(params, session.money(), charge));
            if (!statement.execute()) {
                return List.of();
            }
            try (ResultSet rows = statement.getResultSet()) {
                return read(rows, session, charge, mostRows);
            }
        }
    }

    private static List<List<ResultRowEntry>> read(ResultSet rows, Session session, Charge charge, int mostRows)
            throws SQLException {
        List<Column> columns = Column.of(rows, session);
        List<List<ResultRowEntry>> all = new ArrayList<>();
        while (rows.next()) {
            if (all.size() == mostRows) {
                throw new QueryFailure.TooMuch(
                        "the result has more than " + mostRows + " rows; ask for less at a time, by LIMIT");
            }
            charge.add((long) VALUE * (columns.size() + 1));
            List<ResultRowEntry> row = new ArrayList<>(columns.size());
            for (Column column : columns) {
                row.add(new ResultRowEntry(column.name(), column.read(rows, session.money(), charge)));
            }
            all.add(row);
        }
        return all;
    }

    /** How many rows were changed; those of a result are not read. */
    static long update(Session session, Placeholders sql, List<Object> params, Charge charge) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(sql.sql())) {
            set(statement, sql, write(params, session.money(), charge));
            statement.execute();
            return Math.max(statement.getLargeUpdateCount(), 0);
        }
    }

    static void batch(Session session, String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** Has the server check a statement. */
    static void check(Session session, Placeholders sql) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(sql.sql())) {
            statement.getParameterMetaData();
        }
    }

    private static void set(PreparedStatement statement, Placeholders sql, String[] texts) throws SQLException {
        for (int i = 0; i < sql.order().size(); i++) {
            String text = texts[sql.order().get(i)];
            if (text == null) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                statement.setString(i + 1, text);
            }
        }
    }
}
