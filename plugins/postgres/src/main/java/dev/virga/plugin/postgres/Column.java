package dev.virga.plugin.postgres;

import dev.virga.component.VariantValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.jdbc.PgResultSet;

/** A column of a result. What the interface has no case for is given as the text that the database writes. */
record Column(int index, String name, String caseName, Form form) {

    private static final VariantValue NULL = new VariantValue("null", Optional.empty());

    /** Types that are not built in have greater numbers than this. */
    private static final int LAST_BUILT_IN = 16383;

    static List<Column> of(ResultSet rows, Session session) throws SQLException {
        PgResultSet driver = rows.unwrap(PgResultSet.class);
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            int type = driver.getColumnOID(i);
            String name = PgTypes.caseOf(type).orElse(isHstore(type, session) ? "hstore" : "text");
            columns.add(new Column(i, rows.getMetaData().getColumnLabel(i), name, PgTypes.form(name).orElseThrow()));
        }
        return columns;
    }

    private static boolean isHstore(int type, Session session) throws SQLException {
        if (Integer.compareUnsigned(type, LAST_BUILT_IN) <= 0) {
            return false;
        }
        String name = session.driver().getTypeInfo().getPGType(type);
        return name != null && (name.equals("hstore") || name.endsWith(".\"hstore\""));
    }

    Object read(ResultSet row, Money money, Charge charge) throws SQLException {
        String text = row.getString(index);
        if (text == null) {
            return NULL;
        }
        charge.add(2L * text.length());
        try {
            return new VariantValue(caseName, Optional.of(form.read(text, money)));
        } catch (Unreadable e) {
            throw new QueryFailure.Unexpected("0A000: the column \"" + name + "\" holds " + e.getMessage()
                    + ", which wasmcloud:postgres cannot pass; cast it, for example to text");
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new QueryFailure.Unexpected(
                    "XX000: the column \"" + name + "\" is not written as a " + caseName + " is");
        }
    }
}
